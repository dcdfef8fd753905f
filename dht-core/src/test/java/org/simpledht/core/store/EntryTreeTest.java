package org.simpledht.core.store;

import static org.simpledht.core.store.Cases.holds;
import static org.simpledht.core.store.Cases.same;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.ChildSums;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.SipHash24;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.types.Hash;

/** The tree against a sorted map, with keys spread evenly and with keys chosen to stand side by side. */
class EntryTreeTest {

    private static final SipHash24 HASH = Cluster.UNNAMED.sipHash();

    private final NavigableMap<Long, Held> model = new TreeMap<>(Long::compareUnsigned);
    private final EntryTree tree = new EntryTree(HASH);
    private final Sums sums = new Sums(tree, HASH);

    @Test
    void treeOfSpreadKeysIsTheSortedMap() {
        Cases.each(8, dice -> new EntryTreeTest().grownAndShrunk(dice, SplittableRandom::nextLong));
    }

    @Test
    void treeOfKeysSideBySideIsTheSortedMap() {
        Cases.each(8, dice -> new EntryTreeTest().grownAndShrunk(dice, Keys::crowdedX));
    }

    @Test
    void treeOfKeysThatDifferInTheLastBitsIsTheSortedMap() {
        Cases.each(8, dice -> new EntryTreeTest().grownAndShrunk(dice, d -> -1_000L + d.nextInt(700)));
    }

    private void grownAndShrunk(SplittableRandom dice, ToLongFunction<SplittableRandom> xs) {
        for (int phase = 0; phase < 4; phase++) {
            // Grows past the sizes at which leaves are split, shrinks below those at which branches are merged.
            int puts = phase % 2 == 0 ? 8 : 2;
            int most = dice.nextInt(20, 1_200);
            for (int i = 0; i < most; i++) {
                step(dice, xs, puts);
                if (dice.nextInt(64) == 0) {
                    isTheModel();
                    looksLikeTheModel(dice, xs.applyAsLong(dice));
                }
            }
            if (phase == 3) {
                while (!model.isEmpty()) {
                    remove(near(dice.nextLong()));
                    tree.check();
                }
            }
            isTheModel();
        }
    }

    private void step(SplittableRandom dice, ToLongFunction<SplittableRandom> xs, int puts) {
        long x = dice.nextInt(4) == 0 && !model.isEmpty() ? near(xs.applyAsLong(dice)) : xs.applyAsLong(dice);
        int what = dice.nextInt(10);
        if (what < puts) {
            Held held = held(Keys.at(x), dice);
            held.summed = dice.nextInt(4) > 0;
            same(Optional.ofNullable(tree.put(held)), Optional.ofNullable(model.put(x, held)), "before");
        } else if (what == 9) {
            tree.leaveSums(x);
            holds(!model.containsKey(x) || !model.get(x).summed, "it is still summed");
        } else {
            remove(what % 2 == 0 && !model.isEmpty() ? near(x) : x);
        }
    }

    private long near(long x) {
        Long next = model.ceilingKey(x);
        return next == null ? model.lastKey() : next;
    }

    private void remove(long x) {
        same(Optional.ofNullable(tree.remove(x)), Optional.ofNullable(model.remove(x)), "before");
    }

    private static Held held(long key, SplittableRandom dice) {
        return new Held(
                new Meta(new Hash(key), dice.nextLong(), dice.nextLong(), dice.nextInt(), dice.nextInt()), null);
    }

    private void isTheModel() {
        tree.check();
        List<Held> seen = new ArrayList<>();
        tree.forEach(seen::add);
        same(seen, List.copyOf(model.values()), "all in order");
        same(tree.entries(), model.size(), "the number of entries");
        model.forEach((x, held) -> same(tree.get(x), held, "what is at x"));
        List<Held> summed = model.values().stream().filter(held -> held.summed).toList();
        same(sums.root(), new TreeRecord.Root(sum(summed), summed.size()), "the root");
    }

    private void looksLikeTheModel(SplittableRandom dice, long x) {
        holds(model.containsKey(x) || tree.get(x) == null, "it was never put");
        for (int bits = 0; bits <= Prefix.MAX_BITS; bits += Prefix.LEVEL_BITS) {
            Prefix prefix = Prefix.of(dice.nextBoolean() && !model.isEmpty() ? near(x) : x, bits);
            List<Held> under = summedUnder(prefix, prefix.first());
            same(sums.count(prefix), under.size(), "the number under " + prefix);
            long from = dice.nextBoolean() ? near(under, dice, prefix) : dice.nextLong();
            List<Held> after = summedUnder(prefix, from);
            int most = dice.nextInt(after.size() + 2);
            List<Meta> page = after.stream().limit(most).map(Held::meta).toList();
            same(sums.page(prefix, from, most), page, "a page");
            if (prefix.hasChildren()) {
                long[] expected = new long[Prefix.CHILDREN];
                Arrays.setAll(expected, i -> sum(summedUnder(prefix.child(i), 0)));
                same(sums.ofChildren(prefix), ChildSums.of(expected), "the sums of the children of " + prefix);
            }
        }
    }

    /** Exactly at an entry, or just beside it. */
    private static long near(List<Held> under, SplittableRandom dice, Prefix prefix) {
        return under.isEmpty()
                ? prefix.last()
                : under.get(dice.nextInt(under.size())).x() + dice.nextInt(-1, 2);
    }

    private List<Held> summedUnder(Prefix prefix, long from) {
        return model.subMap(prefix.first(), true, prefix.last(), true).values().stream()
                .filter(held -> held.summed && Long.compareUnsigned(held.x(), from) >= 0)
                .toList();
    }

    private static long sum(List<Held> summed) {
        return summed.stream().mapToLong(held -> HASH.of(held.meta())).sum();
    }
}
