package org.simpledht.core.store;

/**
 * Clocks of 48 bits of Unix milliseconds and 16 bits of counter, each larger than every one seen before, also when the
 * physical clock stands or goes back (Kulkarni et al., "Logical Physical Clocks", 2014).
 */
public final class HybridClock {

    private static final int COUNTER_BITS = 16;

    private volatile long last;

    /** The clock of a new write, larger than all that this node has written or seen, and than another one. */
    public long next(long physicalMillis, long stored) {
        long next = max(physicalMillis << COUNTER_BITS, max(last, stored) + 1);
        last = next;
        return next;
    }

    /** A clock was seen. */
    public void observe(long clock) {
        last = max(last, clock);
    }

    /** What the leases go by: never before anything that was seen, and so never backwards with it. From any thread. */
    public long nowMillis(long physicalMillis) {
        return Math.max(physicalMillis, last >>> COUNTER_BITS);
    }

    private static long max(long one, long other) {
        return Long.compareUnsigned(one, other) >= 0 ? one : other;
    }
}
