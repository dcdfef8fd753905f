package org.simpledht.examples.reliability;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Attacks a node that trusts nobody, and prints what it bears as a table. Arguments: datagrams per second, and seconds; 100000 and 10
 * without.
 */
public final class Reliability {

    private Reliability() {}

    public static void main(String[] args) throws Exception {
        int perSecond = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        System.out.println(
                "| sent to the node | bytes in | bytes out | out for each byte in, beyond the guests' budget |");
        System.out.println("|---|---|---|---|");
        try (Attacked node = Attacked.start()) {
            for (Attack attack : Attack.values()) {
                System.out.println(Reflection.measure(attack, node.port(), attack.ordinal()));
            }
        }
        System.out.println();
        System.out.println("| flood | |");
        System.out.println("|---|---|");
        try (Attacked node = Attacked.start()) {
            flood(node, perSecond, seconds);
        }
    }

    private static void flood(Attacked node, int perSecond, int seconds) throws IOException, InterruptedException {
        Neighbour neighbour = new Neighbour(node.port());
        Requests requests = new Requests(node.port());
        Flood flood = new Flood(node.port(), perSecond, seconds);
        Thread first = new Thread(neighbour);
        Thread second = new Thread(requests);
        first.start();
        second.start();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
        long before = node.counters().get("framesReceived");
        long cpuBefore = node.cpuNanos();
        requests.beginCounting();
        flood.run();
        requests.endCounting();
        long read = node.counters().get("framesReceived") - before;
        long cpuNanos = node.cpuNanos() - cpuBefore;
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        neighbour.stop();
        requests.stop();
        first.join();
        second.join();
        row("hostile datagrams sent", String.format("%,d per second for %d s", flood.sent() / seconds, seconds));
        row("of these read by the node", String.format("%,d per second", read / seconds));
        row("its processor time", String.format("%.1f µs for each", cpuNanos / 1e3 / Math.max(1, read)));
        row(
                "a good client's requests served within 1 s",
                String.format("%.1f %% of %d", requests.servedPercent(), requests.asked()));
        row("the slowest of them", requests.longestMillis() + " ms");
        row("longest gap between signs of life", neighbour.longestGapMillis() + " ms");
        row("heap", "64 MB, and " + (node.isAlive() ? "alive" : "dead"));
        Map<String, Long> counters = node.counters();
        for (String name :
                new String[] {"guestFramesRefused", "guestFramesWithheld", "guestWritesRefused", "unprovenFrames"}) {
            row("`" + name + "`", String.format("%,d", counters.get(name)));
        }
    }

    private static void row(String what, String value) {
        System.out.println("| " + what + " | " + value + " |");
    }
}
