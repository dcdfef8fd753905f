package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Message;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** Everything that can grow stops growing, and goes on serving. Three peers, three entries of 100 bytes in all, and so on. */
class BoundsTest {

    private static final Hash KEY2 = Hash.parse("2b");
    private static final Hash KEY3 = Hash.parse("2c");
    private static final Hash KEY4 = Hash.parse("2d");

    private final NodeFixture node = new NodeFixture(NodeFixture.settings(0, NodeFixture.TIGHT));
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");
    private final Far carol = node.udp("carol");
    private final Far dave = node.udp("dave");

    @Test
    void sourceBeyondThePeersIsServedAndForgotten() {
        List.of(alice, bob, carol).forEach(Far::keepsAlive);
        node.out();
        dave.puts(KEY, HELLO);
        dave.gets(KEY);
        dave.tells(Message.KEEP_ALIVE, new ExtensionRecord.Ask(List.of(KEY)));
        node.pass(1_000);

        assertThat(node.out())
                .containsExactly(
                        "IHave 2a to dave",
                        "stored 2a hello",
                        "IHave 2a to alice",
                        "IHave 2a to bob",
                        "IHave 2a to carol",
                        "Put 2a hello to dave",
                        "+KeepAlive [has 2a] to dave",
                        "+KeepAlive [Hello 4000] to alice",
                        "+KeepAlive [Hello 4000] to bob",
                        "+KeepAlive [Hello 4000] to carol");
        assertThat(node.counted(Counter.PEERS_REFUSED)).isEqualTo(3);
    }

    @Test
    void waitingGetOfASourceBeyondThePeersIsAnswered() {
        List.of(alice, bob, carol).forEach(Far::keepsAlive);
        dave.gets(KEY);
        node.put(KEY, HELLO);

        assertThat(node.said()).contains("Put 2a hello to dave");
    }

    @Test
    void oldestCandidateGivesWayToAHeardSource() {
        alice.keepsAlive();
        node.discover(bob);
        node.discover(carol);
        dave.keepsAlive();
        node.pass(1_000);

        assertThat(node.signsOfLifeWhen())
                .endsWith(
                        "1000 +KeepAlive [Hello 4000] to alice",
                        "1000 +KeepAlive [Hello 4000] to carol",
                        "1000 +KeepAlive [Hello 4000] to dave");
    }

    @Test
    void addressBeyondThePeersIsNotContacted() {
        List.of(alice, bob, carol).forEach(Far::keepsAlive);
        alice.says(new Message.Discover(dave.address()));
        node.pass(1_000);

        assertThat(node.signsOfLifeWhen())
                .containsExactly(
                        "1000 +KeepAlive [Hello 4000] to alice",
                        "1000 +KeepAlive [Hello 4000] to bob",
                        "1000 +KeepAlive [Hello 4000] to carol");
    }

    @Test
    void oldestWaitingGetOfASourceGivesWay() {
        alice.gets(KEY);
        alice.gets(KEY2);
        alice.gets(KEY3);
        node.put(KEY, HELLO);
        assertThat(node.said()).containsExactly("IHave 2a to alice");
        node.put(KEY2, HELLO);
        node.put(KEY3, HELLO);
        node.pass(100);

        assertThat(node.said()).contains("Put 2b hello to alice", "Put 2c hello to alice");
        assertThat(node.counted(Counter.PENDING_GETS_DROPPED)).isEqualTo(1);
    }

    @Test
    void oldestWaitingGetOfAllGivesWay() {
        List.of(alice, bob, carol, dave).forEach(far -> far.gets(KEY));
        Far eve = node.udp("eve");
        eve.gets(KEY);
        node.put(KEY, HELLO);

        assertThat(node.said().stream().filter(line -> line.startsWith("Put")))
                .containsExactly(
                        "Put 2a hello to bob", "Put 2a hello to carol", "Put 2a hello to dave", "Put 2a hello to eve");
    }

