package org.simpledht.core;

import org.simpledht.core.store.Lease;

/**
 * How far a neighbour's clock is from this node's, as its headers say. With whom they do not agree nothing is shared, at once if
 * they never did; but an operator is told only of what cannot be old words that come late.
 */
final class Skew {

    /** What has come late is read within less than that. */
    private static final long LATE_NANOS = 2_000_000_000L;

    private long aheadMillis;
    private long wallAheadMillis;
    private long wallSaidNanos;
    private boolean wallDiffers;
    private long heardNanos;
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
        heardNanos = now.nanos();
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
     * What its wall clock says, which differs from its headers: it stays with them only as long as all do. Of a frame that is not the
     * newest it counts no more.
     *
     * @param clock as in a header
     */
    void wallSays(long clock, Now now) {
        if (heardNanos != now.nanos()) {
            return;
        }
        wallDiffers = true;
        wallAheadMillis = HeaderClock.millis(clock) - now.unixMillis();
        wallSaidNanos = now.nanos();
    }

    /**
     * The same by its wall clock, if that is further ahead. Going back together would be worse than staying wrong: what was written
     * would lie ahead of everybody then, and be neither replaced nor removed until that time has come.
     *
     * @param wallNanos how long what its wall clock said counts
     */
    long aheadMillis(long wallNanos, Now now) {
        boolean isHeeded = wallDiffers && now.since(wallSaidNanos) < wallNanos;
        return isHeeded ? Math.max(aheadMillis, wallAheadMillis) : aheadMillis;
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
