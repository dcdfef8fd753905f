package org.simpledht.examples.scale.model;

/** What lies between the nodes: each frame takes its time, and some get lost. */
final class Air {

    private static final int LEAST_MILLIS = 5;
    private static final int MOST_MILLIS = 50;

    private final long seed;
    private final double loss;
    private final boolean jitter;
    private final Dice dice;

    /** Each frame has its own delay, or each pair of nodes has one for all of them, the same in both directions. */
    Air(long seed, double loss, boolean jitter, Dice dice) {
        this.seed = Dice.mix(seed);
        this.loss = loss;
        this.jitter = jitter;
        this.dice = dice;
    }

    double lossPercent() {
        return loss * 100;
    }

    boolean loses() {
        return dice.happens(loss);
    }

    int delayMillis(int one, int other) {
        if (jitter) {
            return LEAST_MILLIS + dice.below(MOST_MILLIS - LEAST_MILLIS + 1);
        }
        long pair = (long) Math.min(one, other) << 32 | Math.max(one, other);
        long random = Dice.mix(pair + seed) >>> 40;
        return LEAST_MILLIS + (int) (random % (MOST_MILLIS - LEAST_MILLIS + 1));
    }
}