    @Test
    void announcementByAnOriginalBeyondTheWantsIsNotFollowed() {
        alice.becomesOriginal();
        node.out();
        List.of(KEY, KEY2, KEY3).forEach(alice::has);

        assertThat(node.said()).containsExactly("Get 2a to alice", "Get 2b to alice");
        assertThat(node.sizes().wants()).isEqualTo(2);
        assertThat(node.counted(Counter.WANTS_REFUSED)).isEqualTo(1);
    }

    @Test
    void announcementByANeighbourBeyondTheWantsIsNotFollowed() {
        alice.announces(node.written(KEY, HELLO), node.written(KEY2, HELLO), node.written(KEY3, HELLO));
        node.pass(200);

        assertThat(node.said()).containsExactly("+KeepAlive [Gets 2a 2b] to alice");
        assertThat(node.sizes().wants()).isEqualTo(2);
        assertThat(node.counted(Counter.WANTS_REFUSED)).isEqualTo(1);
    }

    @Test
    void lookupBeyondTheBoundIsNotBegun() {
        alice.keepsAlive();
        assertThat(node.get(1, KEY, 1_000)).isTrue();
        assertThat(node.get(2, KEY, 1_000)).isTrue();
        node.out();

        assertThat(node.get(3, KEY, 1_000)).isFalse();
        assertThat(node.out()).isEmpty();
    }

    @Test
    void newKeyBeyondTheEntriesIsRefusedAndNotAcknowledged() {
        List.of(KEY, KEY2, KEY3).forEach(key -> node.put(key, HELLO));
        alice.puts(KEY4, HELLO);

        assertThat(node.said()).isEmpty();
        assertThat(node.held(KEY4)).isEqualTo("nothing");
        assertThat(node.counted(Counter.PUTS_REFUSED_FULL)).isEqualTo(1);
        assertThat(node.put(KEY4, HELLO)).isFalse();
    }

    @Test
    void heldKeyIsOverwrittenThoughTheTableIsFull() {
        List.of(KEY, KEY2, KEY3).forEach(key -> node.put(key, HELLO));
        alice.puts(KEY, OTHER);

        assertThat(node.said()).containsExactly("IHave 2a to alice");
        assertThat(node.held(KEY)).isEqualTo("other");
    }

    @Test
    void contentBeyondTheBytesIsRefusedAndTheOldOneKept() {
        node.put(KEY, HELLO);
        node.put(KEY2, Content.of(new byte[90]));
        alice.puts(KEY, Content.of(new byte[11]));

        assertThat(node.said()).isEmpty();
        assertThat(node.held(KEY)).isEqualTo("hello");
    }

    @Test
    void contentOfExactlyTheRoomLeftIsTaken() {
        node.put(KEY, HELLO);
        node.put(KEY2, Content.of(new byte[90]));
        alice.puts(KEY, Content.of(new byte[10]));

        assertThat(node.said()).containsExactly("IHave 2a to alice");
        assertThat(node.machine().store().bytes()).isEqualTo(100);
    }

    @Test
    void smallerContentIsTakenByAFullTable() {
        node.put(KEY, Content.of(new byte[100]));
        alice.puts(KEY, HELLO);

        assertThat(node.held(KEY)).isEqualTo("hello");
        assertThat(node.machine().store().bytes()).isEqualTo(5);
    }

    @Test
    void whatAFullTableRefusesIsNotAskedForAgain() {
        List.of(KEY, KEY2, KEY3).forEach(key -> node.put(key, HELLO));
        alice.announces(node.written(KEY4, HELLO));
        alice.pushes(node.written(KEY4, HELLO), HELLO);
        node.out();
        node.pass(5_000);

        assertThat(node.said()).isEmpty();
        assertThat(node.sizes().wants()).isZero();
    }

    @Test
    void lookupFindsWhatTheFullTableCannotKeep() {
        List.of(KEY, KEY2, KEY3).forEach(key -> node.put(key, HELLO));
        alice.tells(Message.KEEP_ALIVE);
        node.get(7, KEY4, 5_000);
        node.out();
        alice.pushes(node.written(KEY4, OTHER), OTHER);

        assertThat(node.out()).containsExactly("finished 7 FOUND other");
    }
}
