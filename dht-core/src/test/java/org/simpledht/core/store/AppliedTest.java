package org.simpledht.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.store.Applied.CHANGED;
import static org.simpledht.core.store.Applied.ENDED;
import static org.simpledht.core.store.Applied.FULL;
import static org.simpledht.core.store.Applied.NEEDS_CONTENT;
import static org.simpledht.core.store.Applied.NEW;
import static org.simpledht.core.store.Applied.RENEWED;
import static org.simpledht.core.store.Applied.UNSEEN;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** What the store says became of a version. */
class AppliedTest {

    private static final Hash KEY = new Hash(42);
    private static final Content HELLO = Content.ofText("hello");
    private static final Content WORLD = Content.ofText("world");
    private static final long NOW = 1_700_000_000_000L;
    private static final long LONGEST = 3_600_000;

    private final Store store = new Store(Cluster.UNNAMED, new Lease(LONGEST), 2, 10);
    private final List<Content> ended = new ArrayList<>();

    @Test
    void versionWithoutLifeIsNeverVisibleHoweverFarAheadItsClockIs() {
        Meta meta = Meta.of(KEY, NOW + 5_000 << 16, 0, HELLO);

        assertThat(store.apply(meta, null, NOW)).isEqualTo(UNSEEN);
        assertThat(store.get(KEY, NOW)).isEmpty();
        assertThat(store.bytes()).isZero();
    }

    @Test
    void contentThatHasJustEndedStillEndsWhenItIsRemoved() {
        assertThat(put(HELLO, 1, NOW)).isEqualTo(NEW);
        Meta removal = store.stampRemoval(KEY, NOW + 1_500);

        assertThat(store.apply(removal, null, NOW + 1_500)).isEqualTo(ENDED);
        tick(NOW + 5_000);
        assertThat(ended).isEmpty();
    }

    @Test
    void contentThatHasJustEndedAndIsReplacedHasChanged() {
        put(HELLO, 1, NOW);

        assertThat(put(WORLD, 10, NOW + 1_500)).isEqualTo(CHANGED);
        tick(NOW + 20_000);
        assertThat(ended).containsExactly(WORLD);
    }

    @Test
    void contentThatHasJustEndedIsRenewedWithoutBeingSentAgain() {
        put(HELLO, 1, NOW);
        Meta renewal = store.renewed(store.meta(KEY), NOW);

        assertThat(store.apply(renewal, null, NOW + 1_500)).isEqualTo(RENEWED);
        assertThat(store.get(KEY, NOW + 1_500)).contains(HELLO);
    }

    @Test
    void contentThatHasEndedAndWasFreedIsNeededAgain() {
        put(HELLO, 1, NOW);
        Meta renewal = store.renewed(store.meta(KEY), NOW);
        tick(NOW + 1_000);

        assertThat(ended).containsExactly(HELLO);
        assertThat(store.refusal(renewal, NOW + 1_500)).isNull();
        assertThat(store.apply(renewal, null, NOW + 1_500)).isEqualTo(NEEDS_CONTENT);
        assertThat(store.apply(renewal, HELLO, NOW + 1_500)).isEqualTo(NEW);
    }

    @Test
    void contentThatWouldNotFitIsNotNeeded() {
        Meta large = new Meta(KEY, NOW << 16, 7, 10, 11);

        assertThat(store.refusal(large, NOW)).isEqualTo(FULL);
        assertThat(store.apply(large, null, NOW)).isEqualTo(FULL);
    }

    @Test
    void versionThatHasEndedNeedsNoRoom() {
        Meta ended = new Meta(KEY, NOW - 10_000 << 16, 7, 10, 11);

        assertThat(store.refusal(ended, NOW)).isNull();
        assertThat(store.apply(ended, null, NOW)).isEqualTo(UNSEEN);
    }

    @Test
    void entryMakesRoomForAsMuchAsItHasItself() {
        Hash other = new Hash(43);
        put(HELLO, 10, NOW);
        store.apply(store.stamp(other, WORLD, 10, NOW), WORLD, NOW);
        Hash third = new Hash(44);

        assertThat(put(WORLD, 10, NOW)).isEqualTo(CHANGED);
        assertThat(put(Content.ofText("a world"), 10, NOW)).isEqualTo(FULL);
        assertThat(store.get(KEY, NOW)).contains(WORLD);
        assertThat(store.apply(store.stampRemoval(third, NOW), null, NOW)).isEqualTo(FULL);
        assertThat(store.apply(store.stampRemoval(KEY, NOW), null, NOW)).isEqualTo(ENDED);
        assertThat(store.bytes()).isEqualTo(5);
    }

    private Applied put(Content content, int life, long now) {
        return store.apply(store.stamp(KEY, content, life, now), content, now);
    }

    private void tick(long now) {
        store.tick(now, (key, content) -> ended.add(content));
    }
}
