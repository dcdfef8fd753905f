package org.simpledht.examples.endurance;

import java.util.Optional;
import java.util.SplittableRandom;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.testing.SimulatedNetwork;
import org.simpledht.testing.SimulatedOriginal;

/** Four nodes of ours and an original, in virtual time. One of ours may be away for a while, and comes back empty. */
final class VirtualNodes {

    static final int COUNT = 4;

    private static final String ORIGINAL = "original";

    private static final DhtConfig CONFIG =
            DhtConfig.builder().seeds("n0:4000", "n1:4000", ORIGINAL + ":4000").build();

    private final SimulatedNetwork network;
    private final long seed;
    private SimulatedOriginal original;
    private int originalsDied;
    private final Dht[] nodes = new Dht[COUNT];

    VirtualNodes(SimulatedNetwork network, long seed) {
        this.network = network;
        this.seed = seed;
        startOriginal();
        // All are there before any starts, since each asks for the addresses of the others.
        for (int i = 0; i < COUNT; i++) {
            network.host(name(i));
        }
        for (int i = 0; i < COUNT; i++) {
            start(i);
        }
    }

    static String name(int index) {
        return "n" + index;
    }

    Dht node(int index) {
        return nodes[index];
    }

    boolean isThere(int index) {
        return nodes[index] != null;
    }

    void start(int index) {
        nodes[index] = Dht.start(CONFIG, network.host(name(index)));
    }

    private void startOriginal() {
        original = new SimulatedOriginal(new SplittableRandom(seed + originalsDied));
        network.attach(ORIGINAL, original);
    }

    /** As its owner would, when he finds it dead. */
    void startOriginalIfDead() {
        if (original.node().isDead()) {
            originalsDied++;
            network.crash(ORIGINAL);
            startOriginal();
        }
    }

    int originalsDied() {
        return originalsDied;
    }

    /** It says goodbye, or it does not. */
    void stop(int index, boolean crashes) {
        if (crashes) {
            network.crash(name(index));
        } else {
            nodes[index].close();
        }
        nodes[index] = null;
    }

    /** Of how many hashes that node holds something which holds most, also that it was removed or has ended. */
    int mostHeld() {
        int most = 0;
        for (Dht node : nodes) {
            most = Math.max(most, node.statistics().entries());
        }
        return most;
    }

    /** In what the first of them differs from what was written. All have to be there. */
    Optional<String> disagreement(Ledger ledger) {
        for (int i = 0; i < COUNT; i++) {
            Optional<String> difference = ledger.difference(nodes[i].entries(), network.elapsed());
            if (difference.isPresent()) {
                return Optional.of("Node " + name(i) + " " + difference.get());
            }
        }
        return Optional.empty();
    }
}
