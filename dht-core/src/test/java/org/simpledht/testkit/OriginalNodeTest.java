package org.simpledht.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.testkit.OriginalNode.Family;
import org.simpledht.types.NetAddress;

/** Sentence by sentence what is known of the original, in virtual time. How it dies is in {@link OriginalNodeDeathTest}. */
class OriginalNodeTest {

    private static final NetAddress ALICE = address(1);
    private static final NetAddress BOB = address(2);
    private static final long HASH = 0x0123456789abcdefL;
    private static final byte[] HELLO = "Hello, world!".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "Other".getBytes(StandardCharsets.UTF_8);

    private final OriginalNode original = new OriginalNode(Family.V4_ONLY);

    @Test
    void keepAliveGoesToEveryPeerOnTheTick() {
        at(0, from(ALICE, OriginalWire.get(1)), from(BOB, OriginalWire.get(1)));

        assertThat(tickAt(1)).containsExactly(to(ALICE, OriginalWire.keepAlive()), to(BOB, OriginalWire.keepAlive()));
    }

    @Test
    void keepAliveIsNeverADirectAnswer() {
        assertThat(at(0, from(ALICE, OriginalWire.keepAlive()))).isEmpty();
    }

    @Test
    void peerIsKeptUntilTenSecondsAfterItsLastMessage() {
        at(0, from(ALICE, OriginalWire.keepAlive()));

        assertThat(tickAt(10)).containsExactly(to(ALICE, OriginalWire.keepAlive()));
    }

    @Test
    void peerIsDroppedAtTheFirstTickMoreThanTenSecondsAfterItsLastMessage() {
        at(0, from(ALICE, OriginalWire.keepAlive()));

        assertThat(tickAt(10.5)).isEmpty();
        assertThat(original.peers()).isZero();
    }

    @Test
    void peerIsDroppedAtAnAnnouncementAsWell() {
        at(0, from(ALICE, OriginalWire.keepAlive()));

        assertThat(at(10.5, from(BOB, OriginalWire.put(HASH, HELLO))))
                .containsExactly(to(BOB, OriginalWire.iHave(HASH)));
    }

    @Test
    void silentPeerStaysUntilABroadcast() {
        at(0, from(ALICE, OriginalWire.keepAlive()));
        at(60, from(BOB, OriginalWire.keepAlive()));

        assertThat(original.peers()).isEqualTo(2);
    }

