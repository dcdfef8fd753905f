package org.simpledht.testing;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/** How long seeds take, and their nodes to agree. A program, not a test. */
final class MisfortuneRuns {

    private MisfortuneRuns() {}

    public static void main(String[] args) {
        int from = Integer.parseInt(args[0]);
        int to = Integer.parseInt(args[1]);
        long[] agreed = new long[to - from + 1];
        long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long[] quiet = new long[agreed.length];
        long[] told = new long[agreed.length];
        long[] inSpiteOfLoss = new long[agreed.length];
        double nodeSeconds = 0;
        int failed = 0;
        for (int seed = from; seed <= to; seed++) {
            SimulatedNetwork network = SimulatedNetwork.ofSeed(seed);
            Misfortune misfortune = new Misfortune(network);
            long start = System.nanoTime();
            try {
                Misfortune.Took took = misfortune.befall();
                agreed[seed - from] = took.agreed().toMillis();
                quiet[seed - from] = took.quiet().toMillis();
                told[seed - from] = took.told().toMillis();
                inSpiteOfLoss[seed - from] = took.toldInSpiteOfLoss().toMillis();
            } catch (Throwable e) {
                failed++;
                String what = e.toString();
                System.out.println(seed + " " + what.substring(0, Math.min(500, what.length())) + " at "
                        + network.elapsed() + "\n    " + misfortune.lot());
                if (!(e instanceof AssertionError) || args.length > 2) {
                    e.printStackTrace(System.out);
                }
            }
            nodeSeconds += misfortune.lot().nodes * (network.elapsed().toMillis() / 1e3);
            long millis = (System.nanoTime() - start) / 1_000_000;
            if (millis > 400 || agreed[seed - from] > 30_000) {
                System.out.println(
                        seed + " took " + millis + " ms, " + network.frames().get("sent") + " frames, agreed after "
                                + agreed[seed - from] + "\n    " + misfortune.lot());
            }
        }
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d seeds, %d failed, %.1f seeds/s, as long as %.1f/s with 8 nodes and 60 virtual seconds%n",
                agreed.length,
                failed,
                agreed.length / seconds,
                nodeSeconds / (8 * 60) / seconds);
        print("agreed", agreed);
        print("quiet", quiet);
        print("told", told);
        print("told in spite of loss", inSpiteOfLoss);
    }

    private static void print(String what, long[] millis) {
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%s: median %d ms, 99%% %d ms, worst %d ms%n",
                what,
                millis[millis.length / 2],
                millis[(int) (millis.length * 0.99)],
                millis[millis.length - 1]);
    }
}
