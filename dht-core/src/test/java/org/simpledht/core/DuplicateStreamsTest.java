package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.GREETING;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.TCP;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Message;

/** Two streams between one pair: which stays, and who closes the other. */
class DuplicateStreamsTest {

    private static final long SMALLER = NodeFixture.OWN_ID - 1;
    private static final long LARGER = NodeFixture.OWN_ID + 1;

    private final NodeFixture node = new NodeFixture();
    private final Far ours = node.tcp("ours");
    private final Far theirs =
            node.neighbour("theirs", new Path(TCP, MachineFixture.address(1).withPort(40_000)));

    @Test
    void openerClosesItsOwnIfTheOtherNodeIdIsSmaller() {
        openBoth(SMALLER);

        assertThat(node.out()).contains("disconnect ours").doesNotContain("disconnect theirs");
        node.pass(1_000);
        assertThat(node.out()).containsExactly("+KeepAlive [Hello 4000] [Root 0] to theirs");
    }

    @Test
    void acceptorWaitsForTheOpenerToCloseTheOther() {
        openBoth(LARGER);
        node.pass(2_999);
        assertThat(node.out()).doesNotContain("disconnect ours", "disconnect theirs");
        node.pass(1);

        assertThat(node.out()).contains("disconnect theirs").doesNotContain("disconnect ours");
    }

    @Test
    void framesOnBothAreReadMeanwhile() {
        openBoth(LARGER);
        node.put(KEY, HELLO);
        node.out();
        theirs.tells(new Message.Get(KEY));
        ours.tells(new Message.Get(KEY));

        assertThat(node.said())
                .containsExactly(
                        "+KeepAlive [Push 2a hello] [Flow] to theirs", "+KeepAlive [Push 2a hello] [Flow] to theirs");
    }

    @Test
    void openerThatClosesInTimeLeavesNothingToClose() {
        openBoth(LARGER);
        node.closed(theirs);
        node.out();
        node.pass(10_000);

        assertThat(node.out())
                .doesNotContain("disconnect ours", "disconnect theirs")
                .contains("+KeepAlive [Root 0] to ours");
    }

    @Test
    void ofTwoBegunFarApartTheOlderStays() {
        node.accepted(theirs);
        theirs.withId(LARGER).tells(KEEP_ALIVE, GREETING);
        node.pass(5_000);
        node.discover(ours);
        node.out();
        ours.withId(LARGER).tells(KEEP_ALIVE, GREETING);

        assertThat(node.out()).contains("disconnect ours").doesNotContain("disconnect theirs");
    }

    @Test
    void bothAtOnceOneStreamStaysThatOfTheSmallerId() {
        StreamPair pair = new StreamPair(0);
        pair.small.discoverPath(pair.listening(pair.large));
        pair.large.discoverPath(pair.listening(pair.small));
        pair.pass(5_000);

        assertThat(pair.openerOfTheOnlyConnection()).isSameAs(pair.small);
        assertThat(List.of(pair.small.sizes().peers(), pair.large.sizes().peers()))
                .containsExactly(1, 1);
    }

    @Test
    void oneAfterTheOtherOneStreamStaysTheOlder() {
        StreamPair pair = new StreamPair(0);
        pair.large.discoverPath(pair.listening(pair.small));
        pair.pass(10_000);
        pair.small.discoverPath(pair.listening(pair.large));
        pair.pass(5_000);

        assertThat(pair.openerOfTheOnlyConnection()).isSameAs(pair.large);
    }

    @Test
    void nobodyIsLostWhileOneOfTwoIsClosed() {
        StreamPair pair = new StreamPair(0);
        pair.small.discoverPath(pair.listening(pair.large));
        pair.large.discoverPath(pair.listening(pair.small));
        pair.pass(60_000);

        assertThat(pair.small.events()).hasSize(1).allMatch(line -> line.startsWith("joined"));
        assertThat(pair.large.events())
                .filteredOn(line -> !line.startsWith("disconnect"))
                .hasSize(1);
    }

    @Test
    void cutStreamIsOpenedAgain() {
        StreamPair pair = new StreamPair(0);
        pair.small.discoverPath(pair.listening(pair.large));
        pair.pass(2_000);
        pair.cut();
        pair.pass(2_000);

        assertThat(pair.openerOfTheOnlyConnection()).isSameAs(pair.small);
        assertThat(pair.large.sizes().peers()).isEqualTo(1);
    }

    @Test
    void nodesThatAreEachOthersSeedsDialNoMoreOnceTheyAreConnected() {
        StreamPair pair = new StreamPair(1);
        pair.pass(1);
        pair.small.resolvedPath(0, pair.listening(pair.large));
        pair.large.resolvedPath(0, pair.listening(pair.small));
        for (int i = 0; i < 60; i++) {
            pair.pass(1_000);
            if (pair.large.out().contains("resolve 0")) {
                pair.large.resolvedPath(0, pair.listening(pair.small));
            }
        }

        assertThat(pair.dials()).isEqualTo(2);
    }

    private void openBoth(long theirId) {
        node.discover(ours);
        node.accepted(theirs);
        theirs.withId(theirId).tells(KEEP_ALIVE, GREETING);
        ours.withId(theirId).tells(KEEP_ALIVE, GREETING);
    }
}
