package org.simpledht.examples.scale.model;

/** What lies between the nodes: each pair has its delay, and some of what is sent gets lost. */
final class Air {

    private static final int LEAST_MILLIS = 5;
    private static final int MOST_MILLIS = 50;

    private final long seed;
    private final double loss;
    private final Dice dice;

    Air(long seed, double loss, Dice dice) {
        this.seed = Dice.mix(seed);
        this.loss = loss;
        this.dice = dice;
    }

    boolean loses() {
        return dice.happens(loss);
    }

    /** The same in both directions. */
    int delayMillis(int one, int other) {
        long pair = (long) Math.min(one, other) << 32 | Math.max(one, other);
        long random = Dice.mix(pair + seed) >>> 40;
        return LEAST_MILLIS + (int) (random % (MOST_MILLIS - LEAST_MILLIS + 1));
    }
}
