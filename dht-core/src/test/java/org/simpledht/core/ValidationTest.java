package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;

/** Whoever speaks from an address shows first that it receives there, too (docs/PROTOCOL.md, "Validation"). */
class ValidationTest extends WaryFixture {

    // With an extension

    @Test
    void firstContactIsAnsweredWithCookiesAndNothingElse() {
        alice.says(THEIR_COOKIE);
        alice.greets();

        assertThat(node.out()).containsExactly("+KeepAlive [Token] to alice");
        assertThat(node.sizes().peers()).isZero();
        assertThat(node.bytes()).last().asString().contains("0000000000c0ffee");
    }

    @Test
    void whoShowsItsCookieIsMet() {
        alice.says(THEIR_COOKIE);
        alice.greets();
        alice.showsCookie();
        alice.greets();

        assertThat(node.events()).containsExactly("joined alice");
        assertThat(node.kinds()).containsExactly(PeerKind.CAPABLE);
    }

    @Test
    void whoHasShownItIsToldNoMoreUntilTheNextMinute() {
        meets(alice);
        node.pass(1_000);
        assertThat(node.out()).noneMatch(line -> line.contains("[Token]"));

        for (int second = 0; second < 60; second++) {
            node.pass(1_000);
            alice.greets();
        }
        assertThat(node.out()).anyMatch(line -> line.contains("[Token]"));
    }

    @Test
    void aTokenThatIsNotOursChangesNothing() {
        meets(alice);
        Meta meta = node.written(KEY, HELLO);
        Far mallory = node.neighbour("mallory", alice.path()).withId(1_000 + "alice".hashCode());
        for (long token : new long[] {0, 1, alice.cookie() + 1, THEIR_COOKIE}) {
            mallory.tellsWithToken(
                    node.nextHeaderClock(),
                    token,
                    Header.FLAG_LEAVING,
                    KEEP_ALIVE,
                    new ExtensionRecord.Push(meta.key(), meta.clock(), meta.life(), HELLO));
        }

        assertThat(node.out()).containsOnly("+KeepAlive [Token] to mallory");
        assertThat(node.held(KEY)).isEqualTo("nothing");
        assertThat(node.sizes().peers()).isEqualTo(1);
        assertThat(node.counted(Counter.UNPROVEN_FRAMES)).isEqualTo(5);
    }

    @Test
    void aTokenOfAnotherAddressChangesNothing() {
        meets(alice);
        Far bob = node.udp("bob");
        bob.tellsWithToken(node.nextHeaderClock(), alice.cookie(), 0, KEEP_ALIVE, MachineFixture.GREETING);

        assertThat(node.out()).containsExactly("+KeepAlive [Token] to bob");
    }

    @Test
    void whoSaysAForgedCookieInAnothersNameChangesNotWhatThatOneHears() {
        meets(alice);
        Far mallory = node.neighbour("mallory", alice.path()).withId(1_000 + "alice".hashCode());
        mallory.says(0xbad);
        mallory.tells(KEEP_ALIVE);
        node.out();
        node.pass(1_000);

        assertThat(node.bytes()).last().asString().contains("0000000000c0ffee");
    }

    @Test
    void carrierOfWhatDoesNotCountIsNotHeededEither() {
        alice.tells(
                new Message.Put(KEY, HELLO),
                new ExtensionRecord.Stamp(node.now().unixMillis() << 16, 60));
        alice.tells(new Message.Put(KEY, HELLO));

        assertThat(node.held(KEY)).isEqualTo("nothing");
    }

    @Test
    void whoHearsANewCookieRepeatsAtOnceWhatItHasToSay() {
        node.discover(alice);
        node.out();
        alice.says(THEIR_COOKIE);
        alice.showsCookie();
        alice.tells(KEEP_ALIVE);

        assertThat(node.said()).containsExactly("+KeepAlive [Hello 4000] [Root 0] [Token] to alice");
    }

