package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Hash;

/** Networks of thirty that are left to themselves: they heal whatever happens, and are quiet when nothing does. */
class HealingTest {

    private static final int NODES = 30;
    private static final int ENOUGH = 6;
    private static final int UDP_AND_IP_BYTES = 28;
    private static final Hash KEY = Hash.parse("2a");
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final List<Dht> nodes = new ArrayList<>();

    @Test
    void everyLinkIsKnownAtBothEnds() {
        Seeds.from(1, 3).forEach(network -> {
            join(network);
            network.advance(Duration.ofSeconds(27));

            assertThat(within(network, 3, () -> topology().isSymmetric())).isTrue();
            assertThat(topology().fewestNeighbours()).isGreaterThanOrEqualTo(ENOUGH);
        });
    }

    @Test
    void hourOfPartitionHeals() {
        Seeds.from(1, 1).forEach(network -> {
            join(network);
            network.advance(Duration.ofSeconds(30));
            Set<String> side = new HashSet<>();
            for (int i = 0; i < NODES; i += 2) {
                side.add("n" + i);
            }
            network.partition(side).advance(Duration.ofHours(1)).heal();

            assertThat(within(network, 30, () -> topology().isOne())).isTrue();
        });
    }

    @Test
    void seedsThatDieAndReturnElsewhereAreFound() {
        Seeds.from(1, 2).forEach(network -> {
            join(network);
            network.advance(Duration.ofSeconds(30));
            network.host("n0").crash().address("10.9.0.1");
            network.host("n1").crash().address("10.9.0.2");
            nodes.subList(0, 2).clear();
            network.advance(Duration.ofMinutes(2));
            for (int i = 0; i < 2; i++) {
                start(network, i);
            }

            assertThat(within(network, 330, () -> topology().isOne())).isTrue();
        });
    }

    @Test
    void quietNetworkIsQuietAndItsSeedIsNoHub() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        join(network);
        network.advance(Duration.ofMinutes(2));
        long[] before = nodes.stream().mapToLong(HealingTest::bytesSent).toArray();
        int seconds = 300;
        network.advance(Duration.ofSeconds(seconds));
        long all = 0;
        for (int i = 0; i < NODES; i++) {
            all += bytesSent(nodes.get(i)) - before[i];
        }
        long average = all / NODES / seconds;

        assertThat(average).isLessThanOrEqualTo(1_000);
        assertThat((bytesSent(nodes.get(0)) - before[0]) / seconds).isLessThan(average * 3 / 2);
    }

    /** Behind routers, say. Ten of them hang from it in the tree, and its neighbours are not changed for others lightly. */
    @Test
    void whoReachOnlyOneNodeHaveTheirTurnsThoughItHasRoomForTen() {
        Seeds.from(1, 2).forEach(network -> {
            join(network, 14);
            for (int i = 1; i < 14; i++) {
                for (int j = 1; j < i; j++) {
                    network.cut("n" + i, "n" + j).cut("n" + j, "n" + i);
                }
            }
            network.advance(Duration.ofSeconds(60));
            nodes.get(0).put(KEY, "of the one");

            assertThat(within(network, 180, () -> nodes.stream()
                            .allMatch(node -> node.local(KEY).isPresent())))
                    .isTrue();
        });
    }

    @Test
    void whatWasRemovedLeavesNoTrace() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        join(network);
        network.advance(Duration.ofSeconds(20));
        nodes.get(3).put(KEY, "hello");
        network.advance(Duration.ofSeconds(5));
        assertThat(nodes).allMatch(node -> node.local(KEY).isPresent());
        nodes.get(7).remove(KEY);
        network.advance(Duration.ofSeconds(5));
        assertThat(nodes).noneMatch(node -> node.local(KEY).isPresent());
        network.advance(LEASE.plusSeconds(20));

        assertThat(nodes).allMatch(node -> node.statistics().entries() == 0);
    }

    private static long bytesSent(Dht node) {
        return node.statistics().counter("bytesSent")
                + UDP_AND_IP_BYTES * node.statistics().counter("framesSent");
    }

    private void join(SimulatedNetwork network) {
        join(network, NODES);
    }

    private void join(SimulatedNetwork network, int count) {
        network.delay(Duration.ofMillis(5), Duration.ofMillis(50)).loss(0.01);
        nodes.clear();
        for (int i = 0; i < count; i++) {
            network.host("n" + i);
        }
        for (int i = 0; i < count; i++) {
            start(network, i);
        }
    }

    private void start(SimulatedNetwork network, int number) {
        DhtConfig config =
                DhtConfig.builder().seeds("n0:4000", "n1:4000").maxLease(LEASE).build();
        nodes.add(Dht.start(config, network.host("n" + number)));
        network.advance(Duration.ofMillis(50));
    }

    /** Looked at four times a second: to look at all after each event would take too long. */
    private static boolean within(SimulatedNetwork network, int seconds, BooleanSupplier holds) {
        for (int i = 0; i < 4 * seconds; i++) {
            if (holds.getAsBoolean()) {
                return true;
            }
            network.advance(Duration.ofMillis(250));
        }
        return holds.getAsBoolean();
    }

    private Topology topology() {
        return Topology.of(nodes);
    }
}
