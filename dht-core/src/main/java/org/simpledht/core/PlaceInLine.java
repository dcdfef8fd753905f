package org.simpledht.core;

import java.util.random.RandomGenerator;

/**
 * When it is a node's turn to say something to an original. The first in line says it; an original announces every Put to
 * everybody, so the others hear of it and keep quiet. So one of ours talks to an original at a time; and when that one is
 * gone, the next one takes over.
 */
final class PlaceInLine {

    /** So that two who do not know of each other yet do not speak in the same moment. */
    private static final long SPREAD_NANOS = 50_000_000L;

    private final Speakers speakers;
    private final RandomGenerator dice;

    PlaceInLine(Speakers speakers, RandomGenerator dice) {
        this.speakers = speakers;
        this.dice = dice;
    }

    /**
     * @param firstNanos how long from now the first one in line has to wait
     * @param lineNanos how much longer the last one
     */
    long turnNanos(Peer original, long firstNanos, long lineNanos, Now now) {
        return now.nanos()
                + firstNanos
                + (long) (speakers.place(original, now) * lineNanos)
                + dice.nextLong(SPREAD_NANOS);
    }
}
