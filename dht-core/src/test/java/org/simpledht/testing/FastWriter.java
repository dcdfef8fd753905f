package org.simpledht.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * One node writes contents of 100 bytes as fast as its neighbours let it, over links of 5 to 50 ms and a line of 1 MB/s that holds
 * 64 KiB: what of the line the contents get, and how often each comes. As a program it takes the number of neighbours, the loss
 * and the number of contents.
 */
final class FastWriter {

    private static final int LINE = 1_000_000;
    private static final int QUEUE = 1 << 16;
    private static final int CONTENT_BYTES = 100;

    /** What a push takes beside its content. */
    private static final int PUSH_BYTES = 23;

    private static final Duration REST = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofMinutes(10);

    private final SimulatedNetwork network;
    private final Dht writer;
    private final List<Dht> readers = new ArrayList<>();

    FastWriter(long seed, int neighbours, double loss) {
        network = SimulatedNetwork.ofSeed(seed)
                .delay(Duration.ofMillis(5), Duration.ofMillis(50))
                .bandwidth(LINE, QUEUE)
                .loss(loss);
        writer = start("n0", "");
        for (int i = 1; i <= neighbours; i++) {
            readers.add(start("n" + i, "n0:4000"));
        }
        network.advance(REST);
    }

    private Dht start(String name, String seeds) {
        return Dht.start(DhtConfig.builder().seeds(seeds).build(), network.host(name));
    }

    /**
     * How it went.
     *
     * @param ofLine the part of the line that each neighbour's contents have got, until all had come
     * @param copies how often each content came to each neighbour
     * @param millis until all had come
     */
    record Result(double ofLine, double copies, long millis, long dropped) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.1f %% of the line, %.3f copies, all after %d ms, %d left out",
                    100 * ofLine,
                    copies,
                    millis,
                    dropped);
        }
    }

    Result write(int count) {
        Duration begun = network.elapsed();
        long before = puts();
        for (int i = 0; i < count; i++) {
            writer.put(new Hash(i + 1), Content.of(new byte[CONTENT_BYTES]));
        }
        boolean isThere = network.advanceUntil(
                () -> readers.stream().allMatch(reader -> reader.entries().size() == count), MOST);
        long millis = network.elapsed().minus(begun).toMillis();
        double bytes = (double) count * (CONTENT_BYTES + PUSH_BYTES);
        return new Result(
                isThere ? bytes * 1_000 / millis / LINE : 0,
                (double) (puts() - before) / count / readers.size(),
                millis,
                writer.statistics().counter("outputDropped"));
    }

    private long puts() {
        return readers.stream()
                .mapToLong(reader -> reader.statistics().counter("putsReceived"))
                .sum();
    }

    public static void main(String[] args) {
        int count = Integer.parseInt(args[2]);
        for (long seed = 1; seed <= 3; seed++) {
            Result result = new FastWriter(seed, Integer.parseInt(args[0]), Double.parseDouble(args[1])).write(count);
            System.out.println("seed " + seed + ": " + result);
        }
    }
}
