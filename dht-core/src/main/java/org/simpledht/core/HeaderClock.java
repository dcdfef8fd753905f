package org.simpledht.core;

import org.simpledht.core.store.Lease;

/**
 * The clock in each header: physical milliseconds and a counter that makes every frame's clock larger than the last one's, unless that
 * lies more than 10 s ahead of the physical clock by now: then it was wrong, who hears it does not count it as seen, and going on from it
 * would keep this node apart from all others until then. It is never merged with the hybrid clock of the entries.
 */
final class HeaderClock {

    private static final int COUNTER_BITS = 16;

    private long last;

    long next(long physicalMillis) {
        long physical = of(physicalMillis);
        if (isFarAhead(last, physicalMillis)) {
            last = 0;
        }
        last = Long.compareUnsigned(physical, last) > 0 ? physical : last + 1;
        return last;
    }

    /** Whether a header's clock is further ahead than clocks may be apart. */
    static boolean isFarAhead(long clock, long physicalMillis) {
        return millis(clock) - physicalMillis > Lease.TOLERANCE_MILLIS;
    }

    /** The clock of that moment. */
    static long of(long millis) {
        return millis << COUNTER_BITS;
    }

    /** What a header's clock says. */
    static long millis(long clock) {
        return clock >>> COUNTER_BITS;
    }
}
