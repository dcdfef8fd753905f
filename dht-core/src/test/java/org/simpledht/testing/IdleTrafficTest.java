package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** What a network costs in which nothing happens but that leases are renewed. */
class IdleTrafficTest {

    private static final int ENTRIES = 1_000;
    private static final int HEADER_BYTES = 28;

    /** Longer than a third of a lease: each entry is renewed once. */
    private static final Duration WHILE = Duration.ofMinutes(22);

    @ParameterizedTest
    @CsvSource({"10, 10", "10, 1", "30, 30"})
    void nodeSendsLessThanAKilobyteASecond(int nodes, int publishers) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1).delay(Duration.ofMillis(5), Duration.ofMillis(50));
        List<Dht> all = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            DhtConfig.Builder config =
                    DhtConfig.builder().bind("n" + i + ":4000").seeds("n0:4000");
            all.add(Dht.start(config.build(), network.host("n" + i)));
        }
        network.advance(Duration.ofMinutes(3));
        for (int key = 0; key < ENTRIES; key++) {
            all.get(key % publishers).put(new Hash(key), Content.of(new byte[100]));
        }
        network.advance(Duration.ofMinutes(2));
        long before = sent(all);
        network.advance(WHILE);

        assertThat((sent(all) - before) / nodes / WHILE.toSeconds())
                .as("bytes a second of each node, headers of IPv4 and UDP included")
                .isLessThan(1_000);
        assertThat(all).allSatisfy(dht -> assertThat(dht.entries()).hasSize(ENTRIES));
    }

    private static long sent(List<Dht> all) {
        return all.stream()
                .mapToLong(dht -> counter(dht, "bytesSent") + HEADER_BYTES * counter(dht, "framesSent"))
                .sum();
    }

    private static long counter(Dht dht, String name) {
        return dht.statistics().counters().get(name);
    }
}
