package org.simpledht.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.DhtListener;
import org.simpledht.EntryEvent;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * What it costs a network that everybody hears of updates of 100 bytes, and how long it takes: real nodes in virtual time, over
 * links of 5 to 50 ms. As a program it takes the number of nodes, updates a second, loss, seconds of settling and of measuring.
 */
final class RelayedUpdates {

    private static final int CONTENT_BYTES = 100;
    private static final int KEYS = 2_000;
    private static final int IP_AND_UDP_BYTES = 28;
    private static final Duration JOIN_GAP = Duration.ofMillis(20);
    private static final Duration REST = Duration.ofSeconds(30);
    private static final Duration LAST_ONES = Duration.ofSeconds(5);

    private final SimulatedNetwork network;
    private final List<Dht> nodes = new ArrayList<>();
    private final Random dice;
    private final List<Long> putNanos = new ArrayList<>();
    private final List<int[]> latencies = new ArrayList<>();
    private final List<Integer> reached = new ArrayList<>();
    private final boolean fromOne;

    /**
     * @param fromOne whether always the same node writes
     */
    RelayedUpdates(int count, long seed, boolean fromOne) {
        this.fromOne = fromOne;
        dice = new Random(seed);
        network = SimulatedNetwork.ofSeed(seed)
                .delay(Duration.ofMillis(5), Duration.ofMillis(50))
                .loss(0.01);
        for (int i = 0; i < count; i++) {
            DhtConfig config =
                    DhtConfig.builder().seeds(i == 0 ? "" : "n0:4000").build();
            nodes.add(Dht.start(config, network.host("n" + i), new DhtListener() {
                @Override
                public void entryChanged(EntryEvent event) {
                    event.after().ifPresent(RelayedUpdates.this::heard);
                }
            }));
            network.advance(JOIN_GAP);
        }
        network.advance(REST);
    }

    /** Every other node is gone without a word, and with them perhaps the root of the tree. */
    void crashHalf() {
        for (int i = nodes.size() - 1; i >= 0; i -= 2) {
            network.host("n" + i).crash();
            nodes.remove(i);
        }
        network.advance(REST);
    }

    /** What it was of one update, on the average. */
    record Result(
            double copies, double bytes, double frames, double nodesMissed, int[] p50p99Millis, int slowestMillis) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.3f copies, %.0f bytes, %.2f frames of each node; 50 %% of the nodes after %d ms, 99 %% after %d ms,"
                            + " all after %d ms; %.2f nodes missed one",
                    copies,
                    bytes,
                    frames,
                    p50p99Millis[0],
                    p50p99Millis[1],
                    slowestMillis,
                    nodesMissed);
        }
    }

    /** Lets the network settle under such updates, and measures further ones. */
    Result measure(int perSecond, double loss, int settleSeconds, int measureSeconds) {
        network.loss(loss);
        long[] idle = totals();
        Duration quiet = Duration.ofSeconds(10);
        network.advance(quiet);
        idle = minus(totals(), idle);
        write(perSecond, settleSeconds);
        long[] before = totals();
        int first = putNanos.size();
        write(perSecond, measureSeconds);
        // As much is on its way now as was at first: what comes of the last ones stands for what came then of those
        // before.
        long[] spent = minus(totals(), before);
        network.advance(LAST_ONES);
        double all = (double) (putNanos.size() - first) * nodes.size();
        double copies = spent[0] / all;
        double bytes = (spent[1] - idle[1] * measureSeconds / (double) quiet.toSeconds()) / all;
        double frames = (spent[2] - idle[2] * measureSeconds / (double) quiet.toSeconds()) / all;
        return latencies(copies, bytes, frames, first);
    }

    private void write(int perSecond, int seconds) {
        Duration gap = Duration.ofNanos(1_000_000_000L / perSecond);
        for (int i = 0; i < perSecond * seconds; i++) {
            int number = putNanos.size();
            byte[] content = new byte[CONTENT_BYTES];
            dice.nextBytes(content);
            byte[] digits = String.format("%08d", number).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            System.arraycopy(digits, 0, content, 0, digits.length);
            putNanos.add(network.elapsed().toNanos());
            latencies.add(new int[nodes.size()]);
            reached.add(0);
            Dht writer = nodes.get(fromOne ? nodes.size() / 2 : dice.nextInt(nodes.size()));
            writer.putAsync(new Hash(1 + number % KEYS), Content.of(content));
            network.advance(gap);
        }
    }

    private void heard(Content content) {
        int number = Integer.parseInt(new String(content.toBytes(), 0, 8, java.nio.charset.StandardCharsets.US_ASCII));
        long millis = (network.elapsed().toNanos() - putNanos.get(number)) / 1_000_000;
        int already = reached.get(number);
        latencies.get(number)[already] = (int) millis;
        reached.set(number, already + 1);
    }

    private Result latencies(double copies, double bytes, double frames, int first) {
        int count = putNanos.size() - first;
        int[] half = new int[count];
        int[] most = new int[count];
        int slowest = 0;
        long missed = 0;
        for (int i = 0; i < count; i++) {
            int[] each = latencies.get(first + i);
            int came = reached.get(first + i);
            half[i] = each[Math.min(came, nodes.size() / 2) - 1];
            int enough = nodes.size() - nodes.size() / 100;
            most[i] = came < enough ? Integer.MAX_VALUE : each[enough - 1];
            slowest = Math.max(slowest, each[came - 1]);
            missed += nodes.size() - came;
        }
        Arrays.sort(half);
        Arrays.sort(most);
        return new Result(
                copies, bytes, frames, (double) missed / count, new int[] {half[count / 2], most[count / 2]}, slowest);
    }

    /** Contents that came, bytes with all headers, and frames that were sent. */
    private long[] totals() {
        long[] totals = new long[3];
        for (Dht node : nodes) {
            var statistics = node.statistics();
            totals[0] += statistics.counter("putsReceived");
            totals[1] += statistics.counter("bytesSent") + IP_AND_UDP_BYTES * statistics.counter("framesSent");
            totals[2] += statistics.counter("framesSent");
        }
        return totals;
    }

    private static long[] minus(long[] one, long[] other) {
        long[] difference = one.clone();
        Arrays.setAll(difference, i -> one[i] - other[i]);
        return difference;
    }

    public static void main(String[] args) {
        int count = Integer.parseInt(args[0]);
        for (String arg : List.of(args).subList(1, args.length)) {
            String[] parts = arg.split(",");
            boolean fromOne = parts.length > 4;
            RelayedUpdates network = new RelayedUpdates(count, 7, fromOne);
            Result result = network.measure(
                    Integer.parseInt(parts[0]),
                    Double.parseDouble(parts[1]),
                    Integer.parseInt(parts[2]),
                    Integer.parseInt(parts[3]));
            System.out.println(count + " nodes, " + arg + ": " + result);
        }
    }
}
