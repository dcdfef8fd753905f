package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.UDP;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.simpledht.protocol.Message;

/** Which of several ways to a peer is used, and which binding reaches an address. */
class PathsTest {

    private static final String SIGN_OF_LIFE = " +KeepAlive [Hello 4000] [Root 0] to ";
    private static final Binding V4_ONLY = new Binding("udp", false, MachineFixture.address(100), 65_507, 0);
    private static final Binding V6_ONLY = new Binding("udp", false, MachineFixture.address6(100), 0, 65_527);
    private static final Binding OTHER_SCHEME = new Binding("tcp", true, MachineFixture.address6(100), 0, 66_560);

    private final NodeFixture node = new NodeFixture();
    private final Far first = node.udp("first");
    private final Far second = node.udp("second");

    /** Ours is 5000. The smaller id waits 4 s, the larger 7 s, each to be seen at the next broadcast. */
    @ParameterizedTest
    @CsvSource({"9, 8000", "5001, 5000"})
    void otherPathIsUsedWhenTheUsedOneIsSilent(long theirId, long movesAtMillis) {
        first.withId(theirId).tells(KEEP_ALIVE);
        second.withId(theirId);
        for (long at = 0; at < movesAtMillis + 2_000; at += 500) {
            second.tells(KEEP_ALIVE);
            node.pass(500);
        }

        List<String> signs = node.signsOfLifeWhen();
        assertThat(signs)
                .contains((movesAtMillis - 1_000) + SIGN_OF_LIFE + "first", movesAtMillis + SIGN_OF_LIFE + "second")
                .doesNotContain((movesAtMillis - 1_000) + SIGN_OF_LIFE + "second")
                .doesNotContain(movesAtMillis + SIGN_OF_LIFE + "first");
    }

    @Test
    void pathThatLivesIsNeverReplaced() {
        first.withId(9).tells(KEEP_ALIVE);
        second.withId(9);
        for (int second = 0; second < 20; second++) {
            this.second.tells(KEEP_ALIVE);
            first.tells(KEEP_ALIVE);
            node.pass(1_000);
        }

        assertThat(node.signsOfLifeWhen()).hasSize(20).allMatch(line -> line.endsWith(" to first"));
    }

    @Test
    void silentPeerKeepsItsPath() {
        first.withId(9).tells(KEEP_ALIVE);
        second.withId(9).tells(KEEP_ALIVE);
        node.pass(10_000);

        // Only whether it lives is asked by both.
        assertThat(node.signsOfLifeWhen().stream().filter(line -> !line.contains(" PROBE ")))
                .hasSize(10)
                .allMatch(line -> line.endsWith(" to first"));
    }

    /** A late answer without a version would be a fresh write to who has not asked for it. */
    @Test
    void whoAsksAsOriginalsDoAtOneOfTwoAddressesIsAnsweredThere() {
        first.withId(9).tells(KEEP_ALIVE);
        second.withId(9).tells(KEEP_ALIVE);
        node.put(MachineFixture.KEY, MachineFixture.HELLO);
        for (int seconds = 0; seconds < 31; seconds++) {
            first.keepsAlive();
            second.keepsAlive();
            node.pass(1_000);
        }
        node.out();
        second.says(new Message.Get(MachineFixture.KEY), 5);
        node.pass(2_000);

        assertThat(node.said())
                .filteredOn(line -> line.contains("Put 2a"))
                .hasSize(5)
                .containsOnly("Put 2a hello to second");
    }

    @Test
    void silentPeerIsLostOnceUnderAllItsPaths() {
        first.withId(9).tells(KEEP_ALIVE);
        second.withId(9).tells(KEEP_ALIVE);
        node.pass(11_000);
        assertThat(node.events()).containsExactly("joined first", "lost first");
        second.keepsAlive();

        assertThat(node.out()).containsExactly("joined second");
    }

    @Test
    void pathsOfOnePeerAreBounded() {
        for (int i = 0; i < 2 * Peer.MAX_PATHS; i++) {
            node.udp("path" + i).withId(9).tells(KEEP_ALIVE);
        }
        node.pass(1_000);

        assertThat(node.out()).containsExactly("joined path0", "+KeepAlive [Hello 4000] [Root 0] to path0");
    }

    @Test
    void addressIsReachedFromABindingOfItsFamily() {
        NodeFixture two = new NodeFixture(
                NodeFixture.settings(NodeFixture.OWN_ID, List.of(V4_ONLY, V6_ONLY, OTHER_SCHEME), 0, NodeFixture.WIDE));
        Far alice = two.udp("alice");
        Far six = two.neighbour("six", new Path(1, MachineFixture.address6(7)));
        alice.says(new Message.Discover(six.address()));
        two.pass(1_000);

        assertThat(two.signsOfLifeWhen())
                .containsExactly("1000 +KeepAlive [Hello 4000] to alice", "1000 +KeepAlive [Hello 4000] to six");
    }

    @Test
    void addressOfAFamilyThatNoBindingReachesIsRefused() {
        NodeFixture four = new NodeFixture(
                NodeFixture.settings(NodeFixture.OWN_ID, List.of(V4_ONLY, OTHER_SCHEME), 0, NodeFixture.WIDE));
        Far alice = four.udp("alice");
        Far six = four.neighbour("six", new Path(UDP, MachineFixture.address6(7)));
        alice.says(new Message.Discover(six.address()));
        boolean reachable = four.discover(six);
        four.pass(1_000);

        assertThat(reachable).isFalse();
        assertThat(four.signsOfLifeWhen()).containsExactly("1000 +KeepAlive [Hello 4000] to alice");
        assertThat(four.counted(Counter.ADDRESSES_REFUSED)).isEqualTo(1);
    }
}
