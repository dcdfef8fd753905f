package org.simpledht.core;

/**
 * One moment, read once per turn by whoever drives a machine.
 *
 * @param nanos monotonic, of arbitrary origin, compared by subtraction
 * @param wallMillis Unix time, which may jump
 */
public record Now(long nanos, long wallMillis) {

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
