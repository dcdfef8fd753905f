package org.simpledht.core;

import org.simpledht.protocol.TreeRecord;

/**
 * What the sum of our whole table was lately. Who tells one of these lacks only what came here since, and it is on its way to him:
 * no reason to compare (docs/PROTOCOL.md, "Reconciliation").
 */
final class FormerRoots {

    /** Where more is written than that, sums that were told tell little: they are of another order of the same writes. */
    private static final int MOST = 8;

    private final TreeRecord.Root[] roots = new TreeRecord.Root[MOST];
    private final long[] endedNanos = new long[MOST];
    private TreeRecord.Root present;
    private int next;

    FormerRoots(TreeRecord.Root present) {
        this.present = present;
    }

    /** It is that now: what it was is former, since just now. */
    void note(TreeRecord.Root root, Now now) {
        if (!root.equals(present)) {
            roots[next] = present;
            endedNanos[next] = now.nanos();
            next = (next + 1) % MOST;
            present = root;
        }
    }

    /** Whether it is that, or was within that time. */
    boolean contains(TreeRecord.Root root, long withinNanos, Now now) {
        if (root.equals(present)) {
            return true;
        }
        for (int i = 0; i < MOST; i++) {
            if (root.equals(roots[i]) && now.since(endedNanos[i]) <= withinNanos) {
                return true;
            }
        }
        return false;
    }
}
