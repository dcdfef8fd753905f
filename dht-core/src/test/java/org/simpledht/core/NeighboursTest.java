package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.ExtensionRecord.Hello;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.TreeRecord;

/** With whom everything is shared, and who is only served: whose clock, lease or network is another one. */
class NeighboursTest {

    private static final long CLOCK = MachineFixture.START.unixMillis() << 16;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long TEN_SECONDS = 10_000L << 16;
    private static final Hello OTHER_LEASE = new Hello(4_000, 66_560, 3_601, Cluster.UNNAMED.hash());
    private static final Hello OTHER_CLUSTER =
            new Hello(4_000, 66_560, 3_600, Cluster.named("another").hash());

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");

    @Test
    void withWhomNothingIsWrongEverythingIsShared() {
        alice.greets();
        node.put(KEY, HELLO);
        node.pass(1_000);

        assertThat(node.out())
                .containsExactly(
                        "joined alice",
                        "+KeepAlive [Hello 4000] [Root 0] to alice",
                        "stored 2a hello",
                        "+KeepAlive [Push 2a hello] [Flow] to alice",
                        "+KeepAlive [Flow] to alice",
                        "+KeepAlive [Flow] to alice",
                        "+KeepAlive [Flow] to alice",
                        "+KeepAlive [Flow] to alice",
                        "+KeepAlive [Hello 4000] [Root 1] [Flow] to alice");
    }

    @Test
    void withWhoseClockDiffersByMoreThanTenSecondsNothingIsShared() {
        alice.tellsAt(CLOCK + TEN_SECONDS + (1 << 16), 0, KEEP_ALIVE, MachineFixture.GREETING);
        node.put(KEY, HELLO);
        node.pass(1_000);

        assertThat(node.out())
                .containsExactly(
                        "joined alice",
                        "noticed CLOCKS_DIFFER of alice",
                        "+KeepAlive [Hello 4000] to alice",
                        "stored 2a hello",
                        "+KeepAlive [Hello 4000] to alice");
    }

    @Test
    void tenSecondsAreNotTooMuch() {
        alice.tellsAt(CLOCK + TEN_SECONDS, 0, KEEP_ALIVE, MachineFixture.GREETING);
        bob.tellsAt(CLOCK - TEN_SECONDS, 0, KEEP_ALIVE, MachineFixture.GREETING);
        node.put(KEY, HELLO);

        assertThat(node.out().stream().filter(line -> line.contains("Push"))).hasSize(2);
    }

    @Test
    void clocksThatDifferAreNoticedOnceAndSoAreThoseThatAgreeAgain() {
        alice.tellsAt(CLOCK - TEN_SECONDS - (1 << 16), 0, KEEP_ALIVE);
        alice.tellsAt(CLOCK - TEN_SECONDS - (1 << 16) + 1, 0, KEEP_ALIVE);
        assertThat(node.events()).containsExactly("joined alice", "noticed CLOCKS_DIFFER of alice");
        alice.tellsAt(CLOCK - 1, 0, KEEP_ALIVE);
        alice.tellsAt(CLOCK, 0, KEEP_ALIVE);

        assertThat(node.events()).containsExactly("noticed CLOCKS_AGREE of alice");
    }

    @Test
    void whoseClockAgreesAgainIsToldOfEverything() {
        alice.tellsAt(CLOCK - TEN_SECONDS - (1 << 16), 0, KEEP_ALIVE, MachineFixture.GREETING);
        node.put(KEY, HELLO);
        node.out();
        alice.tellsAt(CLOCK, 0, KEEP_ALIVE, new TreeRecord.Root(1, 1));
        node.pass(1_000);

        assertThat(String.join("\n", node.said())).contains("[Sums *]");
    }

    /** One against one is no majority. */
    @ParameterizedTest
    @CsvSource({"false, 0", "true, 3600000"})
    void clockThatHasSteppedIsAdoptedIfMoreNeighboursSpeakForItThanAgainst(boolean isThird, long adoptedMillis) {
        alice.tellsAt(CLOCK, 0, KEEP_ALIVE, MachineFixture.GREETING);
        bob.tellsAt(CLOCK + (HOUR_MILLIS << 16), 0, KEEP_ALIVE, MachineFixture.GREETING);
        if (isThird) {
            node.udp("carol").tellsAt(CLOCK + (HOUR_MILLIS << 16), 0, KEEP_ALIVE, MachineFixture.GREETING);
        }
        node.stepWallClock(HOUR_MILLIS);
        node.tick();
        node.pass(10_000);

        assertThat(node.aheadMillis()).isEqualTo(adoptedMillis);
    }

