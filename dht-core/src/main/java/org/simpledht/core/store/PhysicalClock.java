package org.simpledht.core.store;

import java.util.OptionalLong;

/**
 * Physical time: the wall clock as it was read at the start, and monotonic time since. So a step of the wall clock does not
 * shake the leases. The wall clock is adopted again when it has differed by more than a second for ten, and then only if that
 * brings this node nearer to what its neighbours' clocks say, or there are none (docs/PROTOCOL.md, "Entries"). Where all physical clocks
 * are behind together, as after all machines have slept, it is what the neighbours' wall clocks say that counts, after a minute.
 */
public final class PhysicalClock {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long DIFFERENCE_MILLIS = 1_000;
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long PATIENCE_TOGETHER_NANOS = 60_000_000_000L;

    private final long startNanos;
    private volatile long startMillis;
    private boolean differs;
    private long differsSinceNanos;
    private long wallAheadMillis;

    public PhysicalClock(long nanos, long wallMillis) {
        startNanos = nanos;
        startMillis = wallMillis;
    }

    /** Unix milliseconds at that monotonic moment. From any thread. */
    public long at(long nanos) {
        return startMillis + (nanos - startNanos) / NANOS_PER_MILLI;
    }

    /** Whether the wall clock has differed for so long that {@link #toAdopt} is to be asked. */
    public boolean isInDoubt(long nanos, long wallMillis) {
        wallAheadMillis = wallMillis - at(nanos);
        if (Math.abs(wallAheadMillis) <= DIFFERENCE_MILLIS) {
            differs = false;
            return false;
        }
        if (!differs) {
            differs = true;
            differsSinceNanos = nanos;
        }
        return nanos - differsSinceNanos >= PATIENCE_NANOS;
    }

    /** Whether it has differed for so long that it is adopted if the neighbours' wall clocks are for it. */
    public boolean mayGoTogether(long nanos) {
        return differs && nanos - differsSinceNanos >= PATIENCE_TOGETHER_NANOS;
    }

    /**
     * Unix milliseconds by the wall clock, if it has differed for so long that others are to hear of it; 0 if not.
     *
     * @param earlierNanos how long before this node itself may go by it
     */
    public long wallToTell(long nanos, long earlierNanos) {
        return mayGoTogether(nanos + earlierNanos) ? at(nanos) + wallAheadMillis : 0;
    }

    /**
     * By how many milliseconds the wall clock is ahead, if it is to be adopted; 0 if the neighbours speak against it.
     *
     * @param neighboursAheadMillis the median of how far the neighbours' clocks are ahead of this one
     */
    public long toAdopt(long nanos, long wallMillis, OptionalLong neighboursAheadMillis) {
        long ahead = wallMillis - at(nanos);
        boolean nearer = neighboursAheadMillis.isEmpty()
                || Math.abs(neighboursAheadMillis.getAsLong() - ahead) < Math.abs(neighboursAheadMillis.getAsLong());
        return nearer ? ahead : 0;
    }

    /** Goes on with another time. */
    public void step(long millis) {
        startMillis += millis;
        differs = false;
    }
}
