package org.simpledht.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Watches the links of good nodes with each other, which nobody who has not shown where he is may tear down. */
final class LinkVigil {

    /** Places that nobody can beg for: those of the oldest. */
    private static final int OLDEST_KEPT = 2;

    /** So long at most it takes who has come in the midst of it to become everybody's neighbour, as in row 16 of what must hold. */
    private static final long TO_MEET_NANOS = 30_000_000_000L;

    private record Pair(Ours one, Ours other) {}

    private final List<Ours> nodes;
    private final boolean mayChange;
    private final boolean areImpostors;
    private final Map<Pair, Long> sinceNanos = new HashMap<>();
    private final Map<Ours, List<Ours>> oldest = new HashMap<>();

    /**
     * @param mayChange whether somebody who has shown where he is may get the place of one of them
     * @param areImpostors whether somebody like that says that he is one of them
     */
    LinkVigil(List<Ours> nodes, boolean mayChange, boolean areImpostors) {
        this.nodes = nodes;
        this.areImpostors = areImpostors;
        this.mayChange = mayChange;
    }

    /** Whether all are neighbours of each other, of those who are up. */
    static boolean areComplete(List<Ours> nodes) {
        List<Ours> up = nodes.stream().filter(Ours::isUp).toList();
        return up.stream().allMatch(node -> goodNeighbours(up, node) == up.size() - 1);
    }

    private static long goodNeighbours(List<Ours> nodes, Ours one) {
        return nodes.stream()
                .filter(other -> other != one && other.isUp() && since(one, other) >= 0)
                .count();
    }

    /** It is known by one of its addresses. */
    private static long since(Ours one, Ours other) {
        return other.addresses().stream()
                .mapToLong(one.vigil().insides()::sharesSinceNanos)
                .max()
                .getAsLong();
    }

    /** All links that there are now are to stay. */
    void begin() {
        forEachPair(pair -> sinceNanos.put(pair, since(pair.one, pair.other)));
        for (Ours one : nodes) {
            oldest.put(
                    one,
                    nodes.stream()
                            .filter(other -> sinceNanos.containsKey(new Pair(one, other)))
                            .sorted(Comparator.comparing(other -> sinceNanos.get(new Pair(one, other))))
                            .limit(OLDEST_KEPT)
                            .collect(Collectors.toCollection(ArrayList::new)));
        }
    }

    /** It has crashed, so that its links are over, and whoever had it among the oldest may have somebody else there. */
    void ended(Ours node) {
        sinceNanos.keySet().removeIf(pair -> pair.one == node || pair.other == node);
        oldest.get(node).clear();
        oldest.values().forEach(some -> some.remove(node));
    }

    private void forEachPair(Consumer<Pair> what) {
        for (Ours one : nodes) {
            for (Ours other : nodes) {
                if (one != other && one.isUp() && other.isUp()) {
                    what.accept(new Pair(one, other));
                }
            }
        }
    }

    /**
     * @throws AssertionError if one is gone, or was begun anew, or has not been begun for long
     */
    void look(long nowNanos) {
        if (mayChange) {
            for (Ours node : nodes) {
                if (node.isUp() && goodNeighbours(nodes, node) < leastKept(node)) {
                    throw new AssertionError(node.name() + " has hardly any good neighbour left");
                }
            }
            return;
        }
        forEachPair(pair -> look(pair, nowNanos));
    }

    /**
     * Who was among a node's two oldest neighbours keeps its place there until it crashes itself. Then another one is the oldest, which
     * may be somebody who means no good; so each crash of one of the two leaves one less that is safe. Whoever has come in the midst of
     * it has found those neighbours that hostile peers have left. And whoever says from where he is that he is one of them, and leaves,
     * has it dropped for a moment, oldest or not: that leaves two of three, and one of two.
     */
    private int leastKept(Ours node) {
        long all = sinceNanos.keySet().stream().filter(pair -> pair.one == node).count();
        return (int) Math.min(oldest.get(node).size(), areImpostors ? Math.max(0, all - 1) : all);
    }

    private void look(Pair pair, long nowNanos) {
        long now = since(pair.one, pair.other);
        Long before = sinceNanos.get(pair);
        if (before != null && now != before) {
            throw new AssertionError(pair.one.name() + " had a link with " + pair.other.name() + " since " + before
                    + ", and has " + now);
        }
        if (before == null) {
            begun(pair, now, nowNanos);
        }
    }

    /** From the moment on when both have it with who the other one is by now it is to stay, too. */
    private void begun(Pair pair, long now, long nowNanos) {
        long bothUp = Math.max(pair.one.startedNanos(), pair.other.startedNanos());
        if (now >= bothUp && since(pair.other, pair.one) >= bothUp) {
            sinceNanos.put(pair, now);
        } else if (nowNanos - bothUp > TO_MEET_NANOS) {
            throw new AssertionError(pair.one.name() + " and " + pair.other.name() + " do not meet");
        }
    }
}
