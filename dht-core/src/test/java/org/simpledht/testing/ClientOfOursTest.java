package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.Dht;
import org.simpledht.DhtClient;
import org.simpledht.DhtConfig;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** A client knows one of ours at once, in whatever network it is, and does not spare it as it would an original. */
class ClientOfOursTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DELAY = Duration.ofMillis(1);
    private static final int PUTS = 100;

    private final SimulatedNetwork network = SimulatedNetwork.ofSeed(1).delay(DELAY, DELAY);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.0/8", "10.0.0.0/8"})
    void putsThereAreNotSpaced(String trusted) {
        Dht.start(DhtConfig.builder().trustedNetworks(trusted).build(), network.host("a"));
        try (DhtClient client = DhtClient.connect("a:4000", DhtConfig.defaults(), network.host("client"))) {
            Duration start = network.elapsed();
            for (int key = 0; key < PUTS; key++) {
                client.put(new Hash(key), Content.ofText("value"), TIMEOUT);
            }
            assertThat(network.elapsed().minus(start)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.0/8", "10.0.0.0/8"})
    void whatOnlyOursUnderstandWaitsForNoRepetition(String trusted) {
        Dht.start(DhtConfig.builder().trustedNetworks(trusted).build(), network.host("a"));
        try (DhtClient client = DhtClient.connect("a:4000", DhtConfig.defaults(), network.host("client"))) {
            Duration start = network.elapsed();
            client.put(new Hash(1), Content.ofText("value"), Duration.ofMinutes(1), TIMEOUT);
            assertThat(network.elapsed().minus(start)).isLessThan(Duration.ofMillis(100));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.0/8", "10.0.0.0/8"})
    void whoHasNoRoomForPeersIsKnownAsWell(String trusted) {
        Dht a = Dht.start(
                DhtConfig.builder()
                        .trustedNetworks(trusted)
                        .set("max-peers", "1")
                        .build(),
                network.host("a"));
        Dht.start(DhtConfig.builder().seeds("a:4000").build(), network.host("b"));
        assertThat(a.awaitPeers(1, TIMEOUT)).isTrue();
        try (DhtClient client = DhtClient.connect("a:4000", DhtConfig.defaults(), network.host("client"))) {
            Duration start = network.elapsed();
            for (int key = 0; key < PUTS; key++) {
                client.put(new Hash(key), Content.ofText("value"), TIMEOUT);
            }
            assertThat(network.elapsed().minus(start)).isLessThan(Duration.ofSeconds(1));
        }
    }
}
