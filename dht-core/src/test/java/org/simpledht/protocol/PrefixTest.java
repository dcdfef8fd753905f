package org.simpledht.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

    private static final long X = 0xb2c058e4ebb5112cL;

    @Test
    void rootHoldsEverything() {
        assertThat(Prefix.ROOT.contains(0)).isTrue();
        assertThat(Prefix.ROOT.contains(-1)).isTrue();
        assertThat(Prefix.ROOT.last()).isEqualTo(-1);
        assertThat(Prefix.ROOT.depth()).isZero();
        assertThat(Prefix.ROOT).hasToString("*");
        assertThatThrownBy(Prefix.ROOT::parent).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void prefixHoldsWhatIsBetweenItsEnds() {
        Prefix prefix = Prefix.of(X, 12);

        assertThat(prefix).isEqualTo(new Prefix(0xb2cL << 52, 12)).hasToString("b2c*");
        assertThat(prefix.last()).isEqualTo(0xb2cfffffffffffffL);
        assertThat(prefix.contains(prefix.first())).isTrue();
        assertThat(prefix.contains(prefix.last())).isTrue();
        assertThat(prefix.contains(prefix.first() - 1)).isFalse();
        assertThat(prefix.contains(prefix.last() + 1)).isFalse();
    }

    @Test
    void oneXIsAPrefixWithoutChildren() {
        Prefix prefix = Prefix.of(X, 64);

        assertThat(prefix.hasChildren()).isFalse();
        assertThat(prefix.first()).isEqualTo(X);
        assertThat(prefix.last()).isEqualTo(X);
        assertThat(prefix).hasToString("b2c058e4ebb5112c");
        assertThatThrownBy(() -> prefix.child(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prefix.childIndex(X)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sixteenStepsLeadFromTheRootToX() {
        Random dice = new Random(16);
        for (int i = 0; i < 1_000; i++) {
            long x = dice.nextLong();
            Prefix prefix = Prefix.ROOT;
            while (prefix.hasChildren()) {
                Prefix child = prefix.child(prefix.childIndex(x));
                assertThat(child.contains(x)).isTrue();
                assertThat(child.parent()).isEqualTo(prefix);
                assertThat(prefix.contains(child)).isTrue();
                assertThat(child.contains(prefix)).isFalse();
                prefix = child;
            }
            assertThat(prefix).isEqualTo(Prefix.of(x, 64));
            assertThat(prefix.depth()).isEqualTo(16);
        }
    }

    @Test
    void childrenPartTheirParent() {
        Prefix parent = Prefix.of(X, 8);
        long next = parent.first();
        for (int i = 0; i < Prefix.CHILDREN; i++) {
            assertThat(parent.child(i).first()).isEqualTo(next);
            next = parent.child(i).last() + 1;
        }
        assertThat(next - 1).isEqualTo(parent.last());
        assertThatThrownBy(() -> parent.child(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parent.child(16)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-4, 1, 3, 5, 62, 65, 68})
    void otherLengthsAreNone(int bits) {
        assertThatThrownBy(() -> new Prefix(0, bits)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void restIsZero() {
        assertThatThrownBy(() -> new Prefix(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Prefix(1, 60)).isInstanceOf(IllegalArgumentException.class);
    }
}
