package org.simpledht.core;

/**
 * The clock in each header: physical milliseconds and a counter that makes every frame's clock larger than the last one's. It
 * is never merged with the hybrid clock of the entries.
 */
final class HeaderClock {

    private static final int COUNTER_BITS = 16;

    private long last;

    long next(long physicalMillis) {
        long physical = physicalMillis << COUNTER_BITS;
        last = Long.compareUnsigned(physical, last) > 0 ? physical : last + 1;
        return last;
    }

    /** What a header's clock says. */
    static long millis(long clock) {
        return clock >>> COUNTER_BITS;
    }
}
