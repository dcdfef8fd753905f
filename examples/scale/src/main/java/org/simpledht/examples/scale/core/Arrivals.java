package org.simpledht.examples.scale.core;

import java.util.HashMap;
import java.util.Map;
import org.simpledht.testing.SimulatedNetwork;

/** When updates, each of which has a number, came to how many nodes. */
final class Arrivals {

    private final SimulatedNetwork network;
    private final Map<Long, Watched> watched = new HashMap<>();

    Arrivals(SimulatedNetwork network) {
        this.network = network;
    }

    /** One update on its way to so many nodes, its writer among them. */
    final class Watched {
        private final int nodes;
        private final long begunNanos = network.elapsed().toNanos();
        private int reached;
        private double halfSeconds = Double.NaN;
        private double mostSeconds = Double.NaN;
        private double allSeconds = Double.NaN;

        private Watched(int nodes) {
            this.nodes = nodes;
        }

        private void arrived() {
            reached++;
            double seconds = (network.elapsed().toNanos() - begunNanos) / 1e9;
            if (reached == (nodes + 1) / 2) {
                halfSeconds = seconds;
            }
            if (reached == nodes - nodes / 100) {
                mostSeconds = seconds;
            }
            if (reached == nodes) {
                allSeconds = seconds;
            }
        }

        int reached() {
            return reached;
        }

        /** Until half of the nodes held it; no number if they never did. */
        double halfSeconds() {
            return halfSeconds;
        }

        /** Until 99 % did. */
        double mostSeconds() {
            return mostSeconds;
        }

        double allSeconds() {
            return allSeconds;
        }
    }

    /** From now on, which is just before it is written. */
    Watched watch(long number, int nodes) {
        Watched one = new Watched(nodes);
        watched.put(number, one);
        return one;
    }

    /** At one more node. */
    void arrived(long number) {
        Watched one = watched.get(number);
        if (one != null) {
            one.arrived();
        }
    }

    void forget(long number) {
        watched.remove(number);
    }
}
