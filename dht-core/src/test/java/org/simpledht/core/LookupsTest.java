package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;

/** How a get of the application ends: found, miss, timeout or no peer, each when it is sure and not before. */
class LookupsTest {

    private static final Meta NOTHING = Meta.nothing(KEY);

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");

    @Test
    void whatIsHereIsFoundAtOnce() {
        node.put(KEY, HELLO);
        node.out();
        node.get(1, KEY, 5_000);

        assertThat(node.out()).containsExactly("finished 1 FOUND hello");
    }

    @Test
    void withoutAnybodyThereIsNoPeer() {
        node.get(1, KEY, 5_000);

        assertThat(node.out()).containsExactly("finished 1 NO_PEER");
    }

    @Test
    void oneOfOursIsAskedAndSaysNo() {
        alice.tells(KEEP_ALIVE);
        node.out();
        node.get(1, KEY, 5_000);
        assertThat(node.said()).containsExactly("+KeepAlive [Ask 2a] [Gets 2a] to alice");
        alice.answers(NOTHING);

        assertThat(node.out()).containsExactly("finished 1 MISS");
    }

    @Test
    void putOfAnybodyEndsItFound() {
        alice.tells(KEEP_ALIVE);
        node.get(1, KEY, 5_000);
        node.get(2, KEY, 5_000);
        node.out();
        bob.puts(KEY, HELLO);

        assertThat(node.events())
                .containsExactly("joined bob", "finished 1 FOUND hello", "finished 2 FOUND hello", "stored 2a hello");
    }

    @Test
    void ownPutEndsItFound() {
        alice.tells(KEEP_ALIVE);
        node.get(1, KEY, 5_000);
        node.put(KEY, HELLO);

        assertThat(node.events()).contains("finished 1 FOUND hello");
    }

    @Test
    void putOfAnotherHashEndsNothing() {
        alice.tells(KEEP_ALIVE);
        node.get(1, KEY, 5_000);
        alice.pushes(node.written(Hash.parse("2b"), HELLO), HELLO);

        assertThat(node.events()).contains("stored 2b hello").doesNotContain("finished 1 FOUND hello");
    }

    @Test
    void everyLivingPeerMustSayNo() {
        alice.tells(KEEP_ALIVE);
        bob.tells(KEEP_ALIVE);
        node.get(1, KEY, 5_000);
        node.out();
        alice.answers(NOTHING);
        assertThat(node.events()).isEmpty();
        bob.answers(NOTHING);

        assertThat(node.out()).containsExactly("finished 1 MISS");
    }

    @Test
    void noAboutAnotherHashIsNoAnswer() {
        alice.tells(KEEP_ALIVE);
        node.get(1, KEY, 5_000);
        node.out();
        alice.answers(Meta.nothing(Hash.parse("2b")));

        assertThat(node.out()).isEmpty();
    }

    @Test
    void questionIsRepeatedUntilItIsAnsweredAndEndsInATimeout() {
        alice.tells(KEEP_ALIVE);
        node.out();
        node.get(1, KEY, 3_000);
        node.pass(3_000);
        List<String> out = node.saidWhen();

        assertThat(out.stream().filter(line -> line.contains("Ask")))
                .containsExactly(
                        "0 +KeepAlive [Ask 2a] [Gets 2a] to alice",
                        "200 +KeepAlive [Ask 2a] [Gets 2a] to alice",
                        "600 +KeepAlive [Ask 2a] [Gets 2a] to alice",
                        "1400 +KeepAlive [Ask 2a] [Gets 2a] to alice",
                        "2400 +KeepAlive [Ask 2a] [Gets 2a] to alice");
    }

    @Test
    void silenceOfALivingPeerIsATimeoutAndNotBefore() {
        alice.tells(KEEP_ALIVE);
        node.out();
        node.get(1, KEY, 3_000);
        node.pass(2_999);
        assertThat(node.events()).isEmpty();
        node.pass(1);

        assertThat(node.out()).contains("finished 1 TIMEOUT");
        assertThat(node.sizes().lookups()).isZero();
    }

    @Test
    void lateNoStillEndsIt() {
        alice.tells(KEEP_ALIVE);
        node.get(1, KEY, 3_000);
        node.pass(2_500);
        node.out();
        alice.answers(NOTHING);

        assertThat(node.out()).containsExactly("finished 1 MISS");
    }

    @Test
    void originalSaysNoByASignOfLifeWellAfterTheSecondQuestion() {
        alice.becomesOriginal();
        node.out();
        node.get(1, KEY, 5_000);
        assertThat(node.said()).containsExactly("Get 2a to alice");
        node.pass(190);
        alice.keepsAlive();
        node.pass(159);
        alice.keepsAlive();
        assertThat(node.saidWhen()).containsExactly("4200 Get 2a to alice");
        node.pass(1);
        alice.keepsAlive();

        assertThat(node.out()).containsExactly("finished 1 MISS");
    }

