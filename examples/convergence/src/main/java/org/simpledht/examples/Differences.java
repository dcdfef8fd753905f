package org.simpledht.examples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.PeerInfo;
import org.simpledht.testing.SimulatedNetwork;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * Two nodes hold much, and all but the same: what does it cost to find out where they differ, and to settle it? They are cut
 * off from each other for longer than a peer's patience, so nothing is on its way any more; meanwhile one or both write;
 * then the cut heals. What the same costs without a write is subtracted.
 */
final class Differences {

    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Duration ONE_WAY = Duration.ofMillis(20);
    private static final Duration MS_1 = Duration.ofMillis(1);
    private static final int VALUE_BYTES = 64;

    private final SimulatedNetwork network;
    private final SplittableRandom dice;
    private final Dht a;
    private final Dht b;

    Differences(long seed, int entries) {
        network = SimulatedNetwork.ofSeed(seed).delay(ONE_WAY, ONE_WAY);
        dice = new SplittableRandom(seed);
        a = start("a", "", entries);
        Joiner.fill(a, seed, entries);
        b = start("b", "a:4000", entries);
        while (b.statistics().entries() < entries) {
            network.advance(Duration.ofSeconds(1));
        }
        network.advance(Duration.ofSeconds(60));
    }

    private Dht start(String name, String seedName, int entries) {
        DhtConfig config = DhtConfig.builder()
                .seeds(seedName)
                .maxLease(Duration.ofDays(30))
                .set("max-entries", Integer.toString(2 * entries))
                .set("max-store-bytes", "1GiB")
                .build();
        return Dht.start(config, network.host(name));
    }

    /** What one cut has cost. */
    record Cost(double bytes, double frames, double roundTrips) {}

    /** So many writes at both sides in turn, while they are apart. */
    Cost measure(int writes) {
        Traffic quiet = apart(0);
        Traffic busy = apart(writes);
        return new Cost(busy.bytes - quiet.bytes, busy.frames - quiet.frames, busy.roundTrips);
    }

    private record Traffic(long bytes, long frames, double roundTrips) {}

    private Traffic apart(int writes) {
        // Each node lists a random part every ten seconds: that is to happen in none of the intervals, or else it is
        // the noise.
        untilAfterTen(Duration.ofMillis(1_300));
        network.cut("a", "b").cut("b", "a");
        network.advance(Duration.ofSeconds(5));
        List<Hash> written = new ArrayList<>();
        boolean first = dice.nextBoolean();
        for (int i = 0; i < writes; i++) {
            Hash key = new Hash(dice.nextLong());
            (first == (i % 2 == 0) ? a : b).put(key, value());
            written.add(key);
        }
        network.advance(Duration.ofSeconds(15));
        untilAfterTen(Duration.ofMillis(1_300));
        long bytesBefore = counter("bytesSent");
        long framesBefore = counter("framesSent");
        network.heal();
        // Until both know that the other one is one of ours: then they begin to compare.
        if (Mesh.secondsUntil(network, this::haveMet, MS_1, Duration.ofSeconds(60)) == Samples.NEVER) {
            throw new IllegalStateException("they do not find each other\n" + network.story());
        }
        Duration met = network.elapsed();
        network.advanceUntil(() -> areHeld(written), Duration.ofSeconds(5));
        double halfTrips = (double) network.elapsed().minus(met).toMillis() / ONE_WAY.toMillis();
        double roundTrips = areHeld(written) ? Math.rint(halfTrips) / 2 : Samples.NEVER;
        network.advance(met.plusSeconds(5).minus(network.elapsed()));
        return new Traffic(counter("bytesSent") - bytesBefore, counter("framesSent") - framesBefore, roundTrips);
    }

    private boolean haveMet() {
        return Stream.of(a, b)
                .allMatch(node -> node.peers().stream().anyMatch(peer -> peer.kind() == PeerInfo.Kind.CAPABLE));
    }

    private void untilAfterTen(Duration rest) {
        long nanos =
                rest.minusNanos(network.elapsed().toNanos() % TEN.toNanos()).toNanos();
        network.advance(Duration.ofNanos(Math.floorMod(nanos, TEN.toNanos())));
    }

    private boolean areHeld(List<Hash> keys) {
        return keys.stream()
                .allMatch(key -> a.local(key).isPresent() && b.local(key).isPresent());
    }

    private long counter(String name) {
        return a.statistics().counter(name) + b.statistics().counter(name);
    }

    private Content value() {
        byte[] value = new byte[VALUE_BYTES];
        dice.nextBytes(value);
        return Content.of(value);
    }
}
