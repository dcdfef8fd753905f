package org.simpledht.examples.chaos;

import java.util.Random;

/**
 * Something that goes wrong for a while.
 *
 * @param node whom it befalls
 * @param atMillis from the beginning of the round
 * @param detail a seed for what else is to be drawn
 */
record Incident(Kind kind, int node, int atMillis, int forMillis, long detail) {

    /** The same dice each time. */
    Random dice() {
        return new Random(detail);
    }

    int untilMillis() {
        return atMillis + forMillis;
    }
}
