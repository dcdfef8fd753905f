package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whatever hostile peers say, good nodes keep what they have, and do no harm to others. {@code -Ddht.seed-count=5000} tries more. */
class HostilityTest {

    private static final int SEEDS = 100;

    @Test
    void hostilePeersDoNoHarm() {
        Seeds.from(1, SEEDS).forEach(network -> new Hostility(network).befall());
    }

    @Test
    void sameSeedIsTheSameRun() {
        for (int seed = 1; seed <= 5; seed++) {
            assertThat(digest(seed)).isEqualTo(digest(seed));
        }
    }

    private static long digest(long seed) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(seed);
        new Hostility(network).befall();
        return network.digest();
    }
}
