package org.simpledht.core.store;

/**
 * Clocks of 48 bits of Unix milliseconds and 16 bits of counter, each larger than every one seen before, also when the
 * physical clock stands or goes back (Kulkarni et al., "Logical Physical Clocks", 2014).
 */
public final class HybridClock {

    private static final int COUNTER_BITS = 16;

    /**
     * What lies further ahead of the physical clock was seen, or is replaced, when that was wrong, and has gone back since: it does not
     * count, or this node would stand still until then.
     */
    private static final long MOST_AHEAD_MILLIS = 2 * Lease.TOLERANCE_MILLIS;

    private volatile long last;
    private volatile long passedMillis;

    /** The clock of a new write, larger than all that this node has written or seen, and than another one. */
    public long next(long physicalMillis, long stored) {
        long seen = isFarAhead(last >>> COUNTER_BITS, physicalMillis) ? stored : max(last, stored);
        // Nor before what the leases go by: a short life would have ended when it begins.
        long next = max(nowMillis(physicalMillis) << COUNTER_BITS, seen + 1);
        observe(next, physicalMillis);
        return next;
    }

    /** A clock was seen. */
    public void observe(long clock, long physicalMillis) {
        // Or the leases would leap when it is no longer far ahead.
        if (!isFarAhead(clock >>> COUNTER_BITS, physicalMillis)) {
            last = max(last, clock);
        }
    }

    /** The leases have gone by that moment: they do not go by an earlier one afterwards. */
    public void passed(long nowMillis) {
        passedMillis = nowMillis;
    }

    /** The physical clock has gone back: what is far ahead of it now is forgotten, for the same reason. */
    public void steppedTo(long physicalMillis) {
        if (isFarAhead(last >>> COUNTER_BITS, physicalMillis)) {
            last = 0;
        }
        if (isFarAhead(passedMillis, physicalMillis)) {
            passedMillis = 0;
        }
    }

    /** What the leases go by: never before anything that was seen, and so never backwards with it. From any thread. */
    public long nowMillis(long physicalMillis) {
        // Each by itself: what is far ahead does not hide what is not.
        long now = later(physicalMillis, last >>> COUNTER_BITS, physicalMillis);
        return later(now, passedMillis, physicalMillis);
    }

    private static long later(long nowMillis, long seenMillis, long physicalMillis) {
        return isFarAhead(seenMillis, physicalMillis) ? nowMillis : Math.max(nowMillis, seenMillis);
    }

    private static boolean isFarAhead(long seenMillis, long physicalMillis) {
        return seenMillis - physicalMillis > MOST_AHEAD_MILLIS;
    }

    private static long max(long one, long other) {
        return Long.compareUnsigned(one, other) >= 0 ? one : other;
    }
}
