package org.simpledht.core;

/** So much per second, and so much at once (the generic cell rate algorithm, ITU-T I.371). Full at first. */
final class TokenBucket {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final long perSecond;
    private final long burstNanos;
    private boolean used;
    private long emptyUntilNanos;

    /**
     * @param perSecond at least 1
     * @param burst at least 1, at most some hundred times as much
     */
    TokenBucket(long perSecond, long burst) {
        this.perSecond = perSecond;
        burstNanos = Math.multiplyExact(burst, SECOND_NANOS) / perSecond;
    }

    /** Whether so much may go now. */
    boolean holds(long amount, Now now) {
        long owedNanos = used ? Math.max(0, emptyUntilNanos - now.nanos()) : 0;
        return owedNanos + cost(amount) <= burstNanos;
    }

    /** Takes it out, whatever it holds. */
    void take(long amount, Now now) {
        long from = used ? Math.max(emptyUntilNanos - now.nanos(), 0) : 0;
        used = true;
        emptyUntilNanos = now.nanos() + from + cost(amount);
    }

    /** Takes so much out, if it is there. */
    boolean tryTake(long amount, Now now) {
        boolean holds = holds(amount, now);
        if (holds) {
            take(amount, now);
        }
        return holds;
    }

    private long cost(long amount) {
        return amount * SECOND_NANOS / perSecond;
    }
}
