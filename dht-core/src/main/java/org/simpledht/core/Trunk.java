package org.simpledht.core;

import org.simpledht.protocol.LinkRecord;

/**
 * Where this node is in the one tree of the network. The root is who has the smallest id, as with bridges (Perlman, 1985); everybody
 * hangs from a neighbour that is nearer to it. The root counts rounds, and by Babel's rule (RFC 8966, 3.5.1) nobody hangs from one that
 * is not nearer, or has not heard of a later round: so no circle comes about (docs/PROTOCOL.md, "Dissemination").
 *
 * <p>It is about speed, and about who keeps his place ({@link Places}). Whoever tells lies here makes contents take longer, and cannot
 * keep them away.
 */
final class Trunk {

    /** The root begins a new round so often, or, if it says less often that it lives, when it has done so four times. */
    private static final long ROUND_NANOS = 4_000_000_000L;

    /** Without a new round for so many the root is gone. */
    private static final int SILENT_ROUNDS = 3;

    /** What was said of a root before it was gone has been forgotten by all after so many. */
    private static final int FALLEN_ROUNDS = 15;

    /** A parent that is so many rounds behind somebody else is none. */
    private static final int LATE_ROUNDS = 2;

    /** A change is told at once, and further ones after so long: whoever changes always is not to make all others talk always. */
    private static final long URGENT_NANOS = 200_000_000L;

    private static final int MOST_HOPS = 64;

    /** With eight neighbours and more each, a thousand are within four. */
    private static final int FAR_HOPS = 5;

    private final Neighbours neighbours;
    private final long suspectNanos;
    private final long roundLengthNanos;
    private final int self;

    /** Never larger than the own id. */
    private int root;

    private int round;

    /** The last one that this node began. */
    private int ownRound;

    private int hops;

    /** The least since this round began: who is not nearer may hang from this node. */
    private int feasibleHops;

    private Link parent;
    private long roundNanos;
    private final LastTime fallen = new LastTime();
    private int fallenRoot;
    private int fallenRound;
    private boolean isFull;
    private boolean isNeeded;
    private boolean isUrgent;
    private boolean wasUrgent;
    private long urgentNanos;

    /** @param suspectNanos who is silent for so long may be gone */
    Trunk(long nodeId, Neighbours neighbours, long suspectNanos, Now start) {
        this.neighbours = neighbours;
        this.suspectNanos = suspectNanos;
        roundLengthNanos = Math.max(ROUND_NANOS, suspectNanos);
        self = (int) (nodeId >>> 32);
        root = self;
        roundNanos = start.nanos();
    }

    /** A neighbour says where it is. */
    void heard(Link link, LinkRecord.Trunk where, Now now) {
        LinkRecord.Trunk before = link.branch().where();
        boolean isOvertaken = before != null && before.root() == where.root() && isLater(before.round(), where.round());
        if (!isOvertaken) {
            link.branch().isAt(where);
            if (where.root() == self && root == self && isLater(where.round(), round)) {
                // Nobody can know of it, so it is a lie, or another one has that id: it is answered by a later one.
                begin(next(where.round()), now);
                isUrgent = true;
            }
            consider(now);
        }
    }

    private void begin(int newRound, Now now) {
        ownRound = newRound;
        round = newRound;
        roundNanos = now.nanos();
    }

    /** Whether the root is so far that there must be a thousand nodes and more. */
    boolean isOfMany() {
        return hops >= FAR_HOPS;
    }

    /** What the neighbour is to be told in a KeepAlive; null if it need not be. */
    LinkRecord.Trunk toTell(Link link) {
        return toTell(link, isNeeded && link.branch().isOfTree());
    }

    private LinkRecord.Trunk toTell(Link link, boolean again) {
        LinkRecord.Trunk where = where(link);
        if (!again && where.equals(link.branch().told())) {
            return null;
        }
        link.branch().told(where);
        return where;
    }

    private LinkRecord.Trunk where(Link link) {
        // Who is full hears of no new keys, and could not relay them.
        return new LinkRecord.Trunk(root, round, isFull ? LinkRecord.Trunk.NO_WAY : hops, link == parent);
    }

    /**
     * Once per KeepAlive interval: rounds begin, and roots that are silent are gone.
     *
     * @param needed whether contents are relayed along it, so that none of its links may stay lazy
     * @param full whether this node takes no new keys
     */
    void tick(boolean needed, boolean full, Now now) {
        isNeeded = needed;
        isUrgent |= full != isFull;
        isFull = full;
        if (root == self) {
            if (now.since(roundNanos) >= roundLengthNanos) {
                begin(next(round), now);
            }
        } else if (now.since(roundNanos) >= SILENT_ROUNDS * roundLengthNanos) {
            fallenRoot = root;
            fallenRound = round;
            fallen.happened(now);
            becomeRoot(now);
        }
        consider(now);
        if (isNeeded) {
            neighbours.sharing().forEach(link -> link.branch().mend(now));
        }
    }

