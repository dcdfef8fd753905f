package org.simpledht.testing;

import java.util.function.LongFunction;

/** The same as {@link MisfortuneOutcome}, of {@link Hostility}. */
public final class HostilityOutcome implements LongFunction<String> {

    @Override
    public String apply(long seed) {
        try {
            new Hostility(SimulatedNetwork.ofSeed(seed)).befall();
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e.toString();
        }
    }
}
