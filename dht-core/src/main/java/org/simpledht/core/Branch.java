package org.simpledht.core;

/** One end of a link, as {@link Tree} sees it: eager if it is a branch of the tree, else lazy. */
final class Branch {

    private static final int DUPLICATE_SCORE = 2;
    private static final int MOST_SCORE = 20;

    private boolean eager = true;
    private boolean settling;
    private long settlingUntilNanos;
    private int duplicatesInRow;
    private long firstDuplicateNanos;
    private int score;

    /** Whether what is relayed is pushed, and not only announced. */
    boolean isEager() {
        return eager;
    }

    /**
     * It is eager or lazy from now on.
     *
     * @param settlingNanos for so long what comes does not count: it was on its way already
     */
    void become(boolean isEager, long settlingNanos, Now now) {
        eager = isEager;
        duplicatesInRow = 0;
        score = 0;
        settling = true;
        settlingUntilNanos = now.nanos() + settlingNanos;
    }

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
