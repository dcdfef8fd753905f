package org.simpledht.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** What time does to what is held, to the millisecond where that is promised. */
class StoreTimeTest {

    private static final Hash KEY = new Hash(42);
    private static final Content HELLO = Content.ofText("hello");
    private static final long NOW = 1_700_000_000_250L;
    private static final long LONGEST = 60_000;

    private final Store store = new Store(Cluster.UNNAMED, new Lease(LONGEST), 100_000, 1_000_000);
    private final List<Hash> ended = new ArrayList<>();

    @Test
    void contentIsVisibleExactlyUntilItsEndWhetherTicksComeOrNot() {
        put(KEY, 5);

        assertThat(store.get(KEY, NOW + 4_999)).contains(HELLO);
        assertThat(store.get(KEY, NOW + 5_000)).isEmpty();
        assertThat(store.snapshot(NOW + 4_999)).containsOnlyKeys(KEY);
        assertThat(store.snapshot(NOW + 5_000)).isEmpty();
        tick(NOW + 4_999);
        assertThat(store.get(KEY, NOW + 4_999)).contains(HELLO);
    }

    @Test
    void contentIsFreedAtItsEndAndItsMetaIsHeldForTheLongestLeaseThenForgotten() {
        Meta meta = put(KEY, 5);
        tick(NOW + 4_999);
        assertThat(store.bytes()).isEqualTo(HELLO.size());
        assertThat(store.nextTickMillis()).isBetween(NOW + 5_000, NOW + 5_999);
        tick(store.nextTickMillis());

        assertThat(store.bytes()).isZero();
        assertThat(ended).containsExactly(KEY);
        for (long now = NOW + 6_000; now < NOW + LONGEST; now += 250) {
            tick(now);
            assertThat(store.meta(KEY)).isEqualTo(meta);
            assertThat(store.apply(meta, HELLO, now)).isEqualTo(Applied.SAME);
        }
        tick(NOW + LONGEST + 1_000);
        assertThat(store.meta(KEY).isNothing()).isTrue();
        assertThat(store.entries()).isZero();
        assertThat(store.apply(meta, HELLO, NOW + LONGEST)).isEqualTo(Applied.OVER);
        assertThat(ended).containsExactly(KEY);
        assertThat(store.nextTickMillis()).isEqualTo(Long.MAX_VALUE);
        store.check();
    }

    @Test
    void contentWithTheLongestLeaseEndsAndIsForgottenAtOnce() {
        put(KEY, (int) (LONGEST / 1_000));
        tick(NOW + LONGEST - 1);
        assertThat(store.get(KEY, NOW + LONGEST - 1)).contains(HELLO);
        assertThat(store.root().count()).isZero();
        tick(NOW + LONGEST + 1_000);

        assertThat(ended).containsExactly(KEY);
        assertThat(store.entries()).isZero();
        assertThat(store.bytes()).isZero();
    }

    @Test
    void removalIsHeldForTheLongestLease() {
        put(KEY, 60);
        Meta removal = store.stampRemoval(KEY, NOW + 10_000);
        store.apply(removal, null, NOW + 10_000);
        assertThat(store.bytes()).isZero();
        tick(NOW + 10_000 + LONGEST - 1);
        assertThat(store.meta(KEY)).isEqualTo(removal);
        tick(NOW + 10_000 + LONGEST + 1_000);

        assertThat(store.entries()).isZero();
        assertThat(ended).isEmpty();
    }

    @Test
    void whatWasWrittenAheadEndsTheLeasesThatItsClockHasPassed() {
        put(KEY, 5);
        store.apply(Meta.removal(new Hash(7), NOW + 6_000 << 16), null, NOW);

        assertThat(store.nowMillis(NOW)).isEqualTo(NOW + 6_000);
        assertThat(store.get(KEY, NOW)).isEmpty();
        tick(NOW);
        assertThat(ended).containsExactly(KEY);
    }

