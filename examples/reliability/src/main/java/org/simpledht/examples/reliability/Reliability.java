package org.simpledht.examples.reliability;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Attacks a node that trusts nobody, and prints what it bears as a table. Arguments: datagrams per second, seconds, and for how many
 * seconds it is flooded before it is measured; 100000, 10 and 0 without. A node that has just started compiles much of what it runs.
 */
public final class Reliability {

    private Reliability() {}

    public static void main(String[] args) throws Exception {
        int perSecond = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        int before = args.length > 2 ? Integer.parseInt(args[2]) : 0;
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
            flood(node, perSecond, seconds, before);
        }
    }

    private static void flood(Attacked node, int perSecond, int seconds, int secondsBefore)
            throws IOException, InterruptedException {
        Neighbour neighbour = new Neighbour(node.port());
        Requests requests = new Requests(node.port());
        Flood flood = new Flood(node.port(), perSecond, seconds);
        Thread first = new Thread(neighbour);
        Thread second = new Thread(requests);
        first.start();
        second.start();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
        new Flood(node.port(), perSecond, secondsBefore).run();
        Map<String, Long> before = node.counters();
        long cpuBefore = node.cpuNanos();
        requests.beginCounting();
        flood.run();
        requests.endCounting();
        long cpuNanos = node.cpuNanos() - cpuBefore;
        Map<String, Long> after = node.counters();
        long read = after.get("framesReceived") - before.get("framesReceived");
        long loopNanos = after.get(Server.LOOP_NANOS) - before.get(Server.LOOP_NANOS);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        neighbour.stop();
        requests.stop();
        first.join();
        second.join();
        row("hostile datagrams sent", String.format("%,d per second for %d s", flood.sent() / seconds, seconds));
        row("of these read by the node", String.format("%,d per second", read / seconds));
        row(
                "its processor time",
                String.format(
                        "%.1f µs for each, %.1f of them its own thread's",
                        cpuNanos / 1e3 / Math.max(1, read), loopNanos / 1e3 / Math.max(1, read)));
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
