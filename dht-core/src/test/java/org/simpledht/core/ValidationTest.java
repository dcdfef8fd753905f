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
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Whoever speaks from an address shows first that it receives there, too (docs/PROTOCOL.md, "Validation"). */
class ValidationTest {

    private static final long THEIR_COOKIE = 0xc0ffee;

    private final NodeFixture node = new NodeFixture(wary());
    private final Far alice = node.udp("alice");

    static NodeSettings wary() {
        NodeSettings usual = NodeFixture.settings(0, NodeFixture.WIDE);
        return new NodeSettings(
                usual.nodeId(),
                usual.bindings(),
                List.of(),
                0,
                usual.keepAliveNanos(),
                usual.peerTimeoutNanos(),
                usual.pendingGetNanos(),
                usual.idleStreamNanos(),
                usual.leaseMillis(),
                NodeFixture.gate(List.of()),
                usual.cluster(),
                usual.keys(),
                usual.bounds());
    }

    /** It meets us as one of ours does. */
    private Far meets(Far far) {
        far.says(THEIR_COOKIE);
        far.greets();
        far.showsCookie();
        far.greets();
        far.greets();
        node.out();
        return far;
    }

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

    @Test
    void guestsAreServedWithinTheirBudgetAndMissNothing() {
        node.put(KEY, HELLO);
        alice.says(new Message.Get(KEY));
        alice.says(new Message.Put(new Hash(7), HELLO));

        assertThat(node.said()).containsExactly("Put 2a hello to alice", "IHave 7 to alice");
    }

    // What an address costs

    @Test
    void atMostThreeTimesOfWhatCameGoesToAGuestBeyondTheBudget() {
        Content large = Content.of(new byte[60_000]);
        node.put(KEY, large);
        long sent = 0;
        for (int i = 0; i < 2_000; i++) {
            alice.says(new Message.Get(KEY));
            sent += 9;
            node.pass(10);
        }
        long seconds = node.millis() / 1_000;

        assertThat(alice.heardBytes()).isGreaterThan(100_000).isLessThan(3 * sent + 131_072 + 8_192 * (seconds + 1));
        assertThat(node.counted(Counter.GUEST_FRAMES_WITHHELD)).isGreaterThan(100);
    }

    @Test
    void allGuestsTogetherGetNoMoreThanTheNodesBudget() {
        node.put(KEY, Content.of(new byte[20_000]));
        long heard = 0;
        for (int i = 1; i <= 200; i++) {
            Far far = node.neighbour(
                    "far" + i, new Path(UDP, NetAddress.of(new byte[] {(byte) 198, 51, (byte) i, 1}, 4_000)));
            far.says(new Message.Get(KEY));
            heard += far.heardBytes();
        }

        assertThat(heard).isGreaterThan(200_000).isLessThan(262_144 + 200 * 27);
    }

    @Test
    void guestThatSendsTooMuchIsNotRead() {
        for (int i = 0; i < 1_000; i++) {
            alice.says(new Message.Get(new Hash(i)));
        }

        assertThat(node.counted(Counter.GUEST_FRAMES_REFUSED)).isEqualTo(800);
    }

    @Test
    void guestsWriteOnlySoMuch() {
        int stored = 0;
        for (int i = 0; i < 5_000; i++) {
            Far far = node.neighbour(
                    "far" + i,
                    new Path(UDP, NetAddress.of(new byte[] {(byte) 198, 51, (byte) (i >> 8), (byte) i}, 4_000)));
            far.says(new Message.Put(new Hash(i), HELLO));
            stored += node.held(new Hash(i)).equals("hello") ? 1 : 0;
        }

        assertThat(stored).isEqualTo(2_000);
        assertThat(node.counted(Counter.GUEST_WRITES_REFUSED)).isEqualTo(3_000);
    }

    @Test
    void floodOfForgedSourcesDrivesNobodyOut() {
        meets(alice);
        Far original = node.udp("original");
        original.says(KEEP_ALIVE);
        original.says(new Message.Get(original.challenge()));
        node.out();
        for (int i = 0; i < 20_000; i++) {
            node.receive(
                    new Path(
                            UDP,
                            NetAddress.of(new byte[] {(byte) 198, (byte) (i >> 16), (byte) (i >> 8), (byte) i}, 9)),
                    new byte[] {2});
        }

        assertThat(node.events()).isEmpty();
        assertThat(node.sizes().peers()).isEqualTo(2);
    }

    // Those who were told of

    @Test
    void whoSomebodyToldOfIsGreetedAFewTimesAndForgotten() {
        meets(alice);
        Far bob = node.udp("bob");
        alice.tells(new Message.Discover(bob.address()));
        node.pass(60_000);

        assertThat(node.out().stream().filter(line -> line.endsWith(" to bob")))
                .as("three times, and again after five seconds")
                .hasSize(4);
    }

    @Test
    void whoSomebodyToldOfHearsOfNoWritesBeforeItIsThere() {
        meets(alice);
        Far bob = node.udp("bob");
        Far named = node.udp("named");
        alice.tells(new Message.Discover(bob.address()));
        node.discover(named);
        node.out();
        node.put(KEY, HELLO);
        assertThat(node.said()).doesNotContain("IHave 2a to bob").contains("IHave 2a to named");

        bob.says(KEEP_ALIVE);
        bob.says(new Message.Get(bob.challenge()));
        node.put(new Hash(7), HELLO);
        assertThat(node.said()).contains("IHave 7 to bob");
    }

    @Test
    void whoNeedsToShowNothingHearsOfWritesAsSoonAsSomebodyToldOfIt() {
        NodeFixture trusting = new NodeFixture();
        Far carol = trusting.udp("carol");
        Far bob = trusting.udp("bob");
        carol.says(new Message.Discover(bob.address()));
        trusting.out();
        trusting.put(KEY, HELLO);

        assertThat(trusting.said()).contains("IHave 2a to bob");
    }

    @Test
    void whomTheUserNamesIsGreetedAsLongAsItIsWaitedFor() {
        Far bob = node.udp("bob");
        node.discover(bob);
        node.pass(60_000);

        assertThat(node.out().stream().filter(line -> line.endsWith(" to bob"))).hasSizeGreaterThan(8);
    }

    @Test
    void ofManyAddressesFiveASecondAreTakenUp() {
        meets(alice);
        for (int i = 1; i <= 100; i++) {
            NetAddress victim = NetAddress.of(new byte[] {(byte) 198, 51, 100, (byte) i}, 4_000);
            alice.tells(new Message.Discover(victim));
        }

        assertThat(node.sizes().candidates()).isEqualTo(5);
        assertThat(node.counted(Counter.ADDRESSES_REFUSED)).isEqualTo(95);
    }

    @Test
    void onlyWhoHasShownItIsPassedOn() {
        meets(alice);
        Far bob = meets(node.udp("bob"));
        Far guest = node.udp("guest");
        guest.says(KEEP_ALIVE);
        Far mallory = node.udp("mallory");
        mallory.greets();
        alice.tells(KEEP_ALIVE, new LinkRecord.Peers(List.of()));
        node.pass(5_000);

        assertThat(alice.toldOf()).contains(bob.address()).doesNotContain(guest.address(), mallory.address());
    }
}
