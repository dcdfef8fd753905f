package org.simpledht.core;

/**
 * How many pieces are asked of one neighbour at a time, and how long each may take: more as long as they come, half as many
 * when hardly any does. That a link loses much whatever goes over it is no reason to ask for less.
 */
final class PieceWindow {

    private static final double FIRST = 16;
    private static final double LEAST = 4;
    private static final double MOST = 256;
    private static final long LONGEST_NANOS = 500_000_000L;
    private static final long SHORTEST_NANOS = 100_000_000L;

    /** An answer may wait for its turn behind others. */
    private static final int TRIPS = 4;

    private static final int SMOOTHING = 8;

    /** Of so many questions together it is judged how many were lost. */
    private static final int SAMPLE = 16;

    private static final double HARDLY_ANY = 0.1;

    private double size = FIRST;
    private int open;
    private long tripNanos = LONGEST_NANOS / TRIPS;
    private int answered;
    private int lost;

    boolean hasRoom() {
        return open < size;
    }

    void asked() {
        open++;
    }

    void answered(long afterNanos) {
        open--;
        answered++;
        tripNanos += (afterNanos - tripNanos) / SMOOTHING;
        size = Math.min(MOST, size + 1 / size);
        judge();
    }

    void lost() {
        open--;
        lost++;
        judge();
    }

    /** Nobody waits for that answer any more. */
    void forgotten() {
        open--;
    }

    private void judge() {
        if (answered + lost >= SAMPLE) {
            if (answered < HARDLY_ANY * SAMPLE) {
                size = Math.max(LEAST, size / 2);
            }
            answered = 0;
            lost = 0;
        }
    }

    /** A question without an answer for so long counts as lost. */
    long timeoutNanos() {
        return Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, TRIPS * tripNanos));
    }
}
