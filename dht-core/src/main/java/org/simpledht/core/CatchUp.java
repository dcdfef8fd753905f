package org.simpledht.core;

/**
 * Whether everything that a neighbour holds is on its way here, since it was asked for at once: while that is so there is no use in
 * asking for parts of it (docs/PROTOCOL.md, "Reconciliation").
 */
final class CatchUp {

    /** The stream of what was asked for has ended, or been lost, when nothing has come for so long. */
    private static final long QUIET_NANOS = 300_000_000L;

    /** A stream brings more than that meanwhile; what got lost, and is asked for again and again, does not. */
    private static final int STREAM = 32;

    /** It has gone on for so long that others are asked, too: whoever never ends it may mean no good. */
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private boolean begun;
    private int news;
    private long newsNanos;
    private long begunNanos;

    /** A round has begun that asks for everything, or for what differs only. */
    void begins(boolean asksForAll, Now now) {
        begun = asksForAll;
        begunNanos = now.nanos();
        newsNanos = now.nanos();
    }

    /** Something of it has come. */
    void broughtNews(Now now) {
        news++;
        if (news % STREAM == 0) {
            newsNanos = now.nanos();
        }
    }

    /** Whether the last round has asked for everything, be it on its way or here. */
    boolean hasBegun() {
        return begun;
    }

    boolean isGoingOn(Now now) {
        return begun && nanosUntilEnd(now) > 0;
    }

    long nanosUntilEnd(Now now) {
        return Math.min(now.until(newsNanos + QUIET_NANOS), now.until(begunNanos + LONGEST_NANOS));
    }

    /** Ends it. Returns whether it would have gone on. */
    boolean end(Now now) {
        boolean wouldGoOn = begun && now.until(newsNanos + QUIET_NANOS) > 0;
        begun = false;
        return wouldGoOn;
    }
}
