package org.simpledht.testing;

import java.time.Duration;
import java.util.SplittableRandom;

/** What becomes of every frame on its way, unless its link has a weather of its own: lost, repeated, late, replayed. */
final class Weather {

    private static final Duration LONGEST_REPLAY = Duration.ofHours(24);
    private static final long SHORTEST_NANOS = 1_000_000;
    private static final long LONGEST_NANOS = 5_000_000;

    private final SplittableRandom dice;
    private double loss;
    private double duplication;
    private long shortestNanos = SHORTEST_NANOS;
    private long longestNanos = LONGEST_NANOS;
    private double replayed;
    private long replayNanos;
    private int replaySeason;

    Weather(SplittableRandom dice) {
        this.dice = dice;
    }

    void loss(double probability) {
        loss = Require.probability("loss", probability);
    }

    void duplication(double probability) {
        duplication = Require.probability("duplication", probability);
    }

    void delay(Duration shortest, Duration longest) {
        long least = Require.nanos("the shortest delay", shortest);
        longestNanos = longestDelay(shortest, longest);
        shortestNanos = least;
    }

    /** Nanoseconds of the longest delay, which is no shorter than the shortest one. */
    static long longestDelay(Duration shortest, Duration longest) {
        long nanos = Require.nanos("the longest delay", longest);
        if (nanos < shortest.toNanos()) {
            throw new IllegalArgumentException("a delay from " + shortest + " to " + longest
                    + " is none; the shortest comes first, and may equal the longest");
        }
        return nanos;
    }

    void replay(double fraction, Duration within) {
        replayed = Require.probability("fraction", fraction);
        replayNanos = Require.positiveNanos("within", within, LONGEST_REPLAY);
    }

    void endReplay() {
        replayed = 0;
        replaySeason++;
    }

    void fair() {
        loss = 0;
        duplication = 0;
        shortestNanos = SHORTEST_NANOS;
        longestNanos = LONGEST_NANOS;
        endReplay();
    }

    /** How many copies of a frame arrive; the link may be null. */
    int copies(SimulatedLink link) {
        double lossHere = link == null ? loss : link.lossOr(loss);
        if (lossHere > 0 && dice.nextDouble() < lossHere) {
            return 0;
        }
        return duplication > 0 && dice.nextDouble() < duplication ? 2 : 1;
    }

    /** How long one copy takes: those of two frames may overtake each other. The link may be null. */
    long delayNanos(SimulatedLink link) {
        return link != null && link.hasDelay()
                ? between(link.shortestNanos(), link.longestNanos())
                : between(shortestNanos, longestNanos);
    }

    private long between(long least, long most) {
        return least == most ? least : dice.nextLong(least, most + 1);
    }

    /** In how many nanoseconds a frame sets out once more; -1 if it does not. */
    long replayInNanos() {
        return replayed > 0 && dice.nextDouble() < replayed ? 1 + dice.nextLong(replayNanos) : -1;
    }

    /** A number that changes when replays end, those that are still to come included. */
    int replaySeason() {
        return replaySeason;
    }
}