    static List<byte[]> everyType() {
        return List.of(
                OriginalWire.get(HASH),
                OriginalWire.put(HASH, HELLO),
                OriginalWire.keepAlive(),
                OriginalWire.iHave(HASH),
                OriginalWire.discover(address(9)));
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void everyTypeCountsAsLife(byte[] message) {
        at(0, from(ALICE, OriginalWire.keepAlive()));
        at(9, from(ALICE, message));

        assertThat(tickAt(18)).contains(to(ALICE, OriginalWire.keepAlive()));
    }

    @Test
    void valueIsForgottenAtTheTickMoreThanThirtySecondsAfterItsPut() {
        at(0.5, from(ALICE, OriginalWire.put(HASH, HELLO)));
        tickAt(30);
        assertThat(at(30.1, from(BOB, OriginalWire.get(HASH)))).containsExactly(to(BOB, OriginalWire.put(HASH, HELLO)));

        tickAt(31);
        assertThat(at(31.1, from(BOB, OriginalWire.get(HASH)))).isEmpty();
    }

    @Test
    void anotherPutRenewsAValue() {
        at(0.5, from(ALICE, OriginalWire.put(HASH, HELLO)));
        at(20, from(ALICE, OriginalWire.put(HASH, HELLO)));
        tickAt(49);

        assertThat(at(49, from(BOB, OriginalWire.get(HASH)))).containsExactly(to(BOB, OriginalWire.put(HASH, HELLO)));
    }

    @Test
    void getAndIHaveDoNotRenewAValue() {
        at(0.5, from(ALICE, OriginalWire.put(HASH, HELLO)));
        at(20, from(ALICE, OriginalWire.get(HASH)), from(ALICE, OriginalWire.iHave(HASH)));
        tickAt(31);

        assertThat(at(31.1, from(BOB, OriginalWire.get(HASH)))).isEmpty();
    }

    @Test
    void getOfAKnownHashIsAnsweredAtOnce() {
        at(0, from(ALICE, OriginalWire.put(HASH, HELLO)));

        assertThat(at(1, from(BOB, OriginalWire.get(HASH)))).containsExactly(to(BOB, OriginalWire.put(HASH, HELLO)));
    }

    @Test
    void getOfAnUnknownHashIsKeptAndAnsweredEvenToAnAskerSilentFor45Seconds() {
        assertThat(at(0, from(BOB, OriginalWire.get(HASH)))).isEmpty();
        tickAt(44);

        assertThat(at(45, from(ALICE, OriginalWire.put(HASH, HELLO))))
                .containsExactly(to(BOB, OriginalWire.put(HASH, HELLO)), to(ALICE, OriginalWire.iHave(HASH)));
    }

    @Test
    void threeEqualGetsGiveThreePuts() {
        Datagram get = from(BOB, OriginalWire.get(HASH));
        Datagram put = to(BOB, OriginalWire.put(HASH, HELLO));
        at(0, get, get, get);

        assertThat(at(1, from(ALICE, OriginalWire.put(HASH, HELLO)))).startsWith(put, put, put);
        assertThat(original.pendingGets()).isZero();
        assertThat(at(2, get, get, get)).containsExactly(put, put, put);
    }

    @Test
    void getsAreNotForwarded() {
        at(0, from(ALICE, OriginalWire.keepAlive()));

        assertThat(at(0, from(BOB, OriginalWire.get(HASH)))).isEmpty();
    }

    @Test
    void pendingGetsGrowWithoutBound() {
        for (int i = 0; i < 20_000; i++) {
            at(0, from(ALICE, OriginalWire.get(i)));
        }

        assertThat(original.pendingGets()).isEqualTo(20_000);
    }

    @Test
    void putIsAnnouncedToAllPeersTheSenderIncluded() {
        at(0, from(BOB, OriginalWire.keepAlive()));

        assertThat(at(1, from(ALICE, OriginalWire.put(HASH, HELLO))))
                .containsExactly(to(BOB, OriginalWire.iHave(HASH)), to(ALICE, OriginalWire.iHave(HASH)));
    }

    @Test
    void putOverwrites() {
        at(0, from(ALICE, OriginalWire.put(HASH, HELLO)));
        at(1, from(ALICE, OriginalWire.put(HASH, OTHER)));

        assertThat(at(2, from(BOB, OriginalWire.get(HASH)))).containsExactly(to(BOB, OriginalWire.put(HASH, OTHER)));
    }

    @Test
    void iHaveOfAnUnknownHashIsAnsweredWithGet() {
        assertThat(at(0, from(ALICE, OriginalWire.iHave(HASH)))).containsExactly(to(ALICE, OriginalWire.get(HASH)));
    }

    @Test
    void iHaveOfAKnownHashIsNotAnswered() {
        at(0, from(ALICE, OriginalWire.put(HASH, HELLO)));

        assertThat(at(1, from(BOB, OriginalWire.iHave(HASH)))).isEmpty();
    }

    @Test
    void discoveredAddressHearsAKeepAliveOnTheNextTickAndTheSenderToo() {
        assertThat(at(0, from(ALICE, OriginalWire.discover(BOB)))).isEmpty();

        assertThat(tickAt(1)).containsExactly(to(ALICE, OriginalWire.keepAlive()), to(BOB, OriginalWire.keepAlive()));
    }

    @Test
    void itAddsItselfWhenToldItsOwnAddress() {
        NetAddress itself = address(77);
        at(0, from(ALICE, OriginalWire.discover(itself)));

        assertThat(tickAt(1)).contains(to(itself, OriginalWire.keepAlive()));
    }

    @Test
    void oneAddressInTwoNotationsIsTwoPeers() {
        OriginalNode dual = new OriginalNode(Family.DUAL);
        dual.wakeUp(0, List.of(from(BOB, OriginalWire.keepAlive()), from(BOB, OriginalWire.discover(BOB))), false);

        assertThat(dual.wakeUp(seconds(1), List.of(), true))
                .containsExactly(to(BOB, OriginalWire.keepAlive()), to(BOB, OriginalWire.keepAlive()));
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void tailsAreIgnored(byte[] message) {
        byte[] withTail = Arrays.copyOf(message, 60_000);
        OriginalNode other = new OriginalNode(Family.V4_ONLY);

        assertThat(at(0, from(ALICE, withTail))).isEqualTo(other.wakeUp(0, List.of(from(ALICE, message)), false));
        assertThat(original.isDead()).isFalse();
    }

    @Test
    void secondMessageBehindTheFirstIsNotExecuted() {
        byte[] keepAliveThenPut = Arrays.copyOf(OriginalWire.keepAlive(), 1 + 11);
        System.arraycopy(OriginalWire.put(HASH, new byte[0]), 0, keepAliveThenPut, 1, 11);

        assertThat(at(0, from(ALICE, keepAliveThenPut))).isEmpty();
    }

    @Test
    void lateJoinerNeverReceivesWhatWasPutBeforeItCame() {
        at(0, from(ALICE, OriginalWire.put(HASH, HELLO)));
        at(1, from(BOB, OriginalWire.keepAlive()));
        List<Datagram> sent = new ArrayList<>();
        for (int second = 2; second < 10; second++) {
            sent.addAll(tickAt(second));
        }

        assertThat(sent).contains(to(BOB, OriginalWire.keepAlive())).doesNotContain(to(BOB, OriginalWire.iHave(HASH)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void burstsOfKeepAliveKnownIHaveAndUnknownGetAreSafe(int times) {
        at(0, from(ALICE, OriginalWire.put(HASH, HELLO)));
        List<Datagram> burst = new ArrayList<>();
        burst.addAll(Collections.nCopies(times, from(ALICE, OriginalWire.keepAlive())));
        burst.addAll(Collections.nCopies(times, from(ALICE, OriginalWire.iHave(HASH))));
        burst.addAll(Collections.nCopies(times, from(ALICE, OriginalWire.get(42))));
        original.wakeUp(seconds(1), burst, true);

        assertThat(original.causeOfDeath()).isEmpty();
    }

    private List<Datagram> at(double second, Datagram... received) {
        return original.wakeUp(seconds(second), List.of(received), false);
    }

    private List<Datagram> tickAt(double second) {
        return original.wakeUp(seconds(second), List.of(), true);
    }

    private static long seconds(double seconds) {
        return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    private static Datagram from(NetAddress source, byte[] bytes) {
        return Datagram.of(source, bytes);
    }

    private static Datagram to(NetAddress destination, byte[] bytes) {
        return Datagram.of(destination, bytes);
    }

    private static NetAddress address(int last) {
        return NetAddress.of(new byte[] {(byte) 192, 0, 2, (byte) last}, 4000);
    }
}
