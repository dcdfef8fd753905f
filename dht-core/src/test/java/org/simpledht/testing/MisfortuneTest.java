package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What was put is never lost, whatever happens. {@code -Ddht.misfortunes=250000} tries so many seeds. */
class MisfortuneTest {

    private static final int SEEDS = Integer.getInteger("dht.misfortunes", 2_000);

    @Test
    void whatWasPutIsNeverLost() {
        Seeds.from(1, SEEDS).forEach(network -> new Misfortune(network).befall());
    }

    @Test
    void sameSeedIsTheSameRun() {
        for (int seed = 1; seed <= 10; seed++) {
            assertThat(digest(seed)).isEqualTo(digest(seed));
        }
    }

    private static long digest(long seed) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(seed);
        new Misfortune(network).befall();
        return network.digest();
    }
}
