package org.simpledht.examples.endurance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.PutReceipt;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * A node in a process of its own. It is told what to do by lines, and answers each with one: {@code put number text} with the number of
 * neighbours that hold it, {@code write number text} with that it is written, {@code digest} with the number of its entries and what tells tables apart, {@code has number text} with whether
 * it has that, {@code state} with its threads, descriptors and heap in bytes after a collection, {@code processor} with the nanoseconds of
 * processor time that its process and the node's own thread have taken.
 */
final class Member {

    private static final Duration TO_HEAR_OF_HOLDERS = Duration.ofMillis(500);

    /** Of the first node in a process. */
    private static final String THREAD = "dht-1";

    private final Dht dht;

    private Member(Dht dht) {
        this.dht = dht;
    }

    /** Arguments: where to listen, and the seeds. */
    public static void main(String[] args) throws IOException {
        DhtConfig config =
                DhtConfig.builder().bind(args[0]).seeds(args[1].split(",")).build();
        try (Dht dht = Dht.start(config)) {
            Member member = new Member(dht);
            System.out.println("ready");
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(member.answer(line.split(" ", 3)));
            }
        }
    }

    private String answer(String[] words) throws IOException {
        return switch (words[0]) {
            case "put" -> {
                PutReceipt receipt = dht.put(new Hash(Long.parseLong(words[1])), words[2]);
                yield Integer.toString(receipt.holders(TO_HEAR_OF_HOLDERS));
            }
            case "write" -> {
                dht.put(new Hash(Long.parseLong(words[1])), words[2]);
                yield "written";
            }
            case "has" -> {
                Content wanted = Content.ofText(words[2]);
                yield Boolean.toString(dht.local(new Hash(Long.parseLong(words[1])))
                        .filter(wanted::equals)
                        .isPresent());
            }
            case "digest" -> {
                TreeMap<Hash, Content> entries = new TreeMap<>(dht.entries());
                yield entries.size() + ":" + entries.hashCode();
            }
            case "state" -> state();
            case "processor" -> processor();
            default -> throw new IllegalArgumentException("no such command: " + words[0]);
        };
    }

    private static String state() throws IOException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return threads + " " + descriptors.count() + " " + heap;
        }
    }

    private static String processor() {
        long ofProcess =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long ofNode = 0;
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo thread = threads.getThreadInfo(id);
            if (thread != null && thread.getThreadName().equals(THREAD)) {
                ofNode += threads.getThreadCpuTime(id);
            }
        }
        return ofProcess + " " + ofNode;
    }
}
