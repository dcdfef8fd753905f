package org.simpledht.core;

/**
 * One moment, read once per turn by whoever drives a machine.
 *
 * @param nanos monotonic, of arbitrary origin, compared by subtraction
 * @param unixMillis Unix time: what comes in from outside is the wall clock, which may jump; a node's parts see physical
 *     time ({@link org.simpledht.core.store.PhysicalClock})
 */
public record Now(long nanos, long unixMillis) {

    /** Nanoseconds since that moment; negative if it is yet to come. */
    long since(long earlierNanos) {
        return nanos - earlierNanos;
    }

    boolean isAtOrAfter(long momentNanos) {
        return nanos - momentNanos >= 0;
    }

    /** How long it is until that moment, 0 if it has passed. */
    long until(long momentNanos) {
        return Math.max(0, momentNanos - nanos);
    }
}
