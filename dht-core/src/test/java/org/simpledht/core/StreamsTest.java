package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.GREETING;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.Message;

/** How streams are greeted, kept, closed and opened again. */
class StreamsTest {

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.tcp("alice");
    private final Far bob = node.udp("bob");

    @Test
    void openerGreetsFirst() {
        node.discover(alice);

        assertThat(node.out()).containsExactly("+KeepAlive [Hello 4000] to alice", "+KeepAlive to alice");
    }

    @Test
    void openerGreetsNoMoreOnceItHasBeenHeard() {
        node.discover(alice);
        alice.greets();
        node.pass(2_000);
        node.out();
        node.put(KEY, HELLO);
        node.pass(1_000);

        assertThat(node.out())
                .startsWith("stored 2a hello", "+KeepAlive [Push 2a hello] [Flow] to alice")
                .noneMatch(line -> line.contains("Hello"));
    }

    @Test
    void acceptorSaysNothingBeforeItHasReadAFrame() {
        node.accepted(alice);
        node.put(KEY, HELLO);
        node.pass(5_000);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void acceptorAnswersAGreetingOnce() {
        node.accepted(alice);
        alice.tells(KEEP_ALIVE, GREETING);
        alice.tells(KEEP_ALIVE, GREETING);

        assertThat(node.out()).containsExactly("joined alice", "+KeepAlive [Hello 4000] [Root 0] to alice");
    }

    @Test
    void strangerOnAStreamIsNotGreeted() {
        node.accepted(alice);
        alice.keepsAlive();
        alice.puts(KEY, HELLO);

        assertThat(node.said()).containsExactly("IHave 2a to alice");
    }

    @Test
    void streamThatIsSilentForAMinuteIsClosed() {
        node.accepted(alice);
        alice.keepsAlive();
        node.pass(59_999);
        assertThat(node.events()).containsExactly("joined alice", "lost alice");
        node.pass(1);

        assertThat(node.out()).containsExactly("disconnect alice");
        assertThat(node.sizes().streams()).isZero();
    }

    @Test
    void streamOnWhichNothingWasEverReadIsClosedToo() {
        node.accepted(alice);
        node.pass(60_000);

        assertThat(node.out()).containsExactly("disconnect alice");
    }

    @Test
    void silentStreamStaysOpenWhileItsGetWaits() {
        node.accepted(alice);
        alice.gets(KEY);
        node.pass(300_000);
        node.out();
        node.put(KEY, HELLO);
        assertThat(node.said()).containsExactly("Put 2a hello to alice");
        node.pass(1_000);

        assertThat(node.out()).contains("disconnect alice");
    }

    @Test
    void brokenOwnStreamIsOpenedAgainWithTheNextKeepAlive() {
        node.discover(alice);
        alice.tells(KEEP_ALIVE, GREETING);
        node.out();
        node.closed(alice);
        assertThat(node.out()).containsExactly("lost alice");
        node.pass(1_000);

        assertThat(node.out()).containsExactly("+KeepAlive [Hello 4000] to alice", "+KeepAlive to alice");
    }

    @Test
    void brokenInboundStreamIsNotDialled() {
        node.accepted(alice);
        alice.tells(KEEP_ALIVE, GREETING);
        node.closed(alice);
        node.out();
        node.pass(5_000);

        assertThat(node.out()).isEmpty();
        assertThat(node.sizes().candidates()).isZero();
    }

    @Test
    void addressThatAcceptsNothingIsGivenUp() {
        node.discover(alice);
        node.out();
        node.closed(alice);
        node.pass(5_000);

        assertThat(node.out()).isEmpty();
        assertThat(node.sizes().candidates()).isZero();
    }

    @Test
    void waitingGetOfABrokenStreamIsForgotten() {
        node.accepted(alice);
        alice.gets(KEY);
        node.closed(alice);
        node.out();
        node.put(KEY, HELLO);

        assertThat(node.out()).containsExactly("stored 2a hello");
        assertThat(node.sizes().pendingGets()).isZero();
    }

    @Test
    void peerWithAnotherPathOutlivesItsStream() {
        node.discover(alice);
        alice.withId(9).tells(KEEP_ALIVE, GREETING);
        bob.withId(9).tells(KEEP_ALIVE);
        node.closed(alice);
        node.out();
        node.pass(1_000);

        assertThat(node.out()).containsExactly("+KeepAlive [Hello 4000] [Root 0] to bob");
    }

    @Test
    void streamOfAPeerThatLeavesIsClosed() {
        node.discover(alice);
        alice.tells(KEEP_ALIVE, GREETING);
        node.out();
        alice.tells(Header.FLAG_LEAVING, KEEP_ALIVE);

        assertThat(node.out()).containsExactly("lost alice", "disconnect alice");
    }

    @Test
    void ownNodeAtTheOtherEndIsHungUpOn() {
        node.accepted(alice);
        alice.withId(NodeFixture.OWN_ID).tells(KEEP_ALIVE, GREETING);

        assertThat(node.out()).contains("disconnect alice").doesNotContain("joined alice");
    }

    @Test
    void answerToAGetTravelsOnTheStreamItCameBy() {
        node.put(KEY, HELLO);
        node.accepted(alice);
        alice.tells(new Message.Get(KEY), GREETING);

        assertThat(node.said()).containsExactly("+KeepAlive [Hello 4000] [Root 1] [Push 2a hello] [Flow] to alice");
    }

    @Test
    void invalidFrameOnAStreamIsNoSignOfLife() {
        node.accepted(alice);
        alice.keepsAlive();
        node.pass(50_000);
        alice.sends(new byte[] {9});
        node.pass(10_000);

        assertThat(node.out()).contains("disconnect alice");
    }

    @Test
    void bridgeTellsBothSides() {
        node.accepted(alice);
        alice.tells(KEEP_ALIVE, GREETING);
        bob.keepsAlive();
        node.out();
        bob.puts(KEY, HELLO);
        assertThat(node.said()).isEqualTo(List.of("IHave 2a to bob", "+KeepAlive [Push 2a hello] [Flow] to alice"));
    }
}
