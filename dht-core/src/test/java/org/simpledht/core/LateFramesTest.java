package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.TreeRecord;

/** What comes late says an old time, and is not to be taken for a clock that is wrong. */
class LateFramesTest {

    private static final long TOO_FAR_MILLIS = 10_001;

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far bob = node.tcp("bob");

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

    /** What waited in the stream comes to a node that has lost him meanwhile. */
    @Test
    void whatWaitedInAStreamDuringAnOutageIsNoOtherClock() {
        bobTellsAfter(0);
        node.pass(20_000);
        assertThat(node.events()).containsExactly("joined bob", "lost bob");
        bobTellsAfter(19_000);
        node.pass(1_999);
        bobTellsAfter(TOO_FAR_MILLIS);
        bobTellsAfter(0);
        node.pass(5_000);

        assertThat(node.events()).containsExactly("joined bob");
    }

    @Test
    void clockThatIsBehindOverAStreamIsNoticedWhenThatHasLasted() {
        bobTellsAfter(TOO_FAR_MILLIS);
        node.pass(1_999);
        bobTellsAfter(TOO_FAR_MILLIS);
        assertThat(node.events()).containsExactly("joined bob");
        node.pass(1);
        bobTellsAfter(TOO_FAR_MILLIS);
        bobTellsAfter(TOO_FAR_MILLIS - 1);
        bobTellsAfter(0);

        assertThat(node.events()).containsExactly("noticed CLOCKS_DIFFER of bob", "noticed CLOCKS_AGREE of bob");
    }

    /** Nothing that is late looks as if it were early. */
    @Test
    void clockThatIsAheadOverAStreamIsNoticedAtOnce() {
        bobTellsAfter(-TOO_FAR_MILLIS);

        assertThat(node.events()).containsExactly("joined bob", "noticed CLOCKS_DIFFER of bob");
    }

    @Test
    void untilItIsKnownWhetherAStreamIsLateNothingIsShared() {
        bob.tellsAt(clockAfter(TOO_FAR_MILLIS), 0, KEEP_ALIVE, MachineFixture.GREETING);
        node.put(MachineFixture.KEY, MachineFixture.HELLO);
        node.pass(1_000);
        assertThat(sharedWithBob()).isEmpty();
        bob.tellsAt(clockAfter(0), 0, KEEP_ALIVE, new TreeRecord.Root(1, 1));
        node.pass(1_000);

        assertThat(sharedWithBob()).isNotEmpty();
    }

    /** What it was told of contents. */
    private List<String> sharedWithBob() {
        return node.said().stream()
                .filter(line -> line.contains("Push") || line.contains("Meta") || line.contains("Sums"))
                .toList();
    }

    /** What she said so long ago arrives; if it is less than nothing, her clock is ahead. */
    private void tellsAfter(long millis) {
        alice.tellsAt(clockAfter(millis), 0, KEEP_ALIVE);
    }

    private void bobTellsAfter(long millis) {
        bob.tellsAt(clockAfter(millis), 0, KEEP_ALIVE);
    }

    private long clockAfter(long millis) {
        return (node.now().unixMillis() - millis) << 16;
    }
}
