package org.simpledht.testing;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** What becomes of a frame on its way: lost, repeated, late, cut off. */
final class Weather {

    private record Direction(SimulatedHost from, SimulatedHost to) {}

    private final SplittableRandom dice;
    private final Set<Direction> cut = new HashSet<>();
    private double loss;
    private double duplication;
    private long shortestNanos = 1_000_000;
    private long longestNanos = 5_000_000;

    Weather(SplittableRandom dice) {
        this.dice = dice;
    }

    void loss(double probability) {
        loss = requireProbability(probability);
    }

    void duplication(double probability) {
        duplication = requireProbability(probability);
    }

    private static double requireProbability(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("not a probability: " + probability + "; it is from 0 to 1");
        }
        return probability;
    }

    void delay(long shortest, long longest) {
        if (shortest < 0 || longest < shortest) {
            throw new IllegalArgumentException("a delay is from at least 0 to no less than that");
        }
        shortestNanos = shortest;
        longestNanos = longest;
    }

    void cut(SimulatedHost from, SimulatedHost to) {
        cut.add(new Direction(from, to));
    }

    void heal() {
        cut.clear();
    }

    boolean isCut(SimulatedHost from, SimulatedHost to) {
        return cut.contains(new Direction(from, to));
    }

    /** How many copies of a frame arrive. */
    int copies() {
        if (loss > 0 && dice.nextDouble() < loss) {
            return 0;
        }
        return duplication > 0 && dice.nextDouble() < duplication ? 2 : 1;
    }

    /** How long one copy takes: those of two frames may overtake each other. */
    long delayNanos() {
        return shortestNanos == longestNanos ? shortestNanos : dice.nextLong(shortestNanos, longestNanos + 1);
    }
}
