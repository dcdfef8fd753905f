package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.Message;
import org.simpledht.types.Hash;

/** Who is a peer, for how long, and what it hears of us meanwhile. */
class SignsOfLifeTest {

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");

    static Stream<Message> everyType() {
        return Stream.of(
                new Message.Get(KEY),
                new Message.Put(KEY, HELLO),
                Message.KEEP_ALIVE,
                new Message.IHave(KEY),
                new Message.Discover(MachineFixture.address(2)));
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void anyMessageMakesItsSourceAPeer(Message message) {
        alice.says(message);

        assertThat(node.events()).contains("joined alice");
        assertThat(node.kinds()).containsExactly(PeerKind.UNDECIDED);
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void anyMessageCountsAsLife(Message message) {
        alice.keepsAlive();
        node.pass(9_900);
        alice.says(message);
        node.pass(10_000);

        assertThat(node.events()).doesNotContain("lost alice");
    }

    @Test
    void keepAliveIsNeverADirectAnswer() {
        alice.keepsAlive();

        assertThat(node.out()).containsExactly("joined alice");
    }

    @Test
    void everyPeerHearsAKeepAliveEverySecond() {
        alice.keepsAlive();
        node.pass(500);
        bob.keepsAlive();
        node.pass(1_500);

        assertThat(node.signsOfLifeWhen())
                .containsExactly(
                        "1000 +KeepAlive [Hello 4000] to alice",
                        "1000 +KeepAlive [Hello 4000] to bob",
                        "2000 +KeepAlive [Hello 4000] to alice",
                        "2000 +KeepAlive [Hello 4000] to bob");
    }

    @Test
    void peerIsDroppedAtTheFirstBroadcastMoreThanTenSecondsAfterItsLastMessage() {
        node.pass(500);
        alice.keepsAlive();
        node.pass(10_499);
        assertThat(node.events()).containsExactly("joined alice");
        node.pass(1);

        assertThat(node.out()).containsExactly("lost alice");
    }

    @Test
    void peerSilentForExactlyTenSecondsIsStillThere() {
        node.pass(1_000);
        alice.keepsAlive();
        node.pass(10_000);
        assertThat(node.events()).containsExactly("joined alice");
        node.pass(1_000);

        assertThat(node.out()).containsExactly("lost alice");
    }

    @Test
    void droppedPeerHearsNothingMore() {
        alice.keepsAlive();
        node.pass(11_000);
        node.out();
        node.pass(5_000);
        node.put(KEY, HELLO);

        assertThat(node.out()).containsExactly("stored 2a hello");
    }

    @Test
    void discoveredAddressThatNeverAnswersIsGivenUpWithoutAWord() {
        node.discover(bob);
        node.pass(30_000);

        assertThat(node.events()).isEmpty();
        assertThat(node.sizes().candidates()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "05",
                "ff",
                "00",
                "0000000000000001",
                "01000000000000002a",
                "01000000000000002a0005616263",
                "03",
                "04",
                "0405c00002010fa0",
                "04",
                "04c0000201",
                "0404c0000201",
            })
    void invalidFrameGetsNoAnswerAndMakesNoPeer(String hex) {
        alice.sends(HexFormat.of().parseHex(hex));
        node.pass(2_000);

        assertThat(node.out()).isEmpty();
        assertThat(node.sizes().peers()).isZero();
    }

    @Test
    void invalidFrameIsNoLifeOfItsSource() {
        alice.keepsAlive();
        node.pass(9_000);
        alice.sends(new byte[] {7});
        node.pass(2_000);

        assertThat(node.events()).contains("lost alice");
    }

    @Test
    void nodeServesOnAfterAnInvalidFrame() {
        node.put(KEY, HELLO);
        alice.sends(new byte[0]);
        alice.gets(KEY);

        assertThat(node.said()).containsExactly("Put 2a hello to alice");
    }

    @Test
    void strangersKeepAliveCarriesOurNameThreeTimesAndThenEveryTenthTime() {
        List<String> expected = Stream.iterate(0, n -> n < 22, n -> n + 1)
                .map(n -> (n + 1) * 1_000 + (n < 3 || n % 10 == 0 ? " +KeepAlive [Hello 4000]" : " KeepAlive")
                        + " to alice")
                .toList();
        for (int second = 0; second < 22; second++) {
            alice.keepsAlive();
            node.pass(1_000);
        }

        assertThat(node.signsOfLifeWhen()).isEqualTo(expected);
    }

    @Test
    void keepAliveToANeighbourAlwaysCarriesTheSumOfOurTable() {
        for (int second = 0; second < 12; second++) {
            alice.greets();
            node.pass(1_000);
        }

        assertThat(node.signsOfLifeWhen().subList(0, 3))
                .containsExactly(
                        "0 +KeepAlive [Hello 4000] [Root 0] to alice",
                        "1000 +KeepAlive [Hello 4000] [Root 0] to alice",
                        "2000 +KeepAlive [Hello 4000] [Root 0] to alice");
    }

    @Test
    void ourNameIsToldThreeTimesAndEveryTenthToWhoHasToldHis() {
        for (int second = 0; second < 12; second++) {
            alice.greets();
            node.pass(1_000);
        }

        assertThat(node.signsOfLifeWhen().subList(3, 13))
                .allMatch(line -> line.endsWith((line.startsWith("10000 ") ? " +KeepAlive [Hello 4000]" : " +KeepAlive")
                        + " [Root 0] to alice"));
    }

    @Test
    void ourNameIsToldUntilTheOtherOneHasToldHis() {
        for (int second = 0; second < 12; second++) {
            alice.tells(Message.KEEP_ALIVE);
            node.pass(1_000);
        }

        assertThat(node.signsOfLifeWhen())
                .hasSize(12)
                .allMatch(line -> line.endsWith(" +KeepAlive [Hello 4000] [Root 0] to alice"));
    }

    @Test
    void frameWithoutNameIsNotBelievedOfWhoHasOne() {
        node.put(KEY, HELLO);
        alice.greets();
        node.out();
        alice.puts(KEY, OTHER);
        alice.gets(KEY);
        alice.has(Hash.parse("2b"));

        assertThat(node.out()).isEmpty();
        assertThat(node.held(KEY)).isEqualTo("hello");
        assertThat(node.counted(Counter.CLASSIC_FRAMES_OF_OURS)).isEqualTo(3);
    }

    @Test
    void whoHasShownNoNameForThirtySecondsMayBeAnybody() {
        alice.greets();
        for (int second = 0; second < 31; second++) {
            node.pass(1_000);
            alice.keepsAlive();
        }
        node.out();
        alice.puts(KEY, HELLO);

        assertThat(node.out()).containsExactly("IHave 2a to alice", "stored 2a hello");
        assertThat(node.kinds()).containsExactly(PeerKind.UNDECIDED);
    }

    @Test
    void allButKeepAlivesIsCanonicalTowardStrangers() {
        alice.has(KEY);
        alice.puts(KEY, HELLO);
        alice.gets(KEY);

        assertThat(node.said()).containsExactly("Get 2a to alice", "IHave 2a to alice", "Put 2a hello to alice");
    }

    @Test
    void strangerIsUndecidedForFourSecondsAndThenAnOriginal() {
        alice.keepsAlive();
        node.pass(3_999);
        assertThat(node.kinds()).containsExactly(PeerKind.UNDECIDED);
        node.pass(1);

        assertThat(node.kinds()).containsExactly(PeerKind.ORIGINAL);
    }

    @Test
    void whoEverSentAnExtensionIsOneOfOurs() {
        alice.keepsAlive();
        alice.tells(Message.KEEP_ALIVE);
        alice.keepsAlive();
        node.pass(5_000);

        assertThat(node.kinds()).containsExactly(PeerKind.CAPABLE);
    }

    @Test
    void goodbyeIsSaidToOursAlone() {
        alice.tells(Message.KEEP_ALIVE);
        bob.keepsAlive();
        node.out();
        node.leave();

        assertThat(node.out()).containsExactly("+KeepAlive LEAVING to alice");
    }

    @Test
    void lateTickMakesUpForNothing() {
        alice.keepsAlive();
        node.sleep(1_900);
        node.tick();
        node.tick();
        node.pass(1_000);

        assertThat(node.signsOfLifeWhen())
                .containsExactly("1900 +KeepAlive [Hello 4000] to alice", "2000 +KeepAlive [Hello 4000] to alice");
    }

    @Test
    void nameWithoutNumberIsNoName() {
        alice.withId(0).tells(Header.FLAG_CLIENT, Message.KEEP_ALIVE);

        assertThat(node.kinds()).containsExactly(PeerKind.UNDECIDED);
    }
}
