package org.simpledht.testing;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Hash;

/**
 * How many seeds a second of one processor does: eight nodes, 60 virtual seconds each, a write every 500 ms, 5 % loss. By the thread's
 * own time, so that other work on the machine counts less. A program, not a test: what it says depends on the machine.
 */
final class SeedsPerSecond {

    private static final int NODES = 8;
    private static final int WRITES = 120;
    private static final int SEEDS_PER_ROUND = 20;
    private static final int WARM_UP_ROUNDS = 10;
    private static final int ROUNDS = 21;

    private SeedsPerSecond() {}

    public static void main(String[] args) {
        double[] rates = new double[ROUNDS];
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int seed = 1; seed <= SEEDS_PER_ROUND; seed++) {
                live(SimulatedNetwork.ofSeed(seed));
            }
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            if (round >= 0) {
                rates[round] = SEEDS_PER_ROUND * 1e9 / nanos;
            }
        }
        Arrays.sort(rates);
        System.out.printf(
                "%.0f seeds/s (median of %d rounds of %d; from %.0f to %.0f)%n",
                rates[ROUNDS / 2], ROUNDS, SEEDS_PER_ROUND, rates[0], rates[ROUNDS - 1]);
    }

    private static void live(SimulatedNetwork network) {
        network.loss(0.05);
        List<Dht> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            String seed = i == 0 ? "" : "node0:4000";
            nodes.add(Dht.start(DhtConfig.builder().seeds(seed).build(), network.host("node" + i)));
        }
        for (int i = 0; i < WRITES; i++) {
            network.advance(Duration.ofMillis(500));
            nodes.get(i % NODES).put(new Hash(i), "value " + i);
        }
    }
}
