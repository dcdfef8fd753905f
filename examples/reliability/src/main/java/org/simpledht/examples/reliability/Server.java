package org.simpledht.examples.reliability;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Hash;

/** The node that is attacked, in a process of its own: says where it listens, and its statistics for each line that it reads. */
final class Server {

    static final Hash LARGE = Hash.ofText("large");
    static final Hash SMALL = Hash.ofText("small");
    static final int LARGE_BYTES = 60_000;

    /** Among the counters: time that the node's own thread has run. What else the process takes is mostly the compiler's. */
    static final String LOOP_NANOS = "loopNanos";

    private static final String LOOP = "dht-1";

    private Server() {}

    public static void main(String[] args) throws IOException {
        DhtConfig config = DhtConfig.builder()
                .bind("127.0.0.1:0")
                .trustedNetworks("none")
                .keepJvmAlive(true)
                .build();
        try (Dht dht = Dht.start(config)) {
            dht.put(LARGE, "x".repeat(LARGE_BYTES));
            dht.put(SMALL, "small");
            System.out.println(dht.endpoints().get(0).address().port());
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (in.readLine() != null) {
                Map<String, Long> counters = new TreeMap<>(dht.statistics().counters());
                counters.put(LOOP_NANOS, loopNanos());
                System.out.println(counters);
            }
        }
    }

    private static long loopNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals(LOOP)) {
                return threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        throw new AssertionError("no thread " + LOOP);
    }
}
