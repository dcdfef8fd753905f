package org.simpledht.testing;

import java.util.function.LongFunction;

/** What comes of a seed: null if all is well, else what is not. For who cannot name any class of ours but by reflection. */
public final class MisfortuneOutcome implements LongFunction<String> {

    @Override
    public String apply(long seed) {
        try {
            new Misfortune(SimulatedNetwork.ofSeed(seed)).befall();
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e.toString();
        }
    }
}
