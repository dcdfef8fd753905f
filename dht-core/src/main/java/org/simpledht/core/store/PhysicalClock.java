package org.simpledht.core.store;

import java.util.OptionalLong;

/**
 * Physical time: the wall clock as it was read at the start, and monotonic time since. So a step of the wall clock does not
 * shake the leases. The wall clock is adopted again when it has differed by more than a second for ten, and then only if that
 * brings this node nearer to what its neighbours' clocks say, or there are none (docs/PROTOCOL.md, "Entries").
 */
public final class PhysicalClock {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long DIFFERENCE_MILLIS = 1_000;
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final long startNanos;
    private volatile long startMillis;
    private boolean differs;
    private long differsSinceNanos;

    public PhysicalClock(long nanos, long wallMillis) {
        startNanos = nanos;
        startMillis = wallMillis;
    }

    /** Unix milliseconds at that monotonic moment. From any thread. */
    public long at(long nanos) {
        return startMillis + (nanos - startNanos) / NANOS_PER_MILLI;
    }

    /** Whether the wall clock has differed for so long that {@link #consider} is to be called. */
    public boolean isInDoubt(long nanos, long wallMillis) {
        if (Math.abs(wallMillis - at(nanos)) <= DIFFERENCE_MILLIS) {
            differs = false;
            return false;
        }
        if (!differs) {
            differs = true;
            differsSinceNanos = nanos;
        }
        return nanos - differsSinceNanos >= PATIENCE_NANOS;
    }

    /**
     * Adopts the wall clock if the neighbours do not speak against it.
     *
     * @param neighboursAheadMillis the median of how far the neighbours' clocks are ahead of this one
     */
    public void consider(long nanos, long wallMillis, OptionalLong neighboursAheadMillis) {
        long ahead = wallMillis - at(nanos);
        boolean nearer = neighboursAheadMillis.isEmpty()
                || Math.abs(neighboursAheadMillis.getAsLong() - ahead) < Math.abs(neighboursAheadMillis.getAsLong());
        if (nearer) {
            startMillis += ahead;
            differs = false;
        }
    }
}
