package org.simpledht.core;

import java.util.LinkedHashMap;
import java.util.Map;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;

/**
 * Which links contents are relayed over, where {@link Trunk} has not settled it: those that bring what is here already become lazy, and
 * one over which something was announced and had to be asked for becomes eager, after Plumtree (Leitão, Pereira and Rodrigues,
 * 2007). A link is slow to change, or many at once would answer to one late push (docs/PROTOCOL.md, "Dissemination").
 */
final class Tree {

    /**
     * So many contents in a row that were here already make a link lazy if they came over so long a time. In a circle of links
     * with varying delays there are no such rows: there a link becomes lazy when a third was here already.
     */
    private static final int DUPLICATES = 3;

    private static final long DUPLICATES_NANOS = 1_000_000_000L;

    /** So many contents in a row that had to be asked for make a link eager. */
    private static final int MISSED = 3;

    /** Of one node's links one becomes eager in that time: it is likely to bring what the others would. */
    private static final long GRAFT_NANOS = 1_000_000_000L;

    /** Of one node's links one becomes lazy in that time: the others then bring what it would have brought. */
    private static final long PRUNE_NANOS = 200_000_000L;

    private static final int MAX_ASKED = 1_024;

    /** What was asked for lately, by the key, and the clock of what was wanted. */
    private final Map<Hash, Long> asked = new LinkedHashMap<>();

    private final LastTime grafted = new LastTime();
    private final LastTime pruned = new LastTime();
    private int missedInRow;

    /** A version is asked for: whether it comes twice from now on says nothing about the links. */
    void asks(Meta wanted) {
        asked.remove(wanted.key());
        if (asked.size() >= MAX_ASKED) {
            asked.remove(asked.keySet().iterator().next());
        }
        asked.put(wanted.key(), wanted.clock());
    }

    /** Whether that version was asked for lately. */
    boolean wasAskedFor(Meta meta) {
        Long clock = asked.get(meta.key());
        return clock != null && clock == meta.clock();
    }

    /**
     * What was announced over a link has not been pushed over any.
     *
     * @return whether the other side is to push from now on
     */
    boolean missed(Branch announcer, Now now) {
        missedInRow++;
        if (missedInRow < MISSED || grafted.isWithin(GRAFT_NANOS, now)) {
            return false;
        }
        missedInRow = 0;
        grafted.happened(now);
        grafted(announcer, now);
        return true;
    }

    /** A push was news. */
    void wasNews(Branch branch, Meta meta) {
        branch.wasNews();
        if (!wasAskedFor(meta)) {
            missedInRow = 0;
        }
    }

    /**
     * A push brought what was here already.
     *
     * @param isNeeded whether others rely on the links of the tree, so that none of these becomes lazy
     * @return whether the other side is to announce from now on
     */
    boolean wasDuplicate(Branch branch, Meta meta, boolean isNeeded, Now now) {
        if (branch.isOfTree() && isNeeded || branch.isSettling(now) || wasAskedFor(meta)) {
            return false;
        }
        if (branch.isBesideTree()) {
            // It was to make up for a gap, which there is no more.
            pruned(branch, now);
            return true;
        }
        branch.wasDuplicate(now);
        boolean isForLong = branch.duplicatesInRow() >= DUPLICATES && branch.nanosOfDuplicates(now) >= DUPLICATES_NANOS;
        if (!isForLong && !branch.isMostlyDuplicates() || pruned.isWithin(PRUNE_NANOS, now)) {
            return false;
        }
        pruned.happened(now);
        pruned(branch, now);
        return true;
    }

    /** The link is a branch from now on. */
    void grafted(Branch branch, Now now) {
        branch.become(true, now);
    }

    /** The link is none. */
    void pruned(Branch branch, Now now) {
        branch.become(false, now);
    }
}
