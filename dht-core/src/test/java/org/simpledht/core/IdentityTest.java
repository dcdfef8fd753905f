package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.UDP;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Message;

/** One node is one peer, under whatever addresses it is met; and this node is nobody's peer of its own. */
class IdentityTest {

    private static final long CLOCK = MachineFixture.START.unixMillis() << 16;

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far alice6 =
            node.neighbour("alice6", new Path(UDP, MachineFixture.address6(1))).withId(9);
    private final Far alice4 = node.udp("alice4").withId(9);

    @Test
    void oneNodeUnderTwoAddressesIsOnePeer() {
        alice4.tells(KEEP_ALIVE);
        alice6.tells(KEEP_ALIVE);
        node.pass(1_000);

        assertThat(node.out()).containsExactly("joined alice4", "+KeepAlive [Hello 4000] [Root 0] to alice4");
        assertThat(node.sizes().peers()).isEqualTo(1);
    }

    @Test
    void whatSeemedToBeTwoBecomesOne() {
        alice4.tells(KEEP_ALIVE);
        alice6.keepsAlive();
        node.out();
        alice6.tells(KEEP_ALIVE);
        node.pass(1_000);

        assertThat(node.out()).containsExactly("lost alice6", "+KeepAlive [Hello 4000] [Root 0] to alice4");
    }

    @Test
    void otherAddressThatWasToldOfIsNotContactedAgainOnceItIsKnownAsTheSame() {
        alice4.tells(KEEP_ALIVE);
        node.discover(alice6);
        assertThat(node.out()).containsExactly("joined alice4", "+KeepAlive [Hello 4000] to alice6");
        alice6.tells(KEEP_ALIVE);
        node.discover(alice6);
        node.pass(1_000);

        assertThat(node.signsOfLifeWhen())
                .containsExactly(
                        "0 +KeepAlive [Hello 4000] [Root 0] to alice4",
                        "1000 +KeepAlive [Hello 4000] [Root 0] to alice4");
    }

    @Test
    void writeGoesOnceToANodeWithTwoAddresses() {
        alice4.tells(KEEP_ALIVE);
        alice6.tells(KEEP_ALIVE);
        node.put(KEY, HELLO);

        assertThat(node.said()).containsExactly("+KeepAlive [Push 2a hello] [Flow] to alice4");
    }

    @Test
    void allThatANeighbourAsksForGoesByTheOnePathInUse() {
        alice4.tells(KEEP_ALIVE);
        node.put(KEY, HELLO);
        node.out();
        alice6.tells(new Message.Get(KEY));
        alice6.tells(KEEP_ALIVE, new ExtensionRecord.Ask(List.of(KEY)));

        assertThat(node.said())
                .containsExactly("+KeepAlive [Push 2a hello] [Flow] to alice4", "+KeepAlive [has 2a] to alice4");
    }

    @Test
    void probeIsAnsweredByThePathThatItCameBy() {
        alice4.tells(KEEP_ALIVE);
        alice6.tells(Header.FLAG_PROBE, KEEP_ALIVE);

        assertThat(node.out()).containsExactly("joined alice4", "+KeepAlive to alice6");
    }

    @Test
    void answerToAClientGoesBackByThePathOfTheQuestion() {
        alice4.tells(Header.FLAG_CLIENT, KEEP_ALIVE);
        node.put(KEY, HELLO);
        node.out();
        alice6.tells(Header.FLAG_CLIENT, new Message.Get(KEY));
        alice6.tells(Header.FLAG_CLIENT, KEEP_ALIVE, new ExtensionRecord.Ask(List.of(KEY)));

        assertThat(node.said()).containsExactly("+Put 2a hello to alice6", "+KeepAlive [has 2a] to alice6");
    }

    @Test
    void acknowledgementToAClientGoesBackByThePathOfThePut() {
        alice4.tells(Header.FLAG_CLIENT, KEEP_ALIVE);
        alice6.tells(Header.FLAG_CLIENT, new Message.Put(KEY, HELLO));

        assertThat(node.said()).containsExactly("+IHave 2a to alice6");
    }

    @Test
    void neighbourThatTurnsOutToBeAClientIsOneFromThenOn() {
        alice.tells(KEEP_ALIVE);
        alice.tells(Header.FLAG_CLIENT, KEEP_ALIVE);
        node.out();
        alice.gets(KEY);
        node.put(KEY, HELLO);

        assertThat(node.said()).containsExactly("+Put 2a hello to alice");
    }

