package org.simpledht.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.Dht;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** Each message of the protocol of 2017 and its answer, byte for byte, as a stranger sees it. */
@Timeout(120)
class ClassicWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Hash HASH = Hash.parse("0123456789abcdef");
    private static final Content HELLO = Content.ofText("Hello, world!");

    private static final String GET = "000123456789abcdef";
    private static final String PUT = "010123456789abcdef000d48656c6c6f2c20776f726c6421";
    private static final String I_HAVE = "030123456789abcdef";

    /** A question about another hash, which the node knows: what is answered before it was the answer to something else. */
    private static final String BARRIER = "00000000000000ba88";

    private static final String BEHIND_THE_BARRIER = "01000000000000ba880000";

    private final List<WirePeer> peers = new ArrayList<>();
    private Dht node;
    private WirePeer peer;

    @BeforeEach
    void start() {
        node = Dht.start("127.0.0.1:0");
        node.put(Hash.parse("ba88"), Content.EMPTY);
        peer = newPeer();
    }

    @AfterEach
    void stop() {
        peers.forEach(WirePeer::close);
        node.close();
    }

    private WirePeer newPeer() {
        WirePeer another = WirePeer.of(node);
        peers.add(another);
        return another;
    }

    private WirePeer newJoinedPeer() {
        WirePeer another = newPeer();
        another.send(WirePeer.KEEP_ALIVE);
        await().atMost(PATIENCE).until(() -> node.peers().stream()
                .anyMatch(info -> info.endpoint().address().equals(another.address())));
        return another;
    }

    @Test
    void getOfAKnownHashIsAnsweredWithPut() {
        node.put(HASH, HELLO);
        peer.send(GET);

        assertThat(peer.answer()).isEqualTo(PUT);
    }

    @Test
    void putIsStoredAndAcknowledgedWithIHave() {
        peer.send(PUT);

        assertThat(peer.answer()).isEqualTo(I_HAVE);
        assertThat(node.local(HASH)).contains(HELLO);
    }

    @Test
    void equalPutIsAcknowledgedAgain() {
        peer.send(PUT);
        assertThat(peer.answer()).isEqualTo(I_HAVE);
        peer.send(PUT);

        assertThat(peer.answer()).isEqualTo(I_HAVE);
    }

    @Test
    void laterPutReplacesTheContent() {
        peer.send(PUT);
        peer.send("010123456789abcdef0003486921");
        assertThat(List.of(peer.answer(), peer.answer())).containsOnly(I_HAVE);

        peer.send(GET);
        assertThat(peer.answer()).isEqualTo("010123456789abcdef0003486921");
    }

    @Test
    void putIsAnnouncedToEveryPeer() {
        WirePeer second = newJoinedPeer();
        WirePeer third = newJoinedPeer();
        peer.send(PUT);

        assertThat(List.of(peer.answer(), second.answer(), third.answer())).containsOnly(I_HAVE);
    }

    @Test
    void putOfTheApplicationIsAnnouncedAndHandedOut() {
        WirePeer second = newJoinedPeer();
        node.put(HASH, HELLO);
        assertThat(second.answer()).isEqualTo(I_HAVE);

        second.send(GET);
        assertThat(second.answer()).isEqualTo(PUT);
    }

    @Test
    void iHaveOfAnUnknownHashIsAnsweredWithGet() {
        peer.send(I_HAVE);
        assertThat(peer.answer()).isEqualTo(GET);

        peer.send(PUT);
        assertThat(peer.answer()).isEqualTo(I_HAVE);
        assertThat(node.local(HASH)).contains(HELLO);
    }

    @Test
    void iHaveOfAKnownHashIsNotAnswered() {
        node.put(HASH, HELLO);
        peer.send(I_HAVE);
        peer.send(BARRIER);

        assertThat(peer.answer()).isEqualTo(BEHIND_THE_BARRIER);
    }

    @Test
    void getOfAnUnknownHashIsKeptAndAnsweredWhenTheHashArrives() {
        WirePeer asker = newPeer();
        asker.send(GET);
        asker.send(BARRIER);
        assertThat(asker.answer()).isEqualTo(BEHIND_THE_BARRIER);

        peer.send(PUT);
        assertThat(List.of(asker.answer(), asker.answer())).containsExactlyInAnyOrder(PUT, I_HAVE);
    }

    @Test
    void threeEqualGetsOfAKnownHashGiveThreePuts() {
        node.put(HASH, HELLO);
        peer.send(GET);
        peer.send(GET);
        peer.send(GET);

        assertThat(List.of(peer.answer(), peer.answer(), peer.answer())).containsOnly(PUT);
    }

    @Test
    void threeEqualGetsOfAnUnknownHashGiveThreePuts() {
        WirePeer asker = newPeer();
        asker.send(GET);
        asker.send(GET);
        asker.send(GET);
        asker.send(BARRIER);
        assertThat(asker.answer()).isEqualTo(BEHIND_THE_BARRIER);

        peer.send(PUT);
        assertThat(List.of(asker.answer(), asker.answer(), asker.answer(), asker.answer()))
                .containsExactlyInAnyOrder(PUT, PUT, PUT, I_HAVE);
    }

    @Test
    void getsAreNotForwarded() {
        WirePeer second = newJoinedPeer();
        peer.send(GET);
        peer.send(BARRIER);
        assertThat(peer.answer()).isEqualTo(BEHIND_THE_BARRIER);

        second.send(BARRIER);
        assertThat(second.answer()).isEqualTo(BEHIND_THE_BARRIER);
    }

    @Test
    void twentyWhoAskForOneHashAtOnceAllGetIt() {
        List<WirePeer> askers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            askers.add(newPeer());
        }
        askers.forEach(asker -> asker.send(GET));
        await().atMost(PATIENCE).until(() -> node.statistics().pendingGets() == 20);
        peer.send(PUT);

        for (WirePeer asker : askers) {
            assertThat(List.of(asker.answer(), asker.answer())).containsExactlyInAnyOrder(PUT, I_HAVE);
        }
    }

    @Test
    void discoveredAddressHearsAKeepAliveAndTheSenderBecomesAPeer() {
        WirePeer told = newPeer();
        peer.send(told.asDiscover());

        assertThat(told.keepAlive()).startsWith(WirePeer.KEEP_ALIVE);
        assertThat(peer.keepAlive()).startsWith(WirePeer.KEEP_ALIVE);
        assertThat(node.peers()).extracting(info -> info.endpoint().address()).containsExactly(peer.address());
    }

    @Test
    void discoveredAddressThatAnswersIsAPeer() {
        WirePeer told = newPeer();
        peer.send(told.asDiscover());
        told.keepAlive();
        told.send(WirePeer.KEEP_ALIVE);

        await().atMost(PATIENCE).until(() -> node.peers().size() == 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "d4534431", "010000000000000007000161", "ffffffffffffffffffffffffffffffff"})
    void tailsAreIgnored(String tail) {
        WirePeer told = newPeer();
        peer.send(WirePeer.KEEP_ALIVE + tail);
        peer.send(I_HAVE + tail);
        assertThat(peer.answer()).isEqualTo(GET);
        peer.send(PUT + tail);
        assertThat(peer.answer()).isEqualTo(I_HAVE);
        peer.send(GET + tail);
        assertThat(peer.answer()).isEqualTo(PUT);
        peer.send(told.asDiscover() + tail);
        assertThat(told.keepAlive()).startsWith(WirePeer.KEEP_ALIVE);

        assertThat(node.entries()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 1_189, 1_190, 32_767, 32_768, 65_496})
    void contentsOfAllSizesGoBothWays(int size) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (i * 31);
        }
        String put = "010123456789abcdef" + String.format("%04x", size)
                + HexFormat.of().formatHex(content);
        peer.send(put);
        assertThat(peer.answer()).isEqualTo(I_HAVE);
        assertThat(node.local(HASH)).contains(Content.of(content));

        peer.send(GET);
        assertThat(peer.answer().equals(put))
                .as("the same %d bytes come back", size)
                .isTrue();
    }
}
