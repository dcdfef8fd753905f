package org.simpledht.core;

/** When something happened last, if it ever has. */
final class LastTime {

    private boolean everHappened;
    private long nanos;

    void happened(Now now) {
        everHappened = true;
        nanos = now.nanos();
    }

    /** Nanoseconds since then; {@link Long#MAX_VALUE} if it never has. */
    long sinceNanos(Now now) {
        return everHappened ? now.since(nanos) : Long.MAX_VALUE;
    }

    boolean isWithin(long withinNanos, Now now) {
        return sinceNanos(now) < withinNanos;
    }
}