    @Test
    void undecidedPeerIsAskedInBothLanguages() {
        alice.keepsAlive();
        node.out();
        node.get(1, KEY, 5_000);

        assertThat(node.said()).containsExactly("Get 2a to alice", "+KeepAlive [Ask 2a] to alice");
    }

    @Test
    void addressNeverHeardOfIsAskedTooAndBlocksNoMiss() {
        alice.tells(KEEP_ALIVE);
        node.discover(bob);
        node.out();
        node.get(1, KEY, 5_000);
        assertThat(node.said()).contains("Get 2a to bob", "+KeepAlive [Ask 2a] to bob");
        alice.answers(NOTHING);

        assertThat(node.out()).containsExactly("finished 1 MISS");
    }

    @Test
    void withNobodyButAddressesNeverHeardOfThereIsNoPeerInTheEnd() {
        node.discover(bob);
        node.get(1, KEY, 2_000);
        node.pass(1_999);
        assertThat(node.events()).isEmpty();
        node.pass(1);

        assertThat(node.events()).containsExactly("finished 1 NO_PEER");
    }

    @Test
    void peerThatJoinsMeanwhileIsAskedAndCounts() {
        alice.tells(KEEP_ALIVE);
        node.get(1, KEY, 5_000);
        bob.tells(KEEP_ALIVE);
        node.out();
        alice.answers(NOTHING);
        assertThat(node.events()).isEmpty();
        node.pass(1_000);
        assertThat(node.said()).contains("+KeepAlive [Ask 2a] [Gets 2a] to bob");
        bob.answers(NOTHING);

        assertThat(node.out()).containsExactly("finished 1 MISS");
    }

    @Test
    void lastSilentPeersDepartureLeavesAMiss() {
        alice.tells(KEEP_ALIVE);
        bob.tells(KEEP_ALIVE);
        node.get(1, KEY, 5_000);
        alice.answers(NOTHING);
        bob.tells(Header.FLAG_LEAVING, KEEP_ALIVE);
        node.pass(1_000);

        assertThat(node.events()).contains("finished 1 MISS");
    }

    @Test
    void departureOfEverybodyLeavesNoPeer() {
        alice.tells(KEEP_ALIVE);
        node.get(1, KEY, 5_000);
        alice.tells(Header.FLAG_LEAVING, KEEP_ALIVE);
        node.pass(1_000);

        assertThat(node.events()).contains("finished 1 NO_PEER");
    }

    @Test
    void clientIsNeitherAskedNorWaitedFor() {
        alice.tells(Header.FLAG_CLIENT, KEEP_ALIVE);
        node.out();
        node.get(1, KEY, 5_000);

        assertThat(node.out()).containsExactly("finished 1 NO_PEER");
    }

    @Test
    void whoTurnsOutToBeAClientIsNotWaitedFor() {
        alice.gets(KEY);
        bob.tells(KEEP_ALIVE);
        node.get(1, KEY, 3_000);
        alice.tells(Header.FLAG_CLIENT, KEEP_ALIVE);
        node.pass(1_000);
        node.out();
        bob.answers(NOTHING);

        assertThat(node.out()).containsExactly("finished 1 MISS");
    }

    @Test
    void holderThatIsFoundByItsMetaIsAskedForIt() {
        alice.tells(KEEP_ALIVE);
        node.get(1, KEY, 5_000);
        node.out();
        alice.answers(node.written(KEY, HELLO));
        node.pass(190);

        assertThat(node.said()).containsExactly("+KeepAlive [Gets 2a] to alice");
        assertThat(node.sizes().lookups()).isEqualTo(1);
    }

    @Test
    void whoHoldsWhatHasEndedOrWasRemovedHasNothing() {
        alice.tells(KEEP_ALIVE);
        node.get(1, KEY, 5_000);
        alice.answers(Meta.of(KEY, node.now().unixMillis() - 10_000 << 16, 10, HELLO));
        node.get(2, KEY, 5_000);
        alice.answers(Meta.removal(KEY, node.now().unixMillis() << 16));

        assertThat(node.events()).containsExactly("joined alice", "finished 1 MISS", "finished 2 MISS");
    }

    @Test
    void pushOfANeighbourEndsItFound() {
        alice.tells(KEEP_ALIVE);
        node.get(1, KEY, 5_000);
        node.out();
        alice.pushes(node.written(KEY, HELLO), HELLO);

        assertThat(node.events()).containsExactly("finished 1 FOUND hello", "stored 2a hello");
    }

    @Test
    void answerToAnEarlierGetIsNoAnswerToThisOne() {
        alice.tells(KEEP_ALIVE);
        node.get(1, KEY, 100);
        Hash earlier = node.nonceOfLastQuestion(alice.path());
        node.pass(150);
        node.get(2, KEY, 5_000);
        node.out();
        alice.answersTo(earlier, NOTHING);
        assertThat(node.out()).isEmpty();
        alice.answers(NOTHING);

        assertThat(node.out()).containsExactly("finished 2 MISS");
    }
}