    /** To be called once per turn: what has changed is said at once. */
    void endTurn(Now now) {
        if (nanosUntilEndTurn(now) > 0) {
            return;
        }
        isUrgent = false;
        wasUrgent = true;
        urgentNanos = now.nanos();
        for (Link link : neighbours.sharing()) {
            LinkRecord.Trunk where = toTell(link, false);
            if (where != null) {
                link.output().control(where);
            }
        }
    }

    long nanosUntilEndTurn(Now now) {
        if (!isUrgent) {
            return Long.MAX_VALUE;
        }
        return wasUrgent ? now.until(urgentNanos + URGENT_NANOS) : 0;
    }

    private void becomeRoot(Now now) {
        root = self;
        hops = 0;
        parent = null;
        begin(next(ownRound), now);
        isUrgent = true;
    }

    /** Whether there is a better way, or the one that was taken is none any more. */
    private void consider(Now now) {
        followParent(now);
        Link best = null;
        for (Link link : neighbours.sharing()) {
            if (link != parent && isWay(link, now) && isBetter(link.branch().where(), best)) {
                best = link;
            }
        }
        if (best != null) {
            hangFrom(best, now);
        }
        for (Link link : neighbours.sharing()) {
            LinkRecord.Trunk theirs = link.branch().where();
            if (theirs != null) {
                link.branch().isOfTree(link == parent || theirs.isParent(), now);
            }
        }
    }

    private void followParent(Now now) {
        if (parent == null) {
            return;
        }
        LinkRecord.Trunk theirs = parent.branch().where();
        boolean isThere = isUsable(parent, now)
                && neighbours.all().contains(parent)
                && theirs.root() == root
                && theirs.hops() < MOST_HOPS
                && !theirs.isParent();
        if (isThere) {
            follow(theirs, now);
        } else {
            parent = null;
            hops = LinkRecord.Trunk.NO_WAY;
            isUrgent = true;
        }
    }

    private void follow(LinkRecord.Trunk theirs, Now now) {
        boolean isNewRound = theirs.root() != root || isLater(theirs.round(), round);
        if (isNewRound) {
            roundNanos = now.nanos();
        }
        root = theirs.root();
        round = theirs.round();
        hops = theirs.hops() + 1;
        feasibleHops = isNewRound ? hops : Math.min(feasibleHops, hops);
    }

    private boolean isUsable(Link link, Now now) {
        return link.isNeighbour() && !link.isFull() && link.peer().silenceNanos(now) < suspectNanos;
    }

    /** Whether that one is a better way than what there is. */
    private boolean isWay(Link link, Now now) {
        LinkRecord.Trunk theirs = link.branch().where();
        if (theirs == null || theirs.isParent() || theirs.hops() >= MOST_HOPS || !isUsable(link, now)) {
            return false;
        }
        if (theirs.root() != root) {
            return !isFallen(theirs, now) && Integer.compareUnsigned(theirs.root(), root) < 0;
        }
        if (root == self || isLater(round, theirs.round())) {
            return false;
        }
        // Any way is shorter than none.
        boolean isShorter = theirs.hops() + 1 < hops;
        boolean isFeasible = isLater(theirs.round(), round) || theirs.hops() < feasibleHops;
        return isShorter && isFeasible || difference(theirs.round(), round) >= LATE_ROUNDS;
    }

    private boolean isFallen(LinkRecord.Trunk theirs, Now now) {
        return fallen.isWithin(FALLEN_ROUNDS * roundLengthNanos, now)
                && theirs.root() == fallenRoot
                && !isLater(theirs.round(), fallenRound);
    }

    private static boolean isBetter(LinkRecord.Trunk one, Link other) {
        if (other == null) {
            return true;
        }
        LinkRecord.Trunk theirs = other.branch().where();
        if (one.root() != theirs.root()) {
            return Integer.compareUnsigned(one.root(), theirs.root()) < 0;
        }
        return one.hops() < theirs.hops();
    }

    private void hangFrom(Link link, Now now) {
        follow(link.branch().where(), now);
        parent = link;
        isUrgent = true;
    }

    private static int next(int round) {
        return round + 1 & 0xffff;
    }

    private static boolean isLater(int one, int other) {
        return difference(one, other) > 0;
    }

    private static int difference(int one, int other) {
        return (short) (one - other);
    }
}
