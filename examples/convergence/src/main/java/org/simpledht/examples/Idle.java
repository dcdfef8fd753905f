package org.simpledht.examples;

import java.time.Duration;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.testing.SimulatedNetwork;

/**
 * Two nodes that hold the same: what do their signs of life carry to find that out? Two whose clocks are far apart share
 * nothing, so theirs carry nothing of the kind.
 */
final class Idle {

    private static final int ENTRIES = 1_000;
    private static final int SECONDS = 8;

    private Idle() {}

    static double bytesPerKeepAlive(long seed) {
        return bytes(seed, Duration.ZERO) - bytes(seed, Duration.ofHours(2));
    }

    private static double bytes(long seed, Duration skew) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(seed);
        Dht a = Dht.start(DhtConfig.defaults(), network.host("a"));
        Joiner.fill(a, seed, ENTRIES);
        Dht b = Dht.start(
                DhtConfig.builder().seeds("a:4000").build(), network.host("b").skewClock(skew));
        // Between two of the random parts that are listed every ten seconds.
        network.advance(Duration.ofMillis(61_300));
        long before = a.statistics().counter("bytesSent") + b.statistics().counter("bytesSent");
        network.advance(Duration.ofSeconds(SECONDS));
        long after = a.statistics().counter("bytesSent") + b.statistics().counter("bytesSent");
        return (after - before) / (2.0 * SECONDS);
    }

    /** All that goes to and fro in a minute, those parts included, per second and node. */
    static double bytesPerSecond(long seed) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(seed);
        Dht a = Dht.start(DhtConfig.defaults(), network.host("a"));
        Joiner.fill(a, seed, ENTRIES);
        Dht b = Dht.start(DhtConfig.builder().seeds("a:4000").build(), network.host("b"));
        network.advance(Duration.ofMillis(61_300));
        long before = a.statistics().counter("bytesSent") + b.statistics().counter("bytesSent");
        network.advance(Duration.ofSeconds(60));
        long after = a.statistics().counter("bytesSent") + b.statistics().counter("bytesSent");
        return (after - before) / 120.0;
    }
}