    @Test
    void ownNodeIdIsNobodysPeer() {
        Far mirror = node.udp("mirror").withId(NodeFixture.OWN_ID);
        mirror.tells(new Message.Put(KEY, HELLO));
        node.pass(1_000);

        assertThat(node.out()).isEmpty();
        assertThat(node.held(KEY)).isEqualTo("nothing");
        assertThat(node.counted(Counter.FRAMES_FROM_SELF)).isEqualTo(1);
    }

    @Test
    void ownAddressIsNotContactedAgainOnceItIsRecognised() {
        Far mirror = node.udp("mirror").withId(NodeFixture.OWN_ID);
        node.discover(mirror);
        assertThat(node.out()).containsExactly("+KeepAlive [Hello 4000] to mirror");
        mirror.tells(KEEP_ALIVE);
        alice.says(new Message.Discover(mirror.address()));
        node.discover(mirror);
        node.pass(2_000);

        assertThat(node.out())
                .containsExactly(
                        "joined alice", "+KeepAlive [Hello 4000] to alice", "+KeepAlive [Hello 4000] to alice");
        assertThat(node.sizes().candidates()).isZero();
    }

    @Test
    void addressIsTakenOverByAnotherProcess() {
        alice.withId(1).tells(KEEP_ALIVE);
        node.out();
        alice.withId(2).tells(KEEP_ALIVE);
        node.pass(1_000);

        assertThat(node.out())
                .containsExactly("lost alice", "joined alice", "+KeepAlive [Hello 4000] [Root 0] to alice");
        assertThat(node.sizes().peers()).isEqualTo(1);
    }

    @Test
    void whoLosesOneOfTwoAddressesToAnotherProcessStaysUnderTheOther() {
        alice4.tells(KEEP_ALIVE);
        alice6.tells(KEEP_ALIVE);
        alice4.withId(77).tells(KEEP_ALIVE);
        node.out();
        node.pass(1_000);

        assertThat(node.out())
                .containsExactly(
                        "+KeepAlive [Hello 4000] [Root 0] to alice6", "+KeepAlive [Hello 4000] [Root 0] to alice4");
    }

    @Test
    void lateFrameOfAnEarlierProcessDoesNotDisplaceThePresentOne() {
        alice.withId(1).tellsAt(CLOCK + 1, 0, KEEP_ALIVE);
        alice.withId(2).tellsAt(CLOCK + 9_000, 0, KEEP_ALIVE);
        node.out();
        node.pass(2_999);
        alice.withId(1).tellsAt(CLOCK + 2, Header.FLAG_LEAVING, KEEP_ALIVE);

        assertThat(node.events()).isEmpty();
        assertThat(node.sizes().peers()).isEqualTo(1);
    }

    @Test
    void lateContentOfAnEarlierProcessIsNoFreshWrite() {
        alice.withId(1).tellsAt(CLOCK + 1, 0, KEEP_ALIVE);
        alice.withId(2).tellsAt(CLOCK + 9_000, 0, KEEP_ALIVE);
        alice.withId(1).tellsAt(CLOCK + 2, 0, new Message.Put(MachineFixture.KEY, MachineFixture.HELLO));

        assertThat(node.machine().store().meta(MachineFixture.KEY).isNothing()).isTrue();
    }

    @Test
    void processWhoseClockWasPutBackTakesOverWhereTheEarlierOneIsSilent() {
        alice.withId(1).tellsAt(CLOCK + 9_000, 0, KEEP_ALIVE);
        node.out();
        node.pass(2_000);
        alice.withId(2).tellsAt(CLOCK + 1, 0, KEEP_ALIVE);
        assertThat(node.events()).isEmpty();
        node.pass(1_000);
        alice.withId(2).tellsAt(CLOCK + 2, 0, KEEP_ALIVE);

        assertThat(node.events()).containsExactly("lost alice", "joined alice");
    }

    @Test
    void whatIsLongPastDisplacesNobodyWhoIsSilentForAMoment() {
        node.pass(30_000);
        alice.withId(2).tellsAt(CLOCK + (30_000L << 16), 0, KEEP_ALIVE);
        node.out();
        node.pass(9_000);
        alice.withId(1).tellsAt(CLOCK + (19_999L << 16), 0, KEEP_ALIVE);
        assertThat(node.events()).isEmpty();
        alice.withId(1).tellsAt(CLOCK + (20_000L << 16), 0, KEEP_ALIVE);

        assertThat(node.events()).containsExactly("lost alice", "joined alice", "noticed CLOCKS_DIFFER of alice");
    }

