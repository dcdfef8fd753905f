package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import org.junit.jupiter.api.Test;

/** What comes late says an old time, and is not to be taken for a clock that is wrong. */
class LateFramesTest {

    private static final long TOO_FAR_MILLIS = 10_001;

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");

    @Test
    void whatWaitedWhileTheNodeStoodStillIsNoOtherClock() {
        tellsAfter(0);
        node.sleep(30_000);
        tellsAfter(29_000);
        tellsAfter(20_000);
        tellsAfter(0);
        node.pass(5_000);

        assertThat(node.events()).containsExactly("joined alice");
    }

    @Test
    void clockThatGoesWrongIsNoticedAndThatItIsRightAgain() {
        tellsAfter(0);
        for (int second = 0; second < 3; second++) {
            tellsAfter(-TOO_FAR_MILLIS);
            node.pass(1_000);
        }
        assertThat(node.events()).containsExactly("joined alice", "noticed CLOCKS_DIFFER of alice");
        for (int second = 0; second < 12; second++) {
            tellsAfter(0);
            node.pass(1_000);
        }

        assertThat(node.events()).containsExactly("noticed CLOCKS_AGREE of alice");
    }

    @Test
    void clockThatNeverAgreedIsNoticedAtOnce() {
        tellsAfter(TOO_FAR_MILLIS);

        assertThat(node.events()).containsExactly("joined alice", "noticed CLOCKS_DIFFER of alice");
    }

    /** What she said so long ago arrives; if it is less than nothing, her clock is ahead. */
    private void tellsAfter(long millis) {
        alice.tellsAt((node.now().unixMillis() - millis) << 16, 0, KEEP_ALIVE);
    }
}
