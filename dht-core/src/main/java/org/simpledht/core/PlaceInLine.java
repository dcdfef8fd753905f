package org.simpledht.core;

import java.util.random.RandomGenerator;

/**
 * When it is a node's turn to say something to an original: its place in line, from 0 to 1, is drawn by lot, different at
 * each node and for each original. The first in line says it; an original announces every Put to everybody, so the others
 * hear of it and keep quiet. So one of ours talks to an original at a time, though none of them knows who the others are;
 * and when that one is gone, the next one takes over.
 */
final class PlaceInLine {

    /** So that two with nearly the same place do not speak in the same moment. */
    private static final long SPREAD_NANOS = 50_000_000L;

    private final long ownId;
    private final RandomGenerator dice;

    PlaceInLine(long ownId, RandomGenerator dice) {
        this.ownId = ownId;
        this.dice = dice;
    }

    /**
     * @param firstNanos how long from now the first one in line has to wait
     * @param lineNanos how much longer the last one
     */
    long turnNanos(Peer original, long firstNanos, long lineNanos, Now now) {
        return now.nanos() + firstNanos + (long) (place(original) * lineNanos) + dice.nextLong(SPREAD_NANOS);
    }

    private double place(Peer original) {
        long mixed = (ownId ^ original.path().remote().hashCode()) * 0x9e37_79b9_7f4a_7c15L;
        mixed = (mixed ^ mixed >>> 29) * 0xbf58_476d_1ce4_e5b9L;
        return (mixed >>> 11) * 0x1.0p-53;
    }
}
