package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.ContentDigest;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** How a client puts and discovers: acknowledged, repeated, declined, and never so that an original dies of it. */
class ClientTellingTest {

    private static final Meta NOTHING = Meta.nothing(KEY);
    private static final NetAddress SIX = MachineFixture.address6(9);
    private static final NetAddress FOUR = MachineFixture.address(9);

    private final ClientFixture client = new ClientFixture();
    private final Far alice = client.udp("alice");
    private final Far bob = client.udp("bob");

    @Test
    void putSaysWhatItIsBeforeItTells() {
        client.put(1, KEY, HELLO, alice);

        assertThat(client.out())
                .containsExactly(
                        "+KeepAlive CLIENT [Token] to alice",
                        "Put 2a hello to alice",
                        "+KeepAlive CLIENT [Ask 2a] [Token] to alice");
    }

    @Test
    void putIsDoneWithTheAnnouncementOfItsHash() {
        client.put(1, KEY, HELLO, alice);
        client.out();
        alice.has(Hash.parse("2b"));
        alice.keepsAlive();
        assertThat(client.out()).isEmpty();
        alice.has(KEY);

        assertThat(client.out()).containsExactly("finished 1 DONE");
    }

    @Test
    void putIsDoneWhenOneOfOursHoldsThatVeryContent() {
        client.put(1, KEY, HELLO, alice);
        client.out();
        alice.answers(holding(OTHER));
        assertThat(client.out()).isEmpty();
        alice.answers(holding(HELLO));

        assertThat(client.out()).containsExactly("finished 1 DONE");
    }

    @Test
    void announcementFromAnotherAddressIsNoAcknowledgement() {
        client.put(1, KEY, HELLO, alice);
        client.out();
        bob.has(KEY);

        assertThat(client.out()).isEmpty();
    }

    @Test
    void putToAnUnknownNodeIsRepeatedAfterOneAndAHalfSecondsAtTheEarliest() {
        client.put(1, KEY, HELLO, alice);
        client.pass(5_000);

        assertThat(client.saidWhen().stream().filter(line -> line.contains(" Put")))
                .containsExactly("0 Put 2a hello to alice", "1750 Put 2a hello to alice", "3750 Put 2a hello to alice");
    }

    @Test
    void putToOneOfOursIsRepeatedWithTheNextQuestion() {
        client.put(1, KEY, HELLO, alice);
        alice.answers(NOTHING);
        client.pass(600);

        assertThat(client.saidWhen().stream().filter(line -> line.contains(" Put")))
                .containsExactly("0 Put 2a hello to alice", "250 Put 2a hello to alice");
    }

    @Test
    void oneOfOursDeclinesByLackingItAfterTheSecondPut() {
        client.put(1, KEY, HELLO, alice);
        alice.answers(NOTHING);
        client.pass(399);
        alice.answers(NOTHING);
        assertThat(client.events()).isEmpty();
        client.pass(1);
        alice.answers(NOTHING);

        assertThat(client.events()).containsExactly("finished 1 DECLINED");
    }

    @Test
    void oneOfOursThatKeepsTheOldContentDeclines() {
        client.put(1, KEY, HELLO, alice);
        alice.answers(holding(OTHER));
        client.pass(400);
        alice.answers(holding(OTHER));

        assertThat(client.events()).containsExactly("finished 1 DECLINED");
    }

    @Test
    void putThatNobodyAcknowledgesIsATimeout() {
        client.put(1, KEY, HELLO, alice);
        alice.keepsAlive();
        client.pass(5_000);

        assertThat(client.events()).containsExactly("finished 1 TIMEOUT");
    }

    @Test
    void putGoesToTheNextAddressWhenOneIsRefused() {
        client.put(1, KEY, HELLO, alice, bob);
        client.out();
        client.closed(alice);

        assertThat(client.said()).contains("Put 2a hello to bob");
    }

    @Test
    void discoverIsDoneWithAnySignOfLife() {
        client.discover(1, List.of(FOUR), alice);
        assertThat(client.out())
                .containsExactly(
                        "+KeepAlive CLIENT [Token] to alice",
                        "Discover 10.0.2.9:4000 to alice",
                        "+KeepAlive PROBE CLIENT [Token] to alice");
        alice.keepsAlive();

        assertThat(client.out()).containsExactly("finished 1 DONE");
    }

    @Test
    void discoverToAnUnknownNodeIsRepeatedAfterOneAndAHalfSecondsAtTheEarliest() {
        client.discover(1, List.of(FOUR), alice);
        client.pass(5_000);

        assertThat(client.saidWhen().stream().filter(line -> line.contains(" Discover")))
                .containsExactly(
                        "0 Discover 10.0.2.9:4000 to alice",
                        "1750 Discover 10.0.2.9:4000 to alice",
                        "3750 Discover 10.0.2.9:4000 to alice");
    }

    @Test
    void addressOfTheFamilyOfTheAskedNodeIsTold() {
        client.discover(1, List.of(SIX, FOUR), alice);

        assertThat(client.said()).contains("Discover 10.0.2.9:4000 to alice");
    }

    @Test
    void unknownNodeIsNotToldAnAddressOfAnotherFamily() {
        client.discover(1, List.of(SIX), alice);
        client.pass(5_000);

        assertThat(client.said()).isNotEmpty().noneMatch(line -> line.startsWith("Discover"));
    }

    @Test
    void oneOfOursIsToldAnAddressOfAnyFamily() {
        client.discover(1, List.of(SIX), alice);
        alice.showsCookie();
        alice.tells(KEEP_ALIVE);
        assertThat(client.events()).isEmpty();
        client.pass(250);
        assertThat(client.said()).contains("Discover [2001:db8::9]:4000 to alice");
        alice.tells(KEEP_ALIVE);

        assertThat(client.out()).containsExactly("finished 1 DONE");
    }

    @Test
    void originalDeclinesWhatItWouldDieOf() {
        client.discover(1, List.of(SIX), alice);
        client.pass(400);
        client.out();
        alice.keepsAlive();

        assertThat(client.out()).containsExactly("finished 1 DECLINED");
    }

    @Test
    void whatWasSaidBeforeTheSecondPutDeclinesNothing() {
        client.put(1, KEY, HELLO, alice);
        Hash earlier = client.nonceOfLastQuestion(alice.path());
        alice.answers(NOTHING);
        client.pass(450);
        alice.answersTo(earlier, NOTHING);

        assertThat(client.events()).isEmpty();
    }

    private static Meta holding(Content content) {
        return new Meta(KEY, 1, ContentDigest.of(content), 60, content.size());
    }
}
