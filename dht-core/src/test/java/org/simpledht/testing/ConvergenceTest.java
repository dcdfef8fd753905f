package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * What was put is never lost: whatever happens on the way, all nodes hold the same in the end. Run one seed again with
 * {@code mvn -pl dht-core test -Dtest=ConvergenceTest -Dseed=N}.
 */
class ConvergenceTest {

    private static final long SEEDS = Long.getLong("seeds", 50);
    private static final int NODES = 6;
    private static final int KEYS = 40;

    private final Map<String, Dht> nodes = new HashMap<>();

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.2, 0.5})
    void allNodesHoldTheSameAfterLossPartitionsAndRestarts(double loss) {
        Long only = Long.getLong("seed");
        for (long seed = only == null ? 1 : only; seed <= (only == null ? SEEDS : only); seed++) {
            converge(seed, loss);
        }
    }

    private void converge(long seed, double loss) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(seed);
        SplittableRandom dice = new SplittableRandom(seed);
        network.loss(loss);
        network.duplication(0.05);
        network.delay(Duration.ofMillis(1), Duration.ofMillis(50));
        nodes.clear();
        for (int i = 0; i < NODES; i++) {
            start(network, i);
        }
        network.advance(Duration.ofSeconds(5));

        for (int i = 0; i < 120; i++) {
            misfortune(network, dice, i);
            Dht writer = nodes.get(name(dice.nextInt(NODES)));
            writer.put(new Hash(dice.nextInt(KEYS)), Content.ofText("write " + i));
            network.advance(Duration.ofMillis(dice.nextLong(400)));
        }
        network.heal();

        boolean agree = network.advanceUntil(this::agree, Duration.ofSeconds(120));
        assertThat(agree).as(() -> difference() + network.story()).isTrue();
    }

    private static String name(int number) {
        return "n" + number;
    }

    private void start(SimulatedNetwork network, int number) {
        // Several seeds, so that the network stays one when one of them is away.
        DhtConfig config = DhtConfig.builder()
                .seeds(name((number + 1) % NODES) + ":4000", name((number + 2) % NODES) + ":4000")
                .build();
        nodes.put(name(number), Dht.start(config, network.host(name(number))));
    }

    private void misfortune(SimulatedNetwork network, SplittableRandom dice, int step) {
        if (step == 30) {
            network.partition(Set.of(name(0), name(1), name(2)));
        } else if (step == 60) {
            network.heal();
        } else if (step % 40 == 35) {
            int victim = dice.nextInt(NODES);
            network.crash(name(victim));
            start(network, victim);
        }
    }

    private boolean agree() {
        Map<Hash, Content> first = nodes.get(name(0)).entries();
        return nodes.values().stream().allMatch(node -> node.entries().equals(first));
    }

    private String difference() {
        List<String> lines = new ArrayList<>();
        Map<Hash, Content> first = nodes.get(name(0)).entries();
        nodes.forEach((name, node) -> {
            Map<Hash, Content> theirs = node.entries();
            for (int key = 0; key < KEYS; key++) {
                Content a = first.get(new Hash(key));
                Content b = theirs.get(new Hash(key));
                if (a == null ? b != null : !a.equals(b)) {
                    lines.add(name + " differs at " + key + ": " + (a == null ? null : a.toText()) + " / "
                            + (b == null ? null : b.toText()));
                }
            }
        });
        return String.join("\n", lines) + "\n";
    }

    @Test
    void aLateJoinerBecomesComplete() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        start(network, 1);
        start(network, 2);
        for (int i = 0; i < 5_000; i++) {
            nodes.get(name(1)).put(new Hash(i), Content.ofText("value " + i));
        }
        network.advance(Duration.ofSeconds(30));
        assertThat(nodes.get(name(2)).entries()).hasSize(5_000);

        start(network, 0);

        network.advance(Duration.ofSeconds(30));
        assertThat(nodes.get(name(0)).entries()).hasSize(5_000);
    }

    @Test
    void aContentThatReplacesAnotherOneReachesEverybody() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(2);
        start(network, 1);
        start(network, 2);
        Hash key = Hash.parse("2a");
        nodes.get(name(1)).put(key, "old");
        network.advance(Duration.ofSeconds(5));
        assertThat(nodes.get(name(2)).local(key)).contains(Content.ofText("old"));

        nodes.get(name(1)).put(key, "new");
        network.advance(Duration.ofSeconds(1));

        assertThat(nodes.get(name(2)).local(key)).contains(Content.ofText("new"));
    }
}
