package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.UDP;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Message;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** What those cost who have shown nothing: what is sent to them, read of them and written by them. */
class GuestBudgetTest extends WaryFixture {

    @Test
    void guestsAreServedWithinTheirBudgetAndMissNothing() {
        node.put(KEY, HELLO);
        alice.says(new Message.Get(KEY));
        alice.says(new Message.Put(new Hash(7), HELLO));

        assertThat(node.said()).containsExactly("Put 2a hello to alice", "IHave 7 to alice");
    }

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
}
