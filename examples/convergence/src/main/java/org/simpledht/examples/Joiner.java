package org.simpledht.examples;

import java.time.Duration;
import java.util.SplittableRandom;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.testing.SimulatedNetwork;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** A node starts beside one that has much: when does it have it all? */
final class Joiner {

    private static final int VALUE_BYTES = 64;
    private static final long BYTES_PER_SECOND = 10_000_000;
    private static final int QUEUE_BYTES = 1_000_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Joiner() {}

    static double seconds(long seed, int entries, double loss) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(seed)
                .loss(loss)
                .delay(Duration.ofMillis(5), Duration.ofMillis(50))
                .bandwidth(BYTES_PER_SECOND, QUEUE_BYTES);
        Dht old = Dht.start(DhtConfig.defaults(), network.host("old"));
        fill(old, seed, entries);
        network.advance(Duration.ofSeconds(5));
        Dht late = Dht.start(DhtConfig.builder().seeds("old:4000").build(), network.host("late"));
        return Mesh.secondsUntil(network, () -> late.statistics().entries() == entries, LIMIT);
    }

    static void fill(Dht node, long seed, int entries) {
        SplittableRandom dice = new SplittableRandom(seed);
        byte[] value = new byte[VALUE_BYTES];
        for (int i = 0; i < entries; i++) {
            dice.nextBytes(value);
            node.put(new Hash(dice.nextLong()), Content.of(value));
        }
    }
}
