package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * One of ours has been cut off, and comes back: it has much to put to an original that the others have put there meanwhile. While all of
 * them put, they hold each other up, until all have much to put.
 */
class HealedOriginalTest {

    private static final int NODES = 5;
    private static final int CONTENTS = 80;
    private static final Duration CUT = Duration.ofSeconds(70);

    /** By then who has come back has been heard, and what it had begun before has been answered. */
    private static final Duration HEARD = Duration.ofSeconds(6);

    /** In less than that all would have to be put again, by one of ours. */
    private static final Duration WATCHED = Duration.ofSeconds(14);

    private final List<Dht> ours = new ArrayList<>();
    private final Map<NetAddress, Integer> putsBySource = new HashMap<>();
    private SimulatedOriginal original;

    @Test
    void oneOfOursAlonePutsWhatAnOriginalIsAboutToForget() {
        int[] puts = new int[2];
        Seeds.from(1, 8).forEach(network -> {
            cutAndHeal(network, new SplittableRandom(network.seed()));
            network.advance(HEARD);
            putsBySource.clear();
            network.advance(WATCHED);
            puts[0] += putsBySource.values().stream().mapToInt(each -> each).sum();
            puts[1] +=
                    putsBySource.values().stream().mapToInt(each -> each).max().orElse(0);
            everythingIsHeld();
        });

        assertThat(puts[1]).as("of %d Puts", puts[0]).isGreaterThanOrEqualTo(puts[0] * 9 / 10);
    }

    private void cutAndHeal(SimulatedNetwork network, SplittableRandom dice) {
        network.loss(0.01).delay(Duration.ofMillis(5), Duration.ofMillis(50));
        build(network, dice);
        for (int i = 0; i < CONTENTS; i++) {
            ours.get(dice.nextInt(NODES)).put(new Hash(i), Content.ofText("value " + i));
            network.advance(Duration.ofMillis(500));
        }
        network.partition(List.of("ours" + dice.nextInt(NODES)));
        network.advance(CUT);
        network.heal();
    }

    private void build(SimulatedNetwork network, SplittableRandom dice) {
        ours.clear();
        original = new SimulatedOriginal(dice.split(), 2_000_000);
        network.attach("original", new Counted());
        for (int i = 0; i < NODES; i++) {
            network.host("ours" + i);
        }
        DhtConfig config =
                DhtConfig.builder().seeds("ours0:4000", "original:4000").build();
        for (int i = 0; i < NODES; i++) {
            ours.add(Dht.start(config, network.host("ours" + i)));
        }
    }

    private void everythingIsHeld() {
        assertThat(original.node().causeOfDeath()).isEmpty();
        for (int i = 0; i < CONTENTS; i++) {
            assertThat(original.node().content(i)).as("content of hash %d", i).contains(Content.ofText("value " + i));
        }
    }

    /** The original, and who puts to it. */
    private final class Counted implements SimulatedPeer {
        @Override
        public void receive(NetAddress from, byte[] frame, Line line) {
            if (frame[0] == 1) {
                putsBySource.merge(from, 1, Integer::sum);
            }
            original.receive(from, frame, line);
        }

        @Override
        public void wake(Line line) {
            original.wake(line);
        }
    }
}
