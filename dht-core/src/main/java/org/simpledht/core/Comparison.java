package org.simpledht.core;

import org.simpledht.protocol.TreeRecord;

/** How far the comparison of a neighbour's table with ours has come, in the round that began last (docs/PROTOCOL.md, "Reconciliation"). */
final class Comparison {

    private final LastTime theirRound = new LastTime();
    private final LastTime compared = new LastTime();
    private TreeRecord.Root theirRoot;
    private int parts;
    private int divided;
    private int steps;

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

    void theirRoot(TreeRecord.Root root) {
        theirRoot = root;
    }

    /** The sum of all that the neighbour holds as it last said, null if it has not since a round began. */
    TreeRecord.Root theirRoot() {
        return theirRoot;
    }
}
