package org.simpledht.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.testkit.Vector;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** Whatever comes, the node serves on. Everything here would have ended an original, or filled it. */
@Timeout(120)
class HostileInputTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String GET = "000123456789abcdef";
    private static final String PUT = "010123456789abcdef000d48656c6c6f2c20776f726c6421";
    private static final int LARGEST_DATAGRAM_BYTES = 65_507;

    private Dht node;
    private WirePeer hostile;

    @BeforeEach
    void start() {
        node = Dht.start(DhtConfig.builder()
                .bind("127.0.0.1:0")
                .keepAliveInterval(Duration.ofMillis(100))
                .peerTimeout(Duration.ofSeconds(10))
                .set("max-peers", "50")
                .build());
        node.put(Hash.parse("0123456789abcdef"), "Hello, world!");
        hostile = WirePeer.of(node);
    }

    @AfterEach
    void stop() {
        hostile.close();
        node.close();
    }

    /** What came before is handled by then, since one socket hands over in order. */
    private void assertServes() {
        try (WirePeer stranger = WirePeer.of(node)) {
            assertThat(stranger.answerTo(GET)).isEqualTo(PUT);
            assertThat(stranger.keepAlive()).startsWith(WirePeer.KEEP_ALIVE);
        }
    }

    static List<Vector> invalid() {
        return Vector.classic().stream().filter(vector -> !vector.valid()).toList();
    }

    static List<Vector> invalidWithExtension() {
        return Vector.extended().stream().filter(vector -> !vector.valid()).toList();
    }

    @ParameterizedTest
    @MethodSource({"invalid", "invalidWithExtension"})
    void invalidDatagramIsCountedAndItsSenderIsNoPeer(Vector vector) {
        hostile.send(vector.bytes().toBytes());
        assertServes();

        assertThat(node.peers()).extracting(info -> info.endpoint().address()).doesNotContain(hostile.address());
        assertThat(refusals()).isEqualTo(1);
        assertThat(hostile.backlog()).isEmpty();
    }

    private long refusals() {
        return node.statistics().counters().entrySet().stream()
                .filter(counter -> counter.getKey().startsWith("refused."))
                .mapToLong(counter -> counter.getValue())
                .sum();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomBytesAreSurvived(long seed) {
        // Bytes without any shape are refused at the first one. Discovers of random addresses are a test of their own.
        byte[] types = {0, 1, 2, 3, 5};
        Random dice = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[dice.nextInt(60)];
            dice.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = types[dice.nextInt(types.length)];
            }
            hostile.send(bytes);
        }

        assertServes();
    }

    @Test
    void randomAddressesAreTriedInVain() {
        Random dice = new Random(4);
        byte[] address = new byte[6];
        for (int i = 0; i < 200; i++) {
            dice.nextBytes(address);
            hostile.send("0404" + HexFormat.of().formatHex(address));
        }

        assertServes();
        assertThat(node.statistics().candidates()).isLessThanOrEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0xff})
    void largestDatagramOfOneByteValueIsSurvived(int value) {
        byte[] bytes = new byte[LARGEST_DATAGRAM_BYTES];
        Arrays.fill(bytes, (byte) value);
        hostile.send(bytes);

        assertServes();
    }

    @Test
    void lengthBeyondTheLargestDatagramIsRefused() {
        byte[] bytes = new byte[LARGEST_DATAGRAM_BYTES];
        bytes[0] = 1;
        bytes[9] = (byte) 0xff;
        bytes[10] = (byte) 0xff;
        hostile.send(bytes);

        assertServes();
        assertThat(node.statistics().counter("refused.TRUNCATED")).isEqualTo(1);
    }

    @Test
    void burstOfTwoHundredPutsIsStoredAndAcknowledged() {
        for (int i = 0; i < 200; i++) {
            hostile.send(String.format("01%016x000161", i));
        }

        await().atMost(PATIENCE).until(() -> node.entries().size() == 201);
        assertServes();
        for (int i = 0; i < 200; i++) {
            assertThat(hostile.answer()).isEqualTo(String.format("03%016x", i));
        }
        assertThat(node.local(new Hash(199))).contains(Content.ofText("a"));
    }

    @Test
    void burstOfDiscoversIsSurvived() {
        for (int i = 0; i < 200; i++) {
            hostile.send(String.format("04047f000001%04x", 1_024 + i));
        }

        assertServes();
    }

    @Test
    void pendingGetsOfOneSourceAreBounded() {
        for (int i = 0; i < 20_000; i++) {
            hostile.send(String.format("00%016x", i));
        }

        assertServes();
        assertThat(node.statistics().pendingGets()).isBetween(1, 16);
    }

    @Test
    void peersAreBoundedAndWhoeverFindsNoPlaceIsServed() {
        // All stay open, so that no two have the same port: who may be an original is answered once in 100 ms.
        List<WirePeer> strangers =
                IntStream.range(0, 100).mapToObj(i -> WirePeer.of(node)).toList();
        try {
            for (WirePeer stranger : strangers) {
                stranger.send(GET);
                assertThat(stranger.answer()).isEqualTo(PUT);
            }
            assertThat(node.peers()).hasSize(50);
        } finally {
            strangers.forEach(WirePeer::close);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "port 0,            04047f0000010000",
        "broadcast,         0404ffffffff0fa0",
        "multicast,         0404e00000010fa0",
        "unspecified,       0404000000000fa0",
        "this network,      0404000000010fa0",
        "reserved,          0404f00000010fa0",
        "IPv6,              040620010db80000000000000000000000010fa0",
        "IPv6 loopback,     0406000000000000000000000000000000010fa0",
        "IPv6 multicast,    0406ff0200000000000000000000000000010fa0",
        "IPv6 port 0,       0406000000000000000000000000000000010000",
        "IPv6 unspecified,  0406000000000000000000000000000000000fa0",
        "mapped broadcast,  040600000000000000000000ffffffffffff0fa0",
        "mapped port 0,     040600000000000000000000ffff7f0000010000",
    })
    void discoverOfWhatCannotBeReachedIsRefused(String what, String discover) {
        hostile.send(discover);
        assertServes();

        assertThat(node.statistics().candidates()).as(what).isZero();
        assertThat(node.statistics().counter("addressesRefused")).as(what).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "a closed port,      04047f0000010001",
        "no route,           0404c00002010fa0",
        "loopback broadcast, 04047fffffff0fa0",
    })
    void sendsThatFailDisturbNobody(String what, String discover) {
        try (WirePeer other = WirePeer.of(node)) {
            other.send(WirePeer.KEEP_ALIVE);
            hostile.send(discover);
            // Several are sent to the unreachable address meanwhile.
            for (int i = 0; i < 10; i++) {
                assertThat(other.keepAlive()).as(what).startsWith(WirePeer.KEEP_ALIVE);
            }
        }

        assertServes();
    }

    @Test
    void peerWhosePortHasClosedDisturbsNobody() {
        for (int i = 0; i < 20; i++) {
            try (WirePeer gone = WirePeer.of(node)) {
                gone.send(WirePeer.KEEP_ALIVE);
            }
        }
        node.put(new Hash(7), "announced to closed ports");

        assertServes();
    }
}
