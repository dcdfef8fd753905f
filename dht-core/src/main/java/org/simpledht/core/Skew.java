package org.simpledht.core;

import org.simpledht.core.store.Lease;

/**
 * How far a neighbour's clock is from this node's, as its headers say. With whom they do not agree nothing is shared, at once if
 * they never did; but an operator is told only of what cannot be old words that come late.
 */
final class Skew {

    /** What has come late is read within less than that. */
    private static final long LATE_NANOS = 2_000_000_000L;

    /** Three signs of life: one of them comes through. */
    private static final long WALL_COUNTS_NANOS = 3_000_000_000L;

    private long aheadMillis;
    private long wallAheadMillis;
    private long wallSaidNanos;
    private boolean wallDiffers;
    private boolean agreedBefore;
    private boolean apart;
    private long apartSinceNanos;
    private boolean skewed;
    private boolean worthTelling;
    private boolean told;

    /**
     * The last header says so. Whose clock agreed before must differ for a while: what waited in a buffer while this node stood
     * still only comes late. A stream keeps what was said before an outage and brings it after, to a link that is new when both
     * had lost each other meanwhile. Nothing is shared over that until a header agrees, and that it does not is told when it has
     * lasted. What is said late never seems to be ahead.
     *
     * @param isStream whether it came by a connection
     */
    void isAhead(long millis, boolean isStream, Now now) {
        aheadMillis = millis;
        boolean wasApart = apart;
        apart = Math.abs(millis) > Lease.TOLERANCE_MILLIS;
        if (!apart) {
            agreedBefore = true;
            skewed = false;
            worthTelling = false;
            return;
        }
        if (!wasApart) {
            apartSinceNanos = now.nanos();
        }
        skewed |= !agreedBefore || now.since(apartSinceNanos) >= LATE_NANOS;
        boolean mayBeLate = isStream && millis < 0 && now.since(apartSinceNanos) < LATE_NANOS;
        worthTelling |= skewed && !mayBeLate;
    }

    /**
     * What its wall clock says, which differs from its headers: it stays with them only as long as all do.
     *
     * @param clock as in a header
     */
    void wallSays(long clock, Now now) {
        wallDiffers = true;
        wallAheadMillis = HeaderClock.millis(clock) - now.unixMillis();
        wallSaidNanos = now.nanos();
    }

    /** How far it would be ahead of this node if both went by the best that they know: for its wall clock, if it differs. */
    long saysAheadMillis(Now now) {
        return wallDiffers && now.since(wallSaidNanos) < WALL_COUNTS_NANOS ? wallAheadMillis : aheadMillis;
    }

    /** Whether nothing is to be shared for that. */
    boolean isTooFar() {
        return skewed;
    }

    /** Whether it is that for sure, so that somebody should hear of it. */
    boolean isWorthTelling() {
        return worthTelling;
    }

    /** True once each time that this has changed. */
    boolean mustTell() {
        boolean must = told != worthTelling;
        told = worthTelling;
        return must;
    }
}
