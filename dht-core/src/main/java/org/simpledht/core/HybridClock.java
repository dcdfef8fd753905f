package org.simpledht.core;

/**
 * Clocks of 48 bits of Unix milliseconds and 16 bits of counter, each larger than the one before, also when the wall clock
 * stands or goes back (Kulkarni et al., "Logical Physical Clocks", 2014).
 */
final class HybridClock {

    private static final int COUNTER_BITS = 16;

    private long last;

    long next(long wallMillis) {
        long physical = wallMillis << COUNTER_BITS;
        last = Long.compareUnsigned(physical, last) > 0 ? physical : last + 1;
        return last;
    }
}
