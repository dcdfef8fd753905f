package org.simpledht.core;

import org.simpledht.types.NetAddress;

/**
 * Of all of ours that talk to one original, which one does the talking: each says in its KeepAlives whom it talks to, and all
 * draw the same order from their node ids and the original's address. When the first one is gone, so is what it said, and the
 * next one goes on.
 */
final class Speakers {

    private final long ownId;
    private final Neighbours neighbours;
    private final long namedNanos;

    /** @param namedNanos who has not named an original for so long does not talk to it any more */
    Speakers(long ownId, Neighbours neighbours, long namedNanos) {
        this.ownId = ownId;
        this.neighbours = neighbours;
        this.namedNanos = namedNanos;
    }

    /** How many neighbours talk to that original as well. */
    int others(Peer original, Now now) {
        NetAddress address = original.path().remote();
        int others = 0;
        for (Link link : neighbours.sharing()) {
            others += link.talksTo(address, namedNanos, now) ? 1 : 0;
        }
        return others;
    }

    /** How many of them come before this node: 0 if it does the talking itself. */
    int before(Peer original, Now now) {
        NetAddress address = original.path().remote();
        long own = lot(ownId, address);
        int before = 0;
        for (Link link : neighbours.sharing()) {
            boolean isBefore = link.talksTo(address, namedNanos, now)
                    && isBefore(link.peer().nodeId(), own, address);
            before += isBefore ? 1 : 0;
        }
        return before;
    }

    /**
     * This node's place in line, from 0 to 1. As long as it may not know of all who talk to that original, it draws a lot
     * among those of whom it does not.
     */
    double place(Peer original, Now now) {
        double lot = neighbours.isSettled(now) ? 0 : lot(original);
        return (before(original, now) + lot) / (1 + others(original, now));
    }

    private double lot(Peer original) {
        return (lot(ownId, original.path().remote()) >>> 11) * 0x1.0p-53;
    }

    private boolean isBefore(long nodeId, long own, NetAddress address) {
        int order = Long.compareUnsigned(lot(nodeId, address), own);
        return order < 0 || order == 0 && Long.compareUnsigned(nodeId, ownId) < 0;
    }

    private static long lot(long nodeId, NetAddress address) {
        long mixed = (nodeId ^ address.hashCode()) * 0x9e37_79b9_7f4a_7c15L;
        mixed = (mixed ^ mixed >>> 29) * 0xbf58_476d_1ce4_e5b9L;
        return mixed ^ mixed >>> 32;
    }
}
