package org.simpledht.examples;

import java.time.Duration;
import java.util.SplittableRandom;
import org.simpledht.testing.SimulatedNetwork;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** One content replaces another one in a network that is at rest: when does everybody have it? */
final class OneUpdate {

    private static final int WRITES_BEFORE = 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private OneUpdate() {}

    static double seconds(long seed, int nodes, double loss) {
        SimulatedNetwork network =
                SimulatedNetwork.ofSeed(seed).loss(loss).delay(Duration.ofMillis(5), Duration.ofMillis(50));
        SplittableRandom dice = new SplittableRandom(seed);
        Mesh mesh = new Mesh(network, nodes);
        network.advance(Duration.ofSeconds(10));
        for (int i = 0; i < WRITES_BEFORE; i++) {
            mesh.node(dice.nextInt(nodes)).put(new Hash(i), value(dice));
            network.advance(Duration.ofMillis(500));
        }
        network.advance(Duration.ofSeconds(10)).advance(Duration.ofMillis(dice.nextInt(1_000)));

        Hash key = new Hash(dice.nextInt(WRITES_BEFORE));
        Content value = value(dice);
        mesh.node(dice.nextInt(nodes)).put(key, value);
        return Mesh.secondsUntil(
                network,
                () -> mesh.nodes().stream()
                        .allMatch(node -> node.local(key).filter(value::equals).isPresent()),
                LIMIT);
    }

    static Content value(SplittableRandom dice) {
        byte[] value = new byte[100];
        dice.nextBytes(value);
        return Content.of(value);
    }
}
