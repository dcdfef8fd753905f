package org.simpledht.examples.endurance;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Three nodes in processes of their own that hold a thousand entries and are asked for nothing: what part of a processor one takes. */
final class Idle {

    private static final int MEMBERS = 3;
    private static final int ENTRIES = 1_000;
    private static final long TO_AGREE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** What begins with a JVM is over by then: classes are loaded and what runs now and then is compiled. */
    private static final long TO_SETTLE_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** Measures nodes that speak UDP, then such that speak TCP, each so many seconds. */
    void run(int seconds) throws IOException {
        System.out.println("| transport | of one processor, each node's process | thread of the node alone |");
        System.out.println("|---|---|---|");
        for (String transport : List.of("udp", "tcp")) {
            List<Spawned> members = Spawned.members(MEMBERS, transport);
            try {
                fill(members);
                LockSupport.parkNanos(TO_SETTLE_NANOS);
                measure(transport, members, seconds);
            } finally {
                members.forEach(Spawned::close);
            }
        }
    }

    private static void fill(List<Spawned> members) throws IOException {
        for (int i = 0; i < ENTRIES; i++) {
            members.get(i % MEMBERS).ask("write " + i + " content-" + i);
        }
        long began = System.nanoTime();
        for (Spawned member : members) {
            while (!member.ask("digest").startsWith(ENTRIES + ":")) {
                if (System.nanoTime() - began > TO_AGREE_NANOS) {
                    throw new IOException("the node at " + member.address() + " does not get all entries");
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Of all nodes the least and the most. */
    private static void measure(String transport, List<Spawned> members, int seconds) throws IOException {
        long[][] before = new long[MEMBERS][];
        for (int i = 0; i < MEMBERS; i++) {
            before[i] = processorNanos(members.get(i));
        }
        long began = System.nanoTime();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
        double[] least = {Double.MAX_VALUE, Double.MAX_VALUE};
        double[] most = new double[2];
        for (int i = 0; i < MEMBERS; i++) {
            long[] after = processorNanos(members.get(i));
            double lasted = System.nanoTime() - began;
            for (int part = 0; part < after.length; part++) {
                double share = (after[part] - before[i][part]) / lasted;
                least[part] = Math.min(least[part], share);
                most[part] = Math.max(most[part], share);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f to %.2f %% | %.2f to %.2f %% |%n",
                transport,
                100 * least[0],
                100 * most[0],
                100 * least[1],
                100 * most[1]);
    }

    /** Of the whole process, and of the thread of its node. */
    private static long[] processorNanos(Spawned member) throws IOException {
        String[] answer = member.ask("processor").split(" ");
        return new long[] {Long.parseLong(answer[0]), Long.parseLong(answer[1])};
    }
}
