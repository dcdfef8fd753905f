package org.simpledht.core.store;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Random cases, each from a seed of its own. One that fails says its seed, and {@code -Ddht.seed=} runs that one alone. */
final class Cases {

    private static final String SEED = "dht.seed";

    private Cases() {}

    static void each(int cases, Consumer<SplittableRandom> test) {
        Long only = Long.getLong(SEED);
        if (only != null) {
            one(only, test);
            return;
        }
        for (long seed = 1; seed <= cases; seed++) {
            one(seed, test);
        }
    }

    private static void one(long seed, Consumer<SplittableRandom> test) {
        try {
            test.accept(new SplittableRandom(seed));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("with -D" + SEED + "=" + seed + ": " + e, e);
        }
    }

    /** AssertJ is too slow for what is asserted millions of times. */
    static void same(Object actual, Object expected, String what) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + " is " + actual + ", and not " + expected);
        }
    }

    static void holds(boolean promise, String what) {
        if (!promise) {
            throw new AssertionError(what);
        }
    }
}
