package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;

/** What a client does whatever it asks, and how it gets: addresses in turn, answers from those alone. */
class ClientTest {

    private static final Meta NOTHING = Meta.nothing(KEY);

    private final ClientFixture client = new ClientFixture();
    private final Far alice = client.udp("alice");
    private final Far bob = client.udp("bob");
    private final Far carol = client.udp("carol");
    private final Far stream = client.tcp("stream");

    @Test
    void getSaysWhatItIsBeforeItAsks() {
        client.get(1, KEY, alice);

        assertThat(client.out()).containsExactly("+KeepAlive CLIENT [Ask 2a] [Token] to alice", "Get 2a to alice");
    }

    @Test
    void getWaitsForThePutWithItsHash() {
        client.get(1, KEY, alice);
        client.out();
        alice.puts(Hash.parse("2b"), HELLO);
        alice.has(KEY);
        assertThat(client.out()).isEmpty();
        alice.puts(KEY, HELLO);

        assertThat(client.out()).containsExactly("finished 1 FOUND hello");
    }

    @Test
    void nothingHappensAfterTheAnswer() {
        client.get(1, KEY, alice, bob);
        alice.puts(KEY, HELLO);
        client.out();
        alice.puts(KEY, HELLO);
        client.pass(10_000);

        assertThat(client.out()).isEmpty();
    }

    @Test
    void questionIsRepeatedUntilTheTimeout() {
        client.get(1, KEY, alice);
        client.pass(5_000);
        List<String> all = client.saidWhen();

        assertThat(all.stream().filter(line -> line.contains(" Get")))
                .containsExactly(
                        "0 Get 2a to alice",
                        "250 Get 2a to alice",
                        "750 Get 2a to alice",
                        "1750 Get 2a to alice",
                        "2750 Get 2a to alice",
                        "3750 Get 2a to alice",
                        "4750 Get 2a to alice");
    }

    @Test
    void silenceEndsInATimeout() {
        client.get(1, KEY, alice);
        client.pass(4_999);
        assertThat(client.events()).isEmpty();
        client.pass(1);

        assertThat(client.events()).containsExactly("finished 1 TIMEOUT");
    }

    @Test
    void oneOfOursSaysNoAndItIsDefinite() {
        client.get(1, KEY, alice);
        client.out();
        alice.answers(NOTHING);

        assertThat(client.out()).containsExactly("finished 1 MISS");
    }

    @Test
    void oneOfOursThatHasItIsWaitedFor() {
        client.get(1, KEY, alice);
        client.out();
        alice.answers(new Meta(KEY, clock(), 2, 60, 4));
        client.pass(1_000);

        assertThat(client.events()).isEmpty();
    }

    @Test
    void whatIsRemovedIsAMiss() {
        client.get(1, KEY, alice);
        client.out();
        alice.answers(Meta.removal(KEY, clock()));

        assertThat(client.out()).containsExactly("finished 1 MISS");
    }

    @Test
    void whatHasEndedByTheNodesOwnClockIsAMiss() {
        client.get(1, KEY, alice);
        client.pass(1_999);
        alice.answers(new Meta(KEY, MachineFixture.START.unixMillis() << 16, 2, 2, 4));
        assertThat(client.events()).isEmpty();
        client.pass(1);
        alice.answers(new Meta(KEY, MachineFixture.START.unixMillis() << 16, 2, 2, 4));

        assertThat(client.events()).containsExactly("finished 1 MISS");
    }

    private long clock() {
        return client.now().unixMillis() << 16;
    }

    @Test
    void originalSaysNoByASignOfLifeWellAfterTheSecondQuestion() {
        client.get(1, KEY, alice);
        client.pass(249);
        alice.keepsAlive();
        client.pass(150);
        alice.keepsAlive();
        assertThat(client.events()).isEmpty();
        client.pass(1);
        alice.keepsAlive();

        assertThat(client.out()).containsExactly("finished 1 MISS");
    }

    @Test
    void signsOfLifeThatComeRightBehindEachQuestionAreANoAsWell() {
        client.get(1, KEY, alice);
        client.pass(800);
        alice.keepsAlive();

        assertThat(client.events()).containsExactly("finished 1 MISS");
    }

