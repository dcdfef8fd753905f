package org.simpledht.core;

import org.simpledht.protocol.LinkRecord;

/**
 * One end of a link, as {@link Trunk} and {@link Tree} see it: of the tree or not, and eager or lazy. What is of the tree is eager unless
 * it brings what is here already, and what is not is lazy unless it was asked for more.
 */
final class Branch {

    private static final int DUPLICATE_SCORE = 2;
    private static final int MOST_SCORE = 20;

    /** For so long what comes over a link that has just become eager or lazy was on its way before. */
    private static final long SETTLING_NANOS = 300_000_000L;

    private LinkRecord.Trunk where;
    private LinkRecord.Trunk told;
    private boolean known;
    private boolean ofTree;
    private boolean eager = true;
    private boolean settling;
    private long settlingUntilNanos;
    private int duplicatesInRow;
    private long firstDuplicateNanos;
    private int score;

    /** Where the other side is, as it says. */
    void isAt(LinkRecord.Trunk position) {
        where = position;
    }

    /** Where the other side is in the tree; null if it has not said. */
    LinkRecord.Trunk where() {
        return where;
    }

    /** Where this node is, as the other side was told. */
    void told(LinkRecord.Trunk position) {
        told = position;
    }

    LinkRecord.Trunk told() {
        return told;
    }

    /** Whether it is of the tree is known from now on: what is new in that makes it eager, or lazy. */
    void isOfTree(boolean is, Now now) {
        if (!known || is != ofTree) {
            known = true;
            ofTree = is;
            become(is, now);
        }
    }

    /** A link of the tree is eager again. */
    void mend(Now now) {
        if (isOfTree() && !eager) {
            become(true, now);
        }
    }

    boolean isOfTree() {
        return known && ofTree;
    }

    /** Whether there is another way than this one. */
    boolean isBesideTree() {
        return known && !ofTree;
    }

    /** Whether what is relayed is pushed, and not only announced. */
    boolean isEager() {
        return eager;
    }

    /** It is eager or lazy from now on. */
    void become(boolean isEager, Now now) {
        eager = isEager;
        duplicatesInRow = 0;
        score = 0;
        settling = true;
        settlingUntilNanos = now.nanos() + SETTLING_NANOS;
    }

    /** Whether it has just become eager or lazy: what comes does not count then. */
    boolean isSettling(Now now) {
        settling &= !now.isAtOrAfter(settlingUntilNanos);
        return settling;
    }

    void wasNews() {
        duplicatesInRow = 0;
        score = Math.max(0, score - 1);
    }

    /** What was here already has come once more in a row. */
    void wasDuplicate(Now now) {
        if (duplicatesInRow == 0) {
            firstDuplicateNanos = now.nanos();
        }
        duplicatesInRow++;
        score = Math.min(MOST_SCORE, score + DUPLICATE_SCORE);
    }

    /** Whether a third or more of what comes was here already, for some time or ten times in a row. */
    boolean isMostlyDuplicates() {
        return score == MOST_SCORE;
    }

    int duplicatesInRow() {
        return duplicatesInRow;
    }

    /** For how long nothing else has come. */
    long nanosOfDuplicates(Now now) {
        return now.since(firstDuplicateNanos);
    }
}