    /** Somebody sends back all that is said to it from now on, as some services do. */
    private void echoes() {
        Deque<byte[]> echoes = new ArrayDeque<>();
        node.connect((to, bytes) -> echoes.add(bytes.clone()));
        node.pass(1_000);
        for (int i = 0; i < 10 && !echoes.isEmpty(); i++) {
            node.receive(alice.path(), echoes.poll());
        }
    }

    @Test
    void echoOfTheAnswerToAnEchoShowsNothing() {
        alice.tells(KEEP_ALIVE);
        alice.says(KEEP_ALIVE);
        echoes();

        assertThat(node.counted(Counter.FRAMES_FROM_SELF)).isPositive();
        assertThat(node.machine().hasShown(alice.path())).isFalse();
    }

    @Test
    void ownAddressIsRecognisedAllTheSame() {
        node.discover(alice);
        echoes();
        node.out();
        node.discover(alice);
        node.pass(5_000);

        assertThat(node.out()).isEmpty();
        assertThat(node.machine().hasShown(alice.path())).isFalse();
    }

    @Test
    void frameWithoutExtensionFromOneOfOursIsNoSignOfLife() {
        meets(alice);
        for (int second = 0; second < 12; second++) {
            node.pass(1_000);
            alice.says(KEEP_ALIVE);
        }

        assertThat(node.events()).contains("lost alice");
    }

    @Test
    void peerThatShowsAnOldCookieHearsTheNewOneInAFrameThatCountsThere() {
        meets(alice);
        alice.says(0);
        node.pass(200_000);
        meets(alice);
        alice.says(0);
        alice.tellsWithToken(node.nextHeaderClock(), 1, 0, KEEP_ALIVE);

        assertThat(node.out()).last().isEqualTo("+KeepAlive [Token] to alice");
        assertThat(node.bytes())
                .last()
                .asString()
                .as("or else it would not heed it")
                .contains("0000000000c0ffee");
    }

    // Without

    @Test
    void originalIsChallengedAndBecomesOneByItsAnswer() {
        alice.says(KEEP_ALIVE);
        assertThat(node.said()).hasSize(1).first().asString().startsWith("IHave ");
        node.pass(6_000);
        assertThat(node.kinds()).as("it has shown nothing").isEmpty();

        alice.says(new Message.Get(alice.challenge()));
        assertThat(node.events()).containsExactly("joined alice");
        assertThat(node.kinds()).containsExactly(PeerKind.ORIGINAL);
        assertThat(node.sizes().pendingGets()).as("it asked for no content").isZero();
    }

    @Test
    void originalThatHasShownItIsChallengedAgainBeforeItIsForgotten() {
        alice.says(KEEP_ALIVE);
        alice.says(new Message.Get(alice.challenge()));
        node.out();
        int challenges = 0;
        for (int second = 0; second < 1_200; second++) {
            alice.says(KEEP_ALIVE);
            node.pass(1_000);
            if (node.said().stream().anyMatch(line -> line.startsWith("IHave"))) {
                challenges++;
                alice.says(new Message.Get(alice.challenge()));
            }
            assertThat(node.sizes().peers()).isEqualTo(1);
        }

        assertThat(challenges).isBetween(3, 5);
    }

    @Test
    void echoOfAChallengeShowsNothing() {
        alice.says(KEEP_ALIVE);
        alice.says(new Message.IHave(alice.challenge()));
        alice.says(new Message.Put(alice.challenge(), HELLO));
        node.pass(6_000);

        assertThat(node.kinds()).isEmpty();
        assertThat(node.out()).noneMatch(line -> line.startsWith("Get"));
        assertThat(node.held(alice.challenge())).isEqualTo("nothing");
    }

    @Test
    void transportsHearWhoHasShownIt() {
        Far guest = node.udp("guest");
        guest.says(KEEP_ALIVE);
        guest.greets();
        meets(alice);
        NodeFixture trusting = new NodeFixture();
        Far trusted = trusting.udp("trusted");
        trusted.greets();

        assertThat(node.machine().hasShown(alice.path())).isTrue();
        assertThat(node.machine().hasShown(guest.path())).isFalse();
        assertThat(trusting.machine().hasShown(trusted.path()))
                .as("has nothing to show")
                .isFalse();
    }
}
