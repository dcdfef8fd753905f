package org.simpledht.testing;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/** How long seeds take, and their nodes to agree. A program, not a test. */
final class HostilityRuns {

    private HostilityRuns() {}

    public static void main(String[] args) {
        int from = Integer.parseInt(args[0]);
        int to = Integer.parseInt(args[1]);
        long[] agreed = new long[to - from + 1];
        long[] quiet = new long[agreed.length];
        int failed = 0;
        long frames = 0;
        long begun = cpuNanos();
        for (int seed = from; seed <= to; seed++) {
            SimulatedNetwork network = SimulatedNetwork.ofSeed(seed);
            Hostility hostility = new Hostility(network);
            long start = cpuNanos();
            try {
                Hostility.Took took = hostility.befall();
                agreed[seed - from] = took.agreed().toMillis();
                quiet[seed - from] = took.quiet().toMillis();
            } catch (Throwable e) {
                failed++;
                String what = e.toString();
                System.out.println(seed + " " + what.substring(0, Math.min(500, what.length())) + " at "
                        + network.elapsed() + "\n    " + hostility.lot() + "\n    " + hostility.hostile());
                if (!(e instanceof AssertionError) || args.length > 2) {
                    e.printStackTrace(System.out);
                }
            }
            long millis = (cpuNanos() - start) / 1_000_000;
            frames += network.frames().get("sent");
            if ((seed - from) % 100 == 99) {
                System.out.println(seed + " and none after it so far, " + failed + " failed");
            }
            if (millis > 1_000) {
                System.out.println(seed + " took " + millis + " ms, " + network.frames() + "\n    " + hostility.lot()
                        + "\n    " + hostility.hostile());
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d seeds, %d failed, %.1f seeds/s, %d frames each%n",
                agreed.length,
                failed,
                agreed.length * 1e9 / (cpuNanos() - begun),
                frames / agreed.length);
        print("agreed", agreed);
        print("quiet", quiet);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
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
