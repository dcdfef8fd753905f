package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.UDP;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Message;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * An original that has not shown yet that it is there is one guest of many. Whoever writes its address into his frames, and dozens of
 * others, must not have it put three contents at once, as the protocol's tenth rule says.
 */
class GuestBurstTest {

    private static final int GUESTS = 100;
    private static final int ASKED = 6;
    private static final int TIGHT_PEERS = 3;

    private final NodeFixture node =
            new NodeFixture(NodeFixture.settings(NodeFixture.gate(List.of()), 0, NodeFixture.WIDE));

    @Test
    void whoeverSeemsToAskAmongManyGuestsGetsOnePutIn100Milliseconds() {
        holdSome();
        come(node, GUESTS);
        Far original = node.udp("original");

        asks(original);
        assertThat(puts()).isEqualTo(1);
        assertThat(node.counted(Counter.ORIGINAL_PUTS_DROPPED)).isEqualTo(ASKED - 1);
        node.pass(99);
        asks(original);
        assertThat(puts()).isZero();
        node.pass(1);
        asks(original);
        assertThat(puts()).isEqualTo(1);
    }

    @Test
    void whatComesThatSeveralHaveWaitedForDoesNeither() {
        come(node, GUESTS);
        Far original = node.udp("original");
        asks(original);
        node.out();

        holdSome();

        assertThat(puts()).isEqualTo(1);
    }

    @Test
    void whatAGuestHasGotIsRememberedWhenItsPlaceWasAnothersMeanwhile() {
        NodeFixture tight = tight();
        Far original = tight.udp("original");
        long puts = 0;
        for (int i = 0; i < ASKED; i++) {
            original.says(new Message.Get(new Hash(i)));
            puts += putsOf(tight);
            come(tight, TIGHT_PEERS);
        }

        assertThat(puts).isEqualTo(1);
    }

    @Test
    void soIsAnAnswerThatHadToWait() {
        NodeFixture tight = tight();
        Far original = tight.udp("original");
        for (int i = 0; i < 2; i++) {
            original.says(new Message.Get(new Hash(i)));
        }
        assertThat(putsOf(tight)).isEqualTo(1);
        tight.pass(100);
        assertThat(putsOf(tight)).isEqualTo(1);

        come(tight, TIGHT_PEERS);
        for (int i = 2; i < ASKED; i++) {
            original.says(new Message.Get(new Hash(i)));
        }
        assertThat(putsOf(tight)).isZero();
    }

    private static NodeFixture tight() {
        NodeFixture tight = new NodeFixture(NodeFixture.settings(
                NodeFixture.gate(List.of()),
                0,
                new NodeSettings.Bounds(TIGHT_PEERS, 100, 1 << 20, 64, 16, 64, 64, 1 << 20, 1 << 22)));
        for (int i = 0; i < ASKED; i++) {
            tight.put(new Hash(i), HELLO);
        }
        return tight;
    }

    @Test
    void whoeverIsTakenIntoCareIsSparedForWhatItGotBefore() {
        holdSome();
        come(node, GUESTS);
        Far original = node.udp("original");
        asks(original);
        original.says(KEEP_ALIVE);
        original.says(new Message.Get(original.challenge()));
        node.out();

        asks(original);
        assertThat(puts()).isZero();
        node.pass(1_000);
        assertThat(puts()).isEqualTo(ASKED);
    }

    @Test
    void whoeverIsMetByTwoSocketsIsSparedByBothTogether() {
        Binding one = MachineFixture.BINDINGS.get(UDP);
        NodeFixture twofold =
                new NodeFixture(NodeFixture.settings(NodeFixture.OWN_ID, List.of(one, one), 0, NodeFixture.WIDE));
        Far original = twofold.neighbour("original", new Path(0, MachineFixture.address(1)));
        Far again = twofold.neighbour("original", new Path(1, MachineFixture.address(1)));
        for (int i = 0; i < ASKED; i++) {
            twofold.put(new Hash(i), HELLO);
        }
        twofold.pass(12_000);
        twofold.out();
        asks(original);
        asks(again);
        assertThat(putsOf(twofold)).isEqualTo(1);

        for (int tenths = 0; tenths < 2 * ASKED - 1; tenths++) {
            twofold.pass(99);
            assertThat(putsOf(twofold)).isLessThanOrEqualTo(1);
        }
        twofold.pass(1_000);
        assertThat(putsOf(twofold)).isPositive();
    }

    @Test
    void whoHasTurnedOutToBeOneOfOursGetsNothingForWhatItAskedBefore() {
        Far alice = node.udp("alice");
        for (int i = 0; i < ASKED; i++) {
            alice.says(new Message.Get(new Hash(i)));
        }
        alice.says(7);
        alice.greets();
        alice.showsCookie();
        alice.greets();
        node.out();
        holdSome();

        assertThat(node.said()).noneMatch(line -> line.startsWith("Put "));
    }

    private void holdSome() {
        for (int i = 0; i < ASKED; i++) {
            node.put(new Hash(i), HELLO);
        }
    }

    private static void come(NodeFixture node, int guests) {
        for (int i = 1; i <= guests; i++) {
            NetAddress address = NetAddress.of(new byte[] {(byte) 198, 51, 100, (byte) i}, 4_000);
            node.neighbour("guest" + i, new Path(UDP, address)).says(KEEP_ALIVE);
        }
        node.out();
    }

    private void asks(Far original) {
        for (int i = 0; i < ASKED; i++) {
            original.says(new Message.Get(new Hash(i)));
        }
    }

    private long puts() {
        return putsOf(node);
    }

    private static long putsOf(NodeFixture node) {
        return node.said().stream()
                .filter(line -> line.startsWith("Put ") && line.endsWith(" to original"))
                .count();
    }
}
