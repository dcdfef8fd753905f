package org.simpledht.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.simpledht.DeclinedException;
import org.simpledht.Dht;
import org.simpledht.DhtClient;
import org.simpledht.testkit.OriginalClient;
import org.simpledht.testkit.OriginalProcess;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Ours and originals in one network: values go both ways, and the originals live. */
@Timeout(300)
class OriginalsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int VALUES = 30;

    @Test
    void originalLivesWhileManyValuesArePutAtOnceAndSeesThemAll() {
        try (Dht one = Dht.start("127.0.0.1:0");
                Dht other = Dht.start("127.0.0.1:0", address(one).toString());
                OriginalProcess original = OriginalProcess.start("127.0.0.1:0")) {
            join(original, one, other);
            for (int i = 0; i < VALUES; i++) {
                (i % 2 == 0 ? one : other).put(new Hash(i), content(i));
            }

            try (OriginalClient client = original.client()) {
                for (int i = 0; i < VALUES; i++) {
                    assertAlive(original);
                    assertThat(client.get(i, PATIENCE)).isEqualTo(content(i));
                }
            }
            assertAlive(original);
            for (int i = 0; i < VALUES; i++) {
                assertThat(one.local(new Hash(i))).contains(content(i));
                assertThat(other.local(new Hash(i))).contains(content(i));
            }
        }
    }

    @Test
    void putsAtAnOriginalArriveAtOurs() {
        try (Dht one = Dht.start("127.0.0.1:0");
                Dht other = Dht.start("127.0.0.1:0", address(one).toString());
                OriginalProcess original = OriginalProcess.start("127.0.0.1:0")) {
            join(original, one, other);
            for (int i = 0; i < 5; i++) {
                original.put(i, content(i));
            }

            for (Dht node : List.of(one, other)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(node.entries()).hasSize(5));
            }
            assertThat(one.local(new Hash(4))).contains(content(4));
            assertAlive(original);
        }
    }

    @Test
    void valuePassesFromOriginalToOriginalThroughOurs() {
        try (Dht ours = Dht.start("127.0.0.1:0");
                OriginalProcess first = OriginalProcess.start("127.0.0.1:0");
                OriginalProcess last = OriginalProcess.start("127.0.0.1:0");
                OriginalClient client = last.client()) {
            join(first, ours);
            join(last, ours);
            first.put(7, content(7));
            assertThat(client.get(7, PATIENCE)).isEqualTo(content(7));

            last.put(8, content(8));
            try (OriginalClient clientOfFirst = first.client()) {
                assertThat(clientOfFirst.get(8, PATIENCE)).isEqualTo(content(8));
            }
            assertAlive(first);
            assertAlive(last);
        }
    }

    @Test
    void valuePassesFromOursToOursThroughAnOriginal() {
        try (Dht first = Dht.start("127.0.0.1:0");
                Dht last = Dht.start("127.0.0.1:0");
                OriginalProcess original = OriginalProcess.start("127.0.0.1:0")) {
            join(original, first, last);
            first.put(new Hash(7), content(7));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(last.local(new Hash(7))).contains(content(7)));
            assertAlive(original);
        }
    }

    @Test
    void originalsClientIsServedByOurs() {
        try (Dht ours = Dht.start("127.0.0.1:0");
                Dht other = Dht.start("127.0.0.1:0");
                OriginalClient client = OriginalClient.of(address(ours))) {
            client.put(7, content(7), PATIENCE);
            assertThat(client.get(7, PATIENCE)).isEqualTo(content(7));
            client.discover(address(other), PATIENCE);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(other.peers()).hasSize(1));
        }
    }

    @Test
    void originalHearsNothingOfLivesAndRemovals() {
        Hash hash = new Hash(7);
        try (OriginalProcess original = OriginalProcess.start("127.0.0.1:0");
                DhtClient client = DhtClient.connect(original.address().toString())) {
            client.put(hash, content(7), PATIENCE);

            assertThatThrownBy(() -> client.put(hash, content(8), Duration.ofSeconds(5), PATIENCE))
                    .isInstanceOf(DeclinedException.class)
                    .hasMessageContaining("it is an original of 2017, which knows no ttl");
            assertThatThrownBy(() -> client.remove(hash, PATIENCE))
                    .isInstanceOf(DeclinedException.class)
                    .hasMessageContaining("it is an original of 2017, which cannot remove");
            assertThat(client.get(hash, PATIENCE)).contains(content(7));
            assertAlive(original);
        }
    }

    /** Tells the original of each node, as a person would, and waits until the node has it as a peer. */
    private static void join(OriginalProcess original, Dht... nodes) {
        for (Dht node : nodes) {
            original.discover(address(node));
            await().atMost(PATIENCE).until(() -> node.peers().stream()
                    .anyMatch(peer -> peer.endpoint().address().equals(original.address())));
        }
    }

    private static void assertAlive(OriginalProcess original) {
        assertThat(original.causeOfDeath()).isEmpty();
    }

    private static NetAddress address(Dht node) {
        return node.endpoints().get(0).address();
    }

    private static Content content(int i) {
        return Content.ofText("value " + i);
    }
}