    @Test
    void processWhoseClockWentFarBackIsMetWhenThePredecessorIsGone() {
        node.pass(30_000);
        alice.withId(1).tellsAt(CLOCK + (30_000L << 16), 0, KEEP_ALIVE);
        node.out();
        for (int i = 0; i < 12; i++) {
            node.pass(1_000);
            alice.withId(2).tellsAt(CLOCK + (i << 16), 0, KEEP_ALIVE);
        }

        assertThat(node.events()).containsExactly("lost alice", "joined alice", "noticed CLOCKS_DIFFER of alice");
    }

    @Test
    void restartedNodeCountsFromTheBeginning() {
        alice.withId(1).tellsAt(CLOCK + 9_000, 0, KEEP_ALIVE);
        alice.withId(2).tellsAt(CLOCK + 1, Header.FLAG_PROBE, KEEP_ALIVE);

        assertThat(node.signsOfLifeWhen()).containsExactly("0 +KeepAlive to alice");
    }

    @Test
    void clientIsNobodysPeer() {
        alice.tells(Header.FLAG_CLIENT, new Message.Put(KEY, HELLO));
        node.pass(2_000);
        node.put(KEY, MachineFixture.OTHER);

        assertThat(node.out()).containsExactly("+IHave 2a to alice", "stored 2a hello", "stored 2a other");
        assertThat(node.sizes().peers()).isZero();
    }

    @Test
    void clientThatSpokeBeforeItSaidWhatItIsIsTakenBackOnce() {
        alice.gets(KEY);
        alice.tells(Header.FLAG_CLIENT, KEEP_ALIVE);
        alice.tells(Header.FLAG_CLIENT, KEEP_ALIVE);
        node.pass(15_000);

        assertThat(node.events()).containsExactly("joined alice", "lost alice");
    }

    @Test
    void everyJoinIsTakenBackOnceWhateverAPeerSaysOfItself() {
        for (int i = 0; i < 3; i++) {
            alice.tells(KEEP_ALIVE);
            alice.tells(Header.FLAG_CLIENT, KEEP_ALIVE);
        }
        node.pass(15_000);

        assertThat(node.events())
                .containsExactly(
                        "joined alice", "lost alice", "joined alice", "lost alice", "joined alice", "lost alice");
    }

    @Test
    void waitingGetOfAClientIsAnsweredWithOurName() {
        alice.tells(Header.FLAG_CLIENT, new Message.Get(KEY));
        node.put(KEY, HELLO);

        assertThat(node.said()).containsExactly("+Put 2a hello to alice");
    }

    @Test
    void leavingPeerIsDroppedAtOnce() {
        alice.tells(KEEP_ALIVE);
        node.out();
        alice.tells(Header.FLAG_LEAVING, KEEP_ALIVE);
        node.pass(2_000);

        assertThat(node.out()).containsExactly("lost alice");
    }

    @Test
    void leavingWithAnOlderClockDoesNotCount() {
        alice.tellsAt(CLOCK + 500, 0, KEEP_ALIVE);
        alice.tellsAt(CLOCK + 500, Header.FLAG_LEAVING, KEEP_ALIVE);
        alice.tellsAt(CLOCK + 499, Header.FLAG_LEAVING, KEEP_ALIVE);

        assertThat(node.out()).containsExactly("joined alice");
    }

    @Test
    void probeWithAnOlderClockIsNotAnswered() {
        alice.tellsAt(CLOCK + 500, 0, KEEP_ALIVE);
        alice.tellsAt(CLOCK + 499, Header.FLAG_PROBE, KEEP_ALIVE);

        assertThat(node.out()).containsExactly("joined alice");
    }

    @Test
    void clockFarAheadDoesNotMakeAllThatFollowsLookOld() {
        alice.tellsAt(Long.MIN_VALUE, 0, KEEP_ALIVE);
        alice.tellsAt(CLOCK + 500, Header.FLAG_LEAVING, KEEP_ALIVE);

        assertThat(node.out())
                .containsExactly(
                        "joined alice",
                        "noticed CLOCKS_DIFFER of alice",
                        "noticed CLOCKS_AGREE of alice",
                        "lost alice");
    }

    @Test
    void oldFrameStillCountsAsLife() {
        alice.tellsAt(CLOCK + 500, 0, KEEP_ALIVE);
        node.pass(9_000);
        alice.tellsAt(CLOCK + 400, 0, KEEP_ALIVE);
        node.pass(10_000);

        assertThat(node.events()).containsExactly("joined alice");
    }
}
