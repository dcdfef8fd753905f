package org.simpledht.core;

import org.simpledht.protocol.TreeRecord;

/** How far the comparison of a neighbour's table with ours has come, in the round that began last (docs/PROTOCOL.md, "Reconciliation"). */
final class Comparison {

    /** What is refused of a neighbour in rounds costs no more than that: the next one waits. */
    private static final long REFUSED_BYTES_PER_SECOND = 3_000;

    private static final long MOST_WAIT_NANOS = 300_000_000_000L;

    /** Until then a round that began is at the bottom of what comes. */
    private static final long ROUND_NANOS = 2_000_000_000L;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final LastTime theirRound = new LastTime();
    private final LastTime compared = new LastTime();
    private TreeRecord.Root theirRoot;
    private int parts;
    private int divided;
    private int steps;
    private boolean hasRefused;
    private long waitsUntilNanos;

    /** The neighbour compares its table with ours just now: no need for us to do the same. */
    void isInRoundOfTheirs(Now now) {
        theirRound.happened(now);
    }

    boolean wasInRoundOfTheirs(long withinNanos, Now now) {
        return theirRound.isWithin(withinNanos, now);
    }

    /** A round begins anew, at the root. */
    void begins(Now now) {
        happened(now);
        parts = 0;
        divided = 0;
        steps = 0;
    }

    /** The neighbour holds what we do, or a round has begun to find out. */
    void happened(Now now) {
        compared.happened(now);
    }

    boolean hasHappened(long withinNanos, Now now) {
        return compared.isWithin(withinNanos, now);
    }

    /** Whether one more part may be divided or listed. */
    boolean dividesPart(int most) {
        return divided++ < most;
    }

    /** One more part differs. Returns how many that makes since the round began. */
    int part() {
        steps++;
        return ++parts;
    }

    /** Sums or a listing have come. */
    void step() {
        steps++;
    }

    /** How many sums and listings have gone and come since it began. */
    int steps() {
        return steps;
    }

    /**
     * So many bytes of a version have come for nothing: there is no room for it here, or it is too large. If a round has brought that,
     * the next one would bring it again.
     */
    void refused(long bytes, Now now) {
        if (!hasHappened(ROUND_NANOS, now)) {
            return;
        }
        long begun = hasRefused && now.until(waitsUntilNanos) > 0 ? waitsUntilNanos : now.nanos();
        hasRefused = true;
        waitsUntilNanos = begun + bytes * SECOND_NANOS / REFUSED_BYTES_PER_SECOND;
        if (now.until(waitsUntilNanos) > MOST_WAIT_NANOS) {
            waitsUntilNanos = now.nanos() + MOST_WAIT_NANOS;
        }
    }

    /** Whether a round would mostly bring what is refused again: little of that is no reason to wait. */
    boolean isInVain(Now now) {
        hasRefused &= now.until(waitsUntilNanos) > 0;
        return hasRefused && now.until(waitsUntilNanos) > SECOND_NANOS;
    }

    void theirRoot(TreeRecord.Root root) {
        theirRoot = root;
    }

    /** The sum of all that the neighbour holds as it last said, null if it has not since a round began. */
    TreeRecord.Root theirRoot() {
        return theirRoot;
    }
}