    @Test
    void copyOfUnknownAgeLosesToEveryWriteAndEndsWhenItIsSaid() {
        Meta copy = store.stampCopy(KEY, HELLO, 10_000, NOW);
        store.apply(copy, HELLO, NOW);
        assertThat(store.get(KEY, NOW + 9_000)).contains(HELLO);
        assertThat(store.get(KEY, NOW + 10_000)).isEmpty();
        assertThat(store.stampCopy(KEY, HELLO, 10 * LONGEST, NOW).endMillis()).isBetween(NOW + 59_001, NOW + LONGEST);
        Meta old = Meta.of(KEY, NOW - LONGEST + 1_000 << 16, 60, Content.ofText("old"));

        assertThat(store.apply(old, Content.ofText("old"), NOW)).isEqualTo(Applied.CHANGED);
        assertThat(store.apply(copy, HELLO, NOW)).isEqualTo(Applied.OLDER);
    }

    @Test
    void renewalEndsNoLaterThanARemovalRightAfterItIsRemembered() {
        Meta put = put(KEY, 60);
        Meta renewal = store.renewed(put, NOW + 700);
        Meta removal = store.stampRemoval(KEY, NOW + 700);

        assertThat(renewal.endMillis()).isLessThanOrEqualTo(store.lease().heldUntilMillis(removal));
        assertThat(store.renewed(put, NOW + 999)).isEqualTo(put);
        assertThat(store.renewed(put, NOW + 1_000).endMillis()).isEqualTo(put.endMillis() + 1_000);
    }

    @Test
    void writeOfANodeWhoseClockWentBackIsTakenByItselfAndRefusedByOthers() {
        put(KEY, 60);
        long back = NOW - 15_000;
        Content world = Content.ofText("world");
        Meta meta = store.stamp(KEY, world, 60, back);

        assertThat(meta.isLargerThan(store.meta(KEY))).isTrue();
        assertThat(store.apply(meta, world, back)).isEqualTo(Applied.AHEAD);
        assertThat(store.write(meta, world, back)).isEqualTo(Applied.CHANGED);
        assertThat(store.get(KEY, back)).contains(world);
    }

    @Test
    void nodeWhoseClockWentBackFarGoesByTheNewTime() {
        long ahead = NOW + 3_600_000;
        store.write(store.stamp(KEY, Content.ofText("ahead"), 60, ahead), Content.ofText("ahead"), ahead);
        store.tick(ahead, (key, content) -> {});

        assertThat(store.nowMillis(NOW)).isEqualTo(NOW);
        assertThat(store.stamp(new Hash(1), Content.ofText("now"), 60, NOW).clockMillis())
                .isEqualTo(NOW);
    }

    @Test
    void leasesDoNotGoBackALittle() {
        store.tick(NOW + 15_000, (key, content) -> {});
        assertThat(store.nowMillis(NOW)).isEqualTo(NOW + 15_000);
        assertThat(store.nowMillis(NOW + 16_000)).isEqualTo(NOW + 16_000);
    }

    @Test
    void sumsAreNotComparedAboutTheMomentAtWhichSomethingLeavesThem() {
        put(KEY, 5);
        long leaves = store.lease()
                .leavesSumsMillis(store.meta(KEY).clock(), store.meta(KEY).life());
        tick(NOW + 6_000);
        assertThat(store.isShrinking(leaves - 10_001)).isFalse();
        assertThat(store.isShrinking(leaves - 1_999)).isTrue();
        tick(leaves);
        assertThat(store.isShrinking(leaves + 1_999)).isTrue();
        assertThat(store.isShrinking(leaves + 2_000)).isFalse();
    }

    @Test
    void manyThatEndTogetherEndOverSeveralTicksAndNothingIsComparedMeanwhile() {
        for (int key = 0; key < 10_000; key++) {
            put(new Hash(key), 5);
        }
        long end = NOW + 6_000;
        tick(end);
        assertThat(ended).hasSize(4_096);
        assertThat(store.isShrinking(end)).isTrue();
        assertThat(store.nextTickMillis()).isLessThanOrEqualTo(end);
        assertThat(store.snapshot(end)).isEmpty();
        tick(end);
        tick(end);

        assertThat(store.isShrinking(end)).isFalse();
        assertThat(ended).hasSize(10_000).doesNotHaveDuplicates();
        assertThat(store.bytes()).isZero();
        assertThat(store.entries()).isEqualTo(10_000);
        store.check();
    }

    private Meta put(Hash key, int life) {
        Meta meta = store.stamp(key, HELLO, life, NOW);
        assertThat(store.apply(meta, HELLO, NOW)).isEqualTo(Applied.NEW);
        return meta;
    }

    private void tick(long now) {
        store.tick(now, (key, content) -> ended.add(key));
    }
}
