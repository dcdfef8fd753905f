package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** More nodes than have places with each other: what each costs does not grow, and they stay together whatever happens. */
class LargeNetworkTest {

    private static final int NODES = 60;
    private static final int MOST = 10;
    private static final int ENOUGH = 6;
    private static final Hash KEY = Hash.parse("2a");

    private final List<Dht> nodes = new ArrayList<>();

    @Test
    void allWhoKnowOneComeTogether() {
        Seeds.from(1, 3).forEach(network -> {
            join(network, NODES);
            network.advance(Duration.ofSeconds(30));

            assertThat(fewestNeighbours()).isGreaterThanOrEqualTo(ENOUGH);
            assertThat(mostPeers()).isLessThanOrEqualTo(MOST);
            assertThat(isOne()).isTrue();
            nodes.get(17).put(KEY, "hello");
            assertThat(network.advanceUntil(this::allHold, Duration.ofSeconds(2)))
                    .isTrue();
        });
    }

    @Test
    void elevenAndSomeMoreAreNoFullCircleWithOthersOutside() {
        for (int count = 11; count <= 16; count++) {
            SimulatedNetwork network = SimulatedNetwork.ofSeed(count);
            join(network, count);
            network.advance(Duration.ofSeconds(30));

            assertThat(fewestNeighbours()).as("of " + count).isGreaterThanOrEqualTo(ENOUGH);
            assertThat(isOne()).isTrue();
        }
    }

    @Test
    void halfOfThemCrash() {
        Seeds.from(1, 3).forEach(network -> {
            join(network, NODES);
            network.advance(Duration.ofSeconds(30));
            for (int i = 0; i < NODES / 2; i++) {
                // Also the one that all others knew.
                network.host("n" + i).crash();
            }
            nodes.subList(0, NODES / 2).clear();
            network.advance(Duration.ofSeconds(14));
            assertThat(isOne()).isTrue();
            network.advance(Duration.ofSeconds(16));

            assertThat(fewestNeighbours()).isGreaterThanOrEqualTo(ENOUGH);
        });
    }

    @Test
    void halvesThatWereApartForLongFindEachOther() {
        Seeds.from(1, 3).forEach(network -> {
            join(network, NODES);
            network.advance(Duration.ofSeconds(30));
            Set<String> side = new HashSet<>();
            for (int i = 0; i < NODES; i += 2) {
                side.add("n" + i);
            }
            network.partition(side);
            network.advance(Duration.ofMinutes(5));
            network.heal();
            nodes.get(1).put(KEY, "hello");

            assertThat(network.advanceUntil(() -> isOne() && allHold(), Duration.ofSeconds(10)))
                    .isTrue();
            network.advance(Duration.ofSeconds(30));
            assertThat(mostPeers()).isLessThanOrEqualTo(MOST);
        });
    }

    @Test
    void networkThatStartedAsTwoBecomesOneAndGrowsTogether() {
        Seeds.from(1, 1).forEach(network -> {
            network.delay(Duration.ofMillis(5), Duration.ofMillis(50)).loss(0.01);
            nodes.clear();
            for (int i = 0; i < NODES; i++) {
                String seed = i < 2 ? "" : i % 2 == 0 ? "n0:4000" : "n1:4000";
                DhtConfig config = DhtConfig.builder().seeds(seed).build();
                nodes.add(Dht.start(config, network.host("n" + i)));
                network.advance(Duration.ofMillis(50));
            }
            network.advance(Duration.ofSeconds(30));
            assertThat(isOne()).isFalse();
            nodes.get(8).discover("n1:4000");
            network.advance(Duration.ofSeconds(2));
            assertThat(isOne()).isTrue();

            network.advance(Duration.ofMinutes(10));
            assertThat(topology().between(address -> number(address) % 2 == 0))
                    .as("or else one crash would part them")
                    .isGreaterThan(NODES / 4);
            assertThat(fewestNeighbours()).isGreaterThanOrEqualTo(ENOUGH);
        });
    }

    private int number(NetAddress address) {
        int number = 0;
        while (!nodes.get(number).endpoints().get(0).address().equals(address)) {
            number++;
        }
        return number;
    }

    @Test
    void nobodyHasMoreToSayInALargeNetworkThanInASmallOne() {
        long few = bytesPerMinute(11);
        long many = bytesPerMinute(NODES);

        assertThat(many).isLessThan(few * 5 / 4);
    }

    /** Of each, on the average, when nothing happens. */
    private long bytesPerMinute(int count) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(count);
        join(network, count);
        network.advance(Duration.ofSeconds(60));
        long before = bytesSent();
        network.advance(Duration.ofSeconds(60));
        return (bytesSent() - before) / count;
    }

    private long bytesSent() {
        return nodes.stream()
                .mapToLong(node -> node.statistics().counter("bytesSent"))
                .sum();
    }

    private void join(SimulatedNetwork network, int count) {
        network.delay(Duration.ofMillis(5), Duration.ofMillis(50)).loss(0.01);
        nodes.clear();
        for (int i = 0; i < count; i++) {
            DhtConfig config =
                    DhtConfig.builder().seeds(i == 0 ? "" : "n0:4000").build();
            nodes.add(Dht.start(config, network.host("n" + i)));
            network.advance(Duration.ofMillis(50));
        }
    }

    private boolean allHold() {
        return nodes.stream().allMatch(node -> node.local(KEY).isPresent());
    }

    private int mostPeers() {
        return nodes.stream().mapToInt(node -> node.peers().size()).max().orElse(0);
    }

    private int fewestNeighbours() {
        return topology().fewestNeighbours();
    }

    private boolean isOne() {
        return topology().isOne();
    }

    private Topology topology() {
        return Topology.of(nodes);
    }
}
