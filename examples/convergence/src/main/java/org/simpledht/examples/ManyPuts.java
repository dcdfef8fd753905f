package org.simpledht.examples;

import java.time.Duration;
import java.util.SplittableRandom;
import org.simpledht.testing.SimulatedNetwork;
import org.simpledht.types.Hash;

/** Five nodes put 200 keys within a second while much gets lost: when is none missing anywhere? */
final class ManyPuts {

    private static final int NODES = 5;
    private static final int KEYS = 200;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private ManyPuts() {}

    static double seconds(long seed, double loss) {
        SimulatedNetwork network =
                SimulatedNetwork.ofSeed(seed).loss(loss).delay(Duration.ofMillis(5), Duration.ofMillis(50));
        SplittableRandom dice = new SplittableRandom(seed);
        Mesh mesh = new Mesh(network, NODES);
        network.advance(Duration.ofSeconds(10));
        for (int i = 0; i < KEYS; i++) {
            mesh.node(i % NODES).put(new Hash(i), OneUpdate.value(dice));
            network.advance(Duration.ofMillis(5));
        }
        return Mesh.secondsUntil(
                network,
                () -> mesh.nodes().stream().allMatch(node -> node.entries().size() == KEYS),
                LIMIT);
    }
}
