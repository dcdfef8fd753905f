package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** An original forgets what it is not put again within 30 s, and takes one Put at a time. */
class RefreshedOriginalTest {

    private static final int NODES = 5;
    private static final int CONTENTS = 80;
    private static final int LOOKS = 20;
    private static final Duration CUT = Duration.ofSeconds(70);

    /** By then who has come back has been heard, and what it had begun before has been answered. */
    private static final Duration HEARD = Duration.ofSeconds(6);

    /** In less than that all would have to be put again, by one of ours. */
    private static final Duration WATCHED = Duration.ofSeconds(14);

    private final List<Dht> ours = new ArrayList<>();
    private final Map<NetAddress, Integer> putsBySource = new HashMap<>();
    private SimulatedOriginal original;

    /**
     * One of ours has been cut off, and comes back: it has much to put that the others have put there meanwhile. While all of them put,
     * they hold each other up, until all have much to put.
     */
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
            assertThat(missing()).isZero();
        });

        assertThat(puts[1]).as("of %d Puts", puts[0]).isGreaterThanOrEqualTo(puts[0] * 9 / 10);
    }

    /** With one Put or its IHave in ten lost, what is waited for each time decides how many can be put again in time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void whatIsLostHoldsUpNothingElse(int nodes) {
        int[] missing = new int[1];
        Seeds.from(1, 4).forEach(network -> {
            network.loss(0.05).delay(Duration.ofMillis(5), Duration.ofMillis(50));
            SplittableRandom dice = new SplittableRandom(network.seed());
            build(network, dice, nodes);
            write(network, dice);
            network.advance(Duration.ofSeconds(40));
            for (int look = 0; look < LOOKS; look++) {
                network.advance(Duration.ofSeconds(5));
                missing[0] += missing();
            }
        });

        assertThat(missing[0]).isLessThan(4 * LOOKS * CONTENTS / 200);
    }

    private void cutAndHeal(SimulatedNetwork network, SplittableRandom dice) {
        network.loss(0.01).delay(Duration.ofMillis(5), Duration.ofMillis(50));
        build(network, dice, NODES);
        write(network, dice);
        network.partition(List.of("ours" + dice.nextInt(NODES)));
        network.advance(CUT);
        network.heal();
    }

    private void write(SimulatedNetwork network, SplittableRandom dice) {
        for (int i = 0; i < CONTENTS; i++) {
            ours.get(dice.nextInt(ours.size())).put(new Hash(i), value(i));
            network.advance(Duration.ofMillis(500));
        }
    }

    private void build(SimulatedNetwork network, SplittableRandom dice, int nodes) {
        ours.clear();
        original = new SimulatedOriginal(dice.split());
        network.attach("original", new Counted());
        for (int i = 0; i < nodes; i++) {
            network.host("ours" + i);
        }
        DhtConfig config =
                DhtConfig.builder().seeds("ours0:4000", "original:4000").build();
        for (int i = 0; i < nodes; i++) {
            ours.add(Dht.start(config, network.host("ours" + i)));
        }
    }

    private int missing() {
        assertThat(original.node().causeOfDeath()).isEmpty();
        int missing = 0;
        for (int i = 0; i < CONTENTS; i++) {
            Optional<Content> held = original.node().content(i);
            assertThat(held.orElse(value(i))).isEqualTo(value(i));
            missing += held.isEmpty() ? 1 : 0;
        }
        return missing;
    }

    private static Content value(int number) {
        return Content.ofText("value " + number);
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