    @Test
    void signOfLifeOfOneOfOursIsNoNo() {
        client.get(1, KEY, alice);
        alice.tells(KEEP_ALIVE);
        client.pass(700);
        alice.keepsAlive();

        assertThat(client.events()).isEmpty();
    }

    @Test
    void answersAreTakenFromAskedAddressesAlone() {
        client.get(1, KEY, alice);
        client.out();
        bob.puts(KEY, HELLO);
        bob.answersTo(client.nonceOfLastQuestion(alice.path()), NOTHING);

        assertThat(client.out()).isEmpty();
    }

    @Test
    void addressNotYetAskedCannotAnswer() {
        client.get(1, KEY, alice, bob);
        client.out();
        bob.puts(KEY, HELLO);

        assertThat(client.out()).isEmpty();
    }

    @Test
    void addressesAreTriedThreeTenthsOfASecondApart() {
        client.get(1, KEY, alice, bob, carol);
        client.pass(700);

        assertThat(client.saidWhen().stream().filter(line -> line.contains(" Get")))
                .containsExactly(
                        "0 Get 2a to alice",
                        "250 Get 2a to alice",
                        "300 Get 2a to bob",
                        "550 Get 2a to bob",
                        "600 Get 2a to carol");
    }

    @Test
    void refusalLetsTheNextAddressBeTriedAtOnce() {
        client.get(1, KEY, alice, bob, carol);
        client.out();
        client.closed(alice);

        assertThat(client.said()).containsExactly("+KeepAlive CLIENT [Ask 2a] [Token] to bob", "Get 2a to bob");
    }

    @Test
    void refusedAddressIsNotAskedAgain() {
        client.get(1, KEY, alice, bob);
        client.closed(alice);
        client.out();
        client.pass(4_900);

        assertThat(client.said()).isNotEmpty().allMatch(line -> line.endsWith(" to bob"));
    }

    @Test
    void refusalOfAllAddressesIsUnreachable() {
        client.get(1, KEY, alice, bob);
        client.closed(alice);
        client.out();
        client.closed(bob);

        assertThat(client.out()).containsExactly("finished 1 UNREACHABLE");
    }

    @Test
    void otherAddressMayAnswer() {
        client.get(1, KEY, alice, bob);
        client.pass(300);
        client.out();
        bob.puts(KEY, HELLO);

        assertThat(client.out()).containsExactly("finished 1 FOUND hello");
    }

    @Test
    void requestsAreIndependent() {
        client.get(1, KEY, alice);
        client.get(2, Hash.parse("2b"), alice);
        client.out();
        alice.puts(Hash.parse("2b"), HELLO);

        assertThat(client.out()).containsExactly("finished 2 FOUND hello");
    }

    @Test
    void invalidFrameIsNoAnswer() {
        client.discover(1, List.of(bob.address()), alice);
        client.out();
        alice.sends(new byte[] {5});

        assertThat(client.out()).isEmpty();
    }

    @Test
    void streamIsGreetedFirst() {
        client.get(1, KEY, stream);

        assertThat(client.out())
                .containsExactly(
                        "+KeepAlive CLIENT [Hello 0] to stream",
                        "+KeepAlive CLIENT [Ask 2a] to stream",
                        "Get 2a to stream");
    }

    @Test
    void streamsAreClosedInTheEnd() {
        client.get(1, KEY, stream);
        client.out();
        client.leave();

        assertThat(client.out()).containsExactly("disconnect stream");
    }

    @Test
    void whoConnectsToAClientIsHungUpOn() {
        client.accepted(stream);

        assertThat(client.out()).containsExactly("disconnect stream");
    }

    @Test
    void messagesThatAnswerNothingAreIgnored() {
        client.get(1, KEY, alice);
        client.out();
        alice.gets(KEY);
        alice.says(new Message.Discover(bob.address()));

        assertThat(client.out()).isEmpty();
    }

    @Test
    void answerToAnotherQuestionIsNoAnswer() {
        client.get(1, KEY, alice);
        client.out();
        alice.answersTo(Hash.parse("77"), NOTHING);

        assertThat(client.out()).isEmpty();
    }
}
