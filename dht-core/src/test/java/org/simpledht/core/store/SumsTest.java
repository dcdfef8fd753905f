package org.simpledht.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.store.Cases.holds;
import static org.simpledht.core.store.Cases.same;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.ChildSums;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Mix64;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** What stores compare: the same at each that holds the same, at every moment, however it came there. */
class SumsTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final Lease LEASE = new Lease(60_000);
    private static final Content HELLO = Content.ofText("hello");

    @Test
    void entriesLeaveTheSumsAtTheSameMomentHoweverOftenAStoreTicks() {
        Cases.each(2_000, dice -> {
            List<Meta> metas = metas(dice, 1 + dice.nextInt(30));
            Store often = store(metas, false);
            Store seldom = store(metas, true);
            for (long now = NOW; now < NOW + 140_000; now += 500 + 500 * dice.nextInt(3)) {
                tick(often, now);
                if (dice.nextInt(20) == 0) {
                    tick(seldom, now);
                    same(seldom.root(), often.root(), "the root at " + now);
                    same(seldom.root(), expected(metas, now), "the root at " + now);
                    often.check();
                    seldom.check();
                }
            }
        });
    }

    @Test
    void whatIsAppliedWhenItsTimeInTheSumsIsOverIsHeldAndNotCompared() {
        Meta meta = Meta.of(new Hash(42), NOW << 16, 60, HELLO);
        Store early = store(List.of(meta), false);
        tick(early, NOW + 50_000);
        Store late = new Store(Cluster.UNNAMED, LEASE, 10, 100);
        late.apply(meta, HELLO, NOW + 50_000);

        assertThat(late.entries()).isEqualTo(1);
        assertThat(late.root()).isEqualTo(early.root()).isEqualTo(new TreeRecord.Root(0, 0));
        assertThat(late.sums().page(Prefix.ROOT, 0, 10)).isEmpty();
        late.apply(late.renewed(meta, NOW + 50_000), null, NOW + 50_000);
        assertThat(late.root().count()).isEqualTo(1);
    }

    @Test
    void networksOfOtherNamesHaveOtherSums() {
        Store other = new Store(Cluster.named("other"), LEASE, 10, 100);
        Meta meta = Meta.of(new Hash(42), NOW << 16, 60, HELLO);
        other.apply(meta, HELLO, NOW);

        assertThat(other.root().sum())
                .isNotEqualTo(store(List.of(meta), false).root().sum());
    }

    @Test
    void listingsAndSubtreesAreWhatIsHeldInOrder() {
        Cases.each(200, dice -> {
            List<Meta> metas = metas(dice, dice.nextInt(400));
            Store store = store(metas, true);
            List<Meta> sorted = metas.stream()
                    .sorted((one, other) -> Long.compareUnsigned(x(one), x(other)))
                    .toList();
            same(store.sums().page(Prefix.ROOT, 0, 1_000), sorted, "all");
            for (int i = 0; i < 20; i++) {
                long x = dice.nextBoolean() || metas.isEmpty()
                        ? dice.nextLong()
                        : x(metas.get(dice.nextInt(metas.size())));
                int most = dice.nextInt(1, 30);
                Prefix around = store.sums().subtreeAround(x, most);
                List<Meta> under =
                        sorted.stream().filter(meta -> around.contains(x(meta))).toList();
                same(store.sums().listing(around, most), Optional.of(under), "the listing of " + around);
                holds(around.contains(x), around + " is not around it");
                boolean isLargest = around.bits() == 0
                        || store.sums().listing(around.parent(), most).isEmpty();
                holds(isLargest, around + " is not the largest");
                ChildSums sums = around.hasChildren() ? store.sums().ofChildren(around) : null;
                for (int child = 0; sums != null && child < Prefix.CHILDREN; child++) {
                    Prefix below = around.child(child);
                    List<Meta> there = under.stream()
                            .filter(meta -> below.contains(x(meta)))
                            .toList();
                    same(sums.at(child), sum(there), "the sum of " + below);
                }
            }
        });
    }

    private static long x(Meta meta) {
        return Mix64.of(meta.key().bits());
    }

    private static long sum(List<Meta> metas) {
        return metas.stream().mapToLong(Cluster.UNNAMED.sipHash()::of).sum();
    }

    private static TreeRecord.Root expected(List<Meta> metas, long now) {
        List<Meta> summed = metas.stream()
                .filter(meta -> LEASE.leavesSumsMillis(meta.clock(), meta.life()) > now)
                .toList();
        return new TreeRecord.Root(sum(summed), summed.size());
    }

    /** All of them visible now. */
    private static List<Meta> metas(SplittableRandom dice, int count) {
        List<Meta> metas = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long millis = NOW - dice.nextLong(20_000);
            int life = (int) ((NOW - millis) / 1_000) + 1 + dice.nextInt(60);
            metas.add(Meta.of(new Hash(dice.nextLong()), millis << 16, life, HELLO));
        }
        return metas;
    }

    private static Store store(List<Meta> metas, boolean isBackwards) {
        Store store = new Store(Cluster.UNNAMED, LEASE, 1_000, 100_000);
        for (int i = 0; i < metas.size(); i++) {
            Meta meta = metas.get(isBackwards ? metas.size() - 1 - i : i);
            holds(store.applyTrusted(meta, HELLO, NOW) == Applied.NEW, "it was not taken");
        }
        return store;
    }

    private static void tick(Store store, long now) {
        store.tick(now, (key, content) -> {});
    }
}
