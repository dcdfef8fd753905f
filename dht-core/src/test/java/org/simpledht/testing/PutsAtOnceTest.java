package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** An original is the seed of a node whose application puts a lot at once. */
class PutsAtOnceTest {

    private static final int SEEDS_PER_CASE = 30;

    private SimulatedNetwork network;
    private SimulatedOriginal original;
    private Dht node;

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 20})
    void inTheFirstSecondDoNotKillTheSeed(int puts) {
        Seeds.from(1, SEEDS_PER_CASE).forEach(simulated -> {
            start(simulated);
            SplittableRandom dice = new SplittableRandom(-network.seed());
            // In a moment at random, before the seed has been heard of or after.
            network.advance(Duration.ofMillis(dice.nextLong(20)));
            for (int i = 0; i < puts; i++) {
                put(i);
                if (dice.nextBoolean()) {
                    network.advance(Duration.ofMillis(dice.nextLong(1_000 / puts)));
                }
            }
            network.advance(Duration.ofSeconds(30));
            assertAlive();
            for (int i = 0; i < puts; i++) {
                assertHeld(i);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 513, 1_000, 5_000})
    void byTheHundredDoNotKillTheSeedAndItHoldsTheLast150(int puts) {
        Seeds.from(1, 3).forEach(simulated -> {
            start(simulated);
            network.advance(Duration.ofMillis(6_500));
            for (int i = 0; i < puts; i++) {
                put(i);
            }
            network.advance(Duration.ofSeconds(180));
            assertAlive();
            for (int i = puts - 150; i < puts; i++) {
                assertHeld(i);
            }
        });
    }

    private void start(SimulatedNetwork simulated) {
        network = simulated;
        original = new SimulatedOriginal(new SplittableRandom(network.seed()));
        network.attach("original", original);
        node = Dht.start(DhtConfig.builder().seeds("original:4000").build(), network.host("ours"));
    }

    private void put(int number) {
        node.put(new Hash(number), Content.ofText("value " + number));
    }

    private void assertAlive() {
        assertThat(original.node().isDead())
                .as(() -> original.node().causeOfDeath())
                .isFalse();
    }

    private void assertHeld(int number) {
        assertThat(original.node().holds(number)).as("hash %d", number).isTrue();
    }
}