    @Test
    void otherNetworksDoNotSpeakForAClock() {
        alice.tellsAt(CLOCK, 0, KEEP_ALIVE, MachineFixture.GREETING);
        bob.tellsAt(CLOCK + (HOUR_MILLIS << 16), 0, KEEP_ALIVE, OTHER_CLUSTER);
        node.udp("carol").tellsAt(CLOCK + (HOUR_MILLIS << 16), 0, KEEP_ALIVE, OTHER_LEASE);

        node.stepWallClock(HOUR_MILLIS);
        node.tick();
        node.pass(10_000);
        assertThat(node.aheadMillis()).isZero();
    }

    /** Also where its physical clock does not, if it was heard less than four signs of life ago. */
    @ParameterizedTest
    @CsvSource({"3600000, 3999, 3600000", "3600000, 4000, 0", "-3600000, 0, 0"})
    void wallClocksOfNeighboursSpeakForALaterOne(long stepMillis, int agoMillis, long adoptedMillis) {
        alice.greets();
        bob.greets();
        node.stepWallClock(stepMillis);
        node.tick();
        for (int i = 0; i < 10; i++) {
            alice.tells(KEEP_ALIVE);
            bob.tells(KEEP_ALIVE);
            node.pass(5_000);
        }
        alice.tells(KEEP_ALIVE);
        bob.tells(KEEP_ALIVE);
        node.pass(10_000 - agoMillis);
        for (Far each : List.of(alice, bob)) {
            each.tells(KEEP_ALIVE, new LinkRecord.Wall(node.now().unixMillis() << 16));
        }
        node.pass(agoMillis);
        node.tick();

        assertThat(node.aheadMillis()).isEqualTo(adoptedMillis);
    }

    @Test
    void oldFrameSaysNothingAboutTheClock() {
        alice.greets();
        alice.tellsAt(CLOCK - 2 * TEN_SECONDS, 0, KEEP_ALIVE);

        assertThat(node.events()).containsExactly("joined alice");
    }

    @Test
    void otherLeaseAndOtherNetworkAreNoticedOnce() {
        alice.tells(KEEP_ALIVE, OTHER_LEASE);
        alice.tells(KEEP_ALIVE, OTHER_LEASE);
        bob.tells(KEEP_ALIVE, OTHER_CLUSTER);
        bob.tells(KEEP_ALIVE, OTHER_CLUSTER);

        assertThat(node.events())
                .containsExactly(
                        "joined alice", "noticed OTHER_NETWORK of alice", "joined bob", "noticed OTHER_NETWORK of bob");
    }

    @Test
    void withOtherNetworksNothingIsShared() {
        alice.tells(KEEP_ALIVE, OTHER_LEASE);
        bob.tells(KEEP_ALIVE, OTHER_CLUSTER);
        node.out();
        node.put(KEY, HELLO);
        node.pass(12_000);

        assertThat(node.out()).noneMatch(line -> line.contains("Push") || line.contains("Root"));
    }

    @Test
    void whoIsNoNeighbourIsServed() {
        node.put(KEY, HELLO);
        alice.tells(KEEP_ALIVE, OTHER_CLUSTER);
        node.out();
        alice.tells(new Message.Get(KEY));
        alice.tells(KEEP_ALIVE, new ExtensionRecord.Ask(List.of(KEY)));

        assertThat(node.said())
                .containsExactly("+KeepAlive [Push 2a hello] [Flow] to alice", "+KeepAlive [has 2a] to alice");
    }

    @Test
    void noRoundBeginsWithWhoIsNoNeighbour() {
        alice.tells(KEEP_ALIVE, OTHER_CLUSTER, new TreeRecord.Root(1, 1));
        node.out();
        node.pass(12_000);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void whoComesBackUnderTheSameIdIsToldAgainWhoWeAre() {
        alice.greets();
        node.pass(11_000);
        assertThat(node.events()).contains("lost alice");
        alice.greets();

        assertThat(node.out()).containsExactly("joined alice", "+KeepAlive [Hello 4000] [Root 0] to alice");
    }
}
