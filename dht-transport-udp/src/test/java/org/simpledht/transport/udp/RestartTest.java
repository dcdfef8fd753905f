package org.simpledht.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.simpledht.CannotListenException;
import org.simpledht.Dht;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

@Timeout(120)
class RestartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Hash HASH = Hash.parse("0123456789abcdef");
    private static final Hash EARLIER = Hash.parse("ea");
    private static final Hash MEANWHILE = Hash.parse("3e");
    private static final Content HELLO = Content.ofText("Hello, world!");

    @Test
    void portIsFreeAsSoonAsTheNodeIsClosed() {
        Dht node = Dht.start("127.0.0.1:0");
        String address = node.endpoints().get(0).address().toString();
        for (int i = 0; i < 20; i++) {
            try (WirePeer peer = WirePeer.of(node)) {
                peer.send("010123456789abcdef0000");
                assertThat(peer.answer()).isEqualTo("030123456789abcdef");
            }
            node.close();
            node = Dht.start(address);
            assertThat(node.entries()).isEmpty();
        }
        node.close();
    }

    @Test
    void portInUseIsSaidAndLeavesItsOwnerAlone() {
        try (Dht owner = Dht.start("127.0.0.1:0");
                WirePeer peer = WirePeer.of(owner)) {
            String address = owner.endpoints().get(0).address().toString();
            assertThatThrownBy(() -> Dht.start(address))
                    .isInstanceOf(CannotListenException.class)
                    .hasMessageContaining(address);

            peer.send("010123456789abcdef0000");
            assertThat(peer.answer()).isEqualTo("030123456789abcdef");
        }
    }

    @Test
    void restartedNodeIsFoundAgainByWhoeverHasItAsSeedAndIsComplete() {
        Dht first = Dht.start("127.0.0.1:0");
        String seed = first.endpoints().get(0).address().toString();
        try (Dht stays = Dht.start("127.0.0.1:0", seed)) {
            assertThat(stays.awaitPeers(1, PATIENCE)).isTrue();
            stays.put(HASH, HELLO);
            first.put(EARLIER, HELLO);
            assertThat(first.flush(PATIENCE)).isTrue();
            first.close();
            await().atMost(PATIENCE).until(() -> stays.peers().isEmpty());
            stays.put(MEANWHILE, HELLO);
            try (Dht again = Dht.start(seed)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(again.entries().keySet())
                                .containsExactlyInAnyOrder(HASH, EARLIER, MEANWHILE));
            }
        }
    }

    @Test
    void nodeThatComesBackAtOnceIsOnePeer() {
        Dht first = Dht.start("127.0.0.1:0");
        String seed = first.endpoints().get(0).address().toString();
        try (Dht stays = Dht.start("127.0.0.1:0", seed)) {
            assertThat(stays.awaitPeers(1, PATIENCE)).isTrue();
            first.close();
            try (Dht again = Dht.start(seed, stays.endpoints().get(0).address().toString())) {
                assertThat(again.awaitPeers(1, PATIENCE)).isTrue();
                again.put(HASH, HELLO);

                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(stays.local(HASH)).contains(HELLO));
                assertThat(stays.peers()).hasSize(1);
            }
        }
    }
}
