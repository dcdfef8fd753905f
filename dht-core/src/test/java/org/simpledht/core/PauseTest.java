package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Message;

/** A machine that was suspended, or stood still for long, loses nobody who is still there. */
class PauseTest {

    private static final long HOUR_MILLIS = 3_600_000;

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");

    @Test
    void nobodyIsDroppedWhoIsHeardAgain() {
        alice.keepsAlive();
        bob.tells(KEEP_ALIVE);
        node.pass(5_000);
        node.sleep(HOUR_MILLIS);
        node.tick();
        node.pass(4_000);
        alice.keepsAlive();
        bob.tells(KEEP_ALIVE);
        node.pass(9_000);

        assertThat(node.events()).containsExactly("joined alice", "joined bob");
        assertThat(node.counted(Counter.PAUSES)).isEqualTo(1);
    }

    @Test
    void nobodyIsDroppedWhenAFrameIsWhatEndsThePause() {
        alice.keepsAlive();
        bob.keepsAlive();
        node.sleep(HOUR_MILLIS);
        bob.keepsAlive();
        node.tick();
        alice.keepsAlive();
        node.pass(9_000);

        assertThat(node.events()).containsExactly("joined alice", "joined bob");
    }

    @Test
    void whoIsNotHeardAgainIsDroppedAfterTheTimeThatWasLeft() {
        alice.keepsAlive();
        node.pass(5_000);
        node.sleep(HOUR_MILLIS);
        node.tick();
        node.pass(5_000);
        assertThat(node.events()).containsExactly("joined alice");
        node.pass(2_000);

        assertThat(node.events()).containsExactly("lost alice");
    }

    @Test
    void nobodyIsTakenForAnOriginalForThePause() {
        bob.tells(KEEP_ALIVE);
        node.sleep(HOUR_MILLIS);
        bob.keepsAlive();

        assertThat(node.kinds()).containsExactly(PeerKind.CAPABLE);
    }

    @Test
    void missedKeepAlivesAreNotMadeUpFor() {
        alice.keepsAlive();
        node.pass(1_000);
        node.sleep(HOUR_MILLIS);
        node.out();
        node.tick();
        node.pass(2_000);

        assertThat(node.signsOfLifeWhen())
                .containsExactly(
                        "3601000 +KeepAlive [Hello 4000] to alice",
                        "3602000 +KeepAlive [Hello 4000] to alice",
                        "3603000 KeepAlive to alice");
    }

    @Test
    void streamsAreNotClosedForThePause() {
        Far stream = node.tcp("stream");
        node.accepted(stream);
        stream.tells(KEEP_ALIVE);
        node.sleep(HOUR_MILLIS);
        node.tick();
        node.pass(1_000);

        assertThat(node.out()).doesNotContain("disconnect stream");
    }

    @Test
    void addressJustToldOfIsStillTriedAfterThePause() {
        alice.says(new Message.Discover(bob.address()));
        node.sleep(HOUR_MILLIS);
        node.tick();

        assertThat(node.signsOfLifeWhen()).contains("3600000 +KeepAlive [Hello 4000] to bob");
    }

    @Test
    void slowTurnIsNoPause() {
        alice.keepsAlive();
        node.sleep(2_000);
        node.tick();

        assertThat(node.counted(Counter.PAUSES)).isZero();
    }
}
