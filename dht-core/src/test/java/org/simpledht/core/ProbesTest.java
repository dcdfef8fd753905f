package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;

/** Neighbours that are silent are asked whether they live. */
class ProbesTest {

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");

    @Test
    void silentNeighbourIsAskedTwiceASecondThenFiveTimes() {
        alice.greets();
        node.pass(2_900);
        assertThat(probes()).isZero();
        node.pass(2_999);
        assertThat(probes()).isEqualTo(6);
        node.pass(4_000);

        assertThat(probes()).isEqualTo(20);
    }

    @Test
    void whoeverAnswersIsAskedNoMore() {
        alice.greets();
        node.pass(3_100);
        alice.tells(KEEP_ALIVE);
        node.out();
        node.pass(2_800);

        assertThat(probes()).isZero();
    }

    @Test
    void everyWayButStreamsIsTried() {
        Far second = node.udp("second").withId(7);
        Far stream = node.tcp("stream").withId(7);
        alice.withId(7).greets();
        second.greets();
        stream.greets();
        node.pass(2_900);
        node.out();
        node.pass(200);

        assertThat(node.out().stream().filter(line -> line.contains(" PROBE")))
                .containsExactly("+KeepAlive PROBE to alice", "+KeepAlive PROBE to second");
    }

    @Test
    void whoIsNoNeighbourIsNotAsked() {
        alice.tells(Header.FLAG_CLIENT, KEEP_ALIVE);
        node.udp("bob").keepsAlive();
        node.pass(9_000);

        assertThat(probes()).isZero();
    }

    private long probes() {
        return node.out().stream().filter(line -> line.contains(" PROBE")).count();
    }
}
