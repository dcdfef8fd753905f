package org.simpledht.examples.endurance;

import java.lang.management.ManagementFactory;

/** The heap of this process. */
final class Heap {

    /** A collection may leave gaps where moving what lives costs more than they are worth; of several one closes them. */
    private static final int COLLECTIONS = 8;

    private Heap() {}

    /** Bytes in use after collections, the least of some. */
    static long bytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
