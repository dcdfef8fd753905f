package org.simpledht.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Watches the links of good nodes with each other, which nobody who has not shown where he is may tear down. */
final class LinkVigil {

    /** Places that nobody can beg for: those of the oldest. */
    private static final int OLDEST_KEPT = 2;

    private record Pair(Ours one, Ours other) {}

    private final List<Ours> nodes;
    private final boolean mayChange;
    private final Map<Pair, Long> sinceNanos = new HashMap<>();

    /**
     * @param mayChange whether somebody who has shown where he is may get the place of one of them
     */
    LinkVigil(List<Ours> nodes, boolean mayChange) {
        this.nodes = nodes;
        this.mayChange = mayChange;
    }

    static boolean areComplete(List<Ours> nodes) {
        return nodes.stream().allMatch(node -> goodNeighbours(nodes, node) == nodes.size() - 1);
    }

    private static long goodNeighbours(List<Ours> nodes, Ours one) {
        return nodes.stream()
                .filter(other -> other != one && one.vigil().insides().sharesSinceNanos(other.address()) >= 0)
                .count();
    }

    /** All links that there are now are to stay. */
    void begin() {
        forEachPair(pair -> sinceNanos.put(pair, since(pair)));
    }

    private void forEachPair(java.util.function.Consumer<Pair> what) {
        for (Ours one : nodes) {
            for (Ours other : nodes) {
                if (one != other) {
                    what.accept(new Pair(one, other));
                }
            }
        }
    }

    private static long since(Pair pair) {
        return pair.one.vigil().insides().sharesSinceNanos(pair.other.address());
    }

    /**
     * @throws AssertionError if one is gone, or was begun anew
     */
    void look() {
        if (mayChange) {
            for (Ours node : nodes) {
                if (goodNeighbours(nodes, node) < OLDEST_KEPT) {
                    throw new AssertionError(node.name() + " has hardly any good neighbour left");
                }
            }
            return;
        }
        forEachPair(pair -> {
            if (since(pair) != sinceNanos.get(pair)) {
                throw new AssertionError(pair.one.name() + " had a link with " + pair.other.name() + " since "
                        + sinceNanos.get(pair) + ", and has " + since(pair));
            }
        });
    }
}
