package org.simpledht.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

class MetaTest {

    private static final Hash KEY = new Hash(42);

    @Test
    void clockComesFirstThenDigestThenLifeThenSizeAllUnsigned() {
        List<Meta> rising = List.of(
                Meta.nothing(KEY),
                new Meta(KEY, 1, -1, -1, -1),
                new Meta(KEY, -1, 0, -1, -1),
                new Meta(KEY, -1, 1, -1, -1),
                new Meta(KEY, -1, -1, 0, -1),
                new Meta(KEY, -1, -1, 1, -1),
                new Meta(KEY, -1, -1, -1, 0),
                new Meta(KEY, -1, -1, -1, 1),
                new Meta(KEY, -1, -1, -1, -1));
        for (int i = 0; i < rising.size(); i++) {
            for (int j = 0; j < rising.size(); j++) {
                Meta left = rising.get(i);
                Meta right = rising.get(j);
                assertThat(Integer.signum(left.compareVersion(right))).isEqualTo(Integer.compare(i, j));
                assertThat(left.isLargerThan(right)).isEqualTo(i > j);
            }
        }
    }

    @Test
    void keyPlaysNoPart() {
        assertThat(new Meta(new Hash(1), 2, 3, 4, 5).compareVersion(new Meta(new Hash(9), 2, 3, 4, 5)))
                .isZero();
    }

    @Test
    void removalHasNoContentAndNoLife() {
        Meta removal = Meta.removal(KEY, 7);

        assertThat(removal).isEqualTo(new Meta(KEY, 7, 0, 0, 0));
        assertThat(removal.isRemoval()).isTrue();
        assertThat(removal.isNothing()).isFalse();
        assertThat(Meta.nothing(KEY).isRemoval()).isFalse();
        assertThat(Meta.of(KEY, 7, 30, Content.EMPTY).isRemoval()).isFalse();
    }

    @Test
    void endIsCountedInUnsignedSeconds() {
        Meta meta = new Meta(KEY, 1_000L << 16 | 0xffff, 1, -1, 0);

        assertThat(meta.clockMillis()).isEqualTo(1_000);
        assertThat(meta.endMillis()).isEqualTo(1_000 + 0xffff_ffffL * 1_000);
        assertThat(new Meta(KEY, -1, 1, -1, 0).endMillis()).isEqualTo(0xffff_ffff_ffffL + 0xffff_ffffL * 1_000);
    }

    @Test
    void renewalHasTheVersionOfWhatItRenews() {
        Meta meta = Meta.of(KEY, 7, 30, Content.ofText("x"));
        Meta renewal = Meta.of(KEY, 7, 60, Content.ofText("x"));

        assertThat(renewal.version()).isEqualTo(meta.version());
        assertThat(renewal.isLargerThan(meta)).isTrue();
        assertThat(Meta.nothing(KEY).version()).isEqualTo(Version.nothing(KEY));
    }
}
