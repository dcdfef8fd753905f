package org.simpledht.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;

/** What a node says unasked, and when it stops. Intervals are short here; how long they are is a matter of the core's tests. */
@Timeout(120)
class ClassicTimersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String EXTENSION_MAGIC = "d4534431";
    private static final int EXTENSION_HEADER_DIGITS = 2 * 32;

    /** Record 13, 18 bytes: who speaks, so that two of ours know at once whether they can be neighbours. */
    private static final String HELLO = "0d0012";

    private static final int HELLO_DIGITS = 2 * (3 + 18);

    private static Dht hasty() {
        return Dht.start(DhtConfig.builder()
                .bind("127.0.0.1:0")
                .keepAliveInterval(Duration.ofMillis(100))
                .peerTimeout(Duration.ofSeconds(2))
                .build());
    }

    private static int port(Dht node) {
        return node.endpoints().get(0).address().port();
    }

    @Test
    void peerHearsAKeepAliveEverySecondByDefault() {
        try (Dht node = Dht.start("127.0.0.1:0");
                WirePeer peer = WirePeer.of(node)) {
            long startNanos = System.nanoTime();
            peer.send(WirePeer.KEEP_ALIVE);
            for (int i = 0; i < 3; i++) {
                assertThat(peer.keepAlive()).startsWith(WirePeer.KEEP_ALIVE);
            }

            // The first comes at some moment of the first second, the third two seconds later, less what the first was
            // late.
            assertThat(System.nanoTime() - startNanos).isGreaterThan(1_000_000_000L);
        }
    }

    @Test
    void keepAliveToAStrangerCarriesTheExtensionTheFirstThreeTimesAndEveryTenth() {
        try (Dht node = hasty();
                WirePeer peer = WirePeer.of(node)) {
            peer.send(WirePeer.KEEP_ALIVE);
            List<Integer> extended = new ArrayList<>();
            for (int i = 0; i < 22; i++) {
                String heard = peer.keepAlive();
                if (!heard.equals(WirePeer.KEEP_ALIVE)) {
                    assertThat(heard).startsWith(WirePeer.KEEP_ALIVE + EXTENSION_MAGIC);
                    assertThat(heard).hasSize(WirePeer.KEEP_ALIVE.length() + EXTENSION_HEADER_DIGITS + HELLO_DIGITS);
                    assertThat(heard.substring(heard.length() - HELLO_DIGITS))
                            .startsWith(HELLO + String.format("%04x", port(node)));
                    extended.add(i);
                }
                peer.send(WirePeer.KEEP_ALIVE);
            }

            assertThat(extended).containsExactly(0, 1, 2, 10, 20);
        }
    }

    @Test
    void peerThatSpeaksIsKept() {
        try (Dht node = hasty();
                WirePeer peer = WirePeer.of(node)) {
            peer.send(WirePeer.KEEP_ALIVE);
            for (int i = 0; i < 40; i++) {
                peer.keepAlive();
                peer.send(WirePeer.KEEP_ALIVE);
            }

            assertThat(node.peers()).hasSize(1);
        }
    }

    @Test
    void silentPeerIsDroppedAndHearsNothingMore() {
        try (Dht node = hasty();
                WirePeer silent = WirePeer.of(node);
                WirePeer other = WirePeer.of(node)) {
            silent.send(WirePeer.KEEP_ALIVE);
            await().atMost(PATIENCE).until(() -> node.peers().size() == 1);
            await().atMost(PATIENCE).until(() -> node.peers().isEmpty());

            // What is on its way at the moment of the drop is over by the other's fifth KeepAlive.
            other.send(WirePeer.KEEP_ALIVE);
            for (int i = 0; i < 5; i++) {
                other.keepAlive();
            }
            assertThat(silent.backlog()).allMatch(hex -> hex.startsWith(WirePeer.KEEP_ALIVE));
            other.keepAlive();
            assertThat(silent.backlog()).isEmpty();
        }
    }

    @Test
    void droppedPeerThatSpeaksAgainIsAPeerAgain() {
        try (Dht node = hasty();
                WirePeer peer = WirePeer.of(node)) {
            peer.send(WirePeer.KEEP_ALIVE);
            await().atMost(PATIENCE).until(() -> node.peers().size() == 1);
            await().atMost(PATIENCE).until(() -> node.peers().isEmpty());
            peer.backlog();

            peer.send(WirePeer.KEEP_ALIVE);
            assertThat(peer.keepAlive()).startsWith(WirePeer.KEEP_ALIVE);
        }
    }

    @Test
    void unheardAddressIsForgotten() {
        try (Dht node = hasty();
                WirePeer peer = WirePeer.of(node);
                WirePeer told = WirePeer.of(node)) {
            peer.send(told.asDiscover());
            told.keepAlive();

            await().atMost(PATIENCE).until(() -> node.statistics().candidates() == 0);
        }
    }

    @Test
    void oneAddressInTwoNotationsIsOnePeer() {
        try (Dht node = Dht.start("[::]:0");
                WirePeer peer = WirePeer.of(node)) {
            peer.send(WirePeer.KEEP_ALIVE);
            peer.send(peer.asMappedDiscover());
            peer.keepAlive();

            assertThat(node.peers()).hasSize(1);
            assertThat(node.statistics().candidates()).isZero();
        }
    }
}
