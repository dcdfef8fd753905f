package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.types.Hash;

/** What a node sends and asks for when a neighbour lists what it holds; and when it lists something itself. */
class ListingsTest extends ReconcilerFixture {

    @Test
    void listingIsAnsweredWithWhatIsMissingThereOrOlder() {
        Meta same = written("2a");
        Meta newer = written("2b");
        written("2c");
        Meta older = Meta.of(newer.key(), newer.clock() - (1L << 16), newer.life(), OTHER);
        meet(alice);
        node.pass(300);
        alice.tells(KEEP_ALIVE, new TreeRecord.Listing(Prefix.ROOT, List.of(same, older)));
        String said = String.join("", node.said());

        assertThat(said).contains("[Push 2b hello]", "[Push 2c hello]").doesNotContain("Push 2a", "Gets");
    }

    @Test
    void whoLacksAnotherLeaseAloneIsNotSentTheContent() {
        Meta longer = written("2a");
        Meta shorter = Meta.of(longer.key(), longer.clock(), longer.life() - 1, HELLO);
        meet(alice);
        alice.tells(KEEP_ALIVE, new TreeRecord.Listing(Prefix.ROOT, List.of(shorter)));

        assertThat(node.said()).containsExactly("+KeepAlive [has 2a] to alice");
    }

    @Test
    void listedVersionsThatAreLargerAreAskedForAtOnce() {
        Meta held = written("2a");
        meet(alice);
        Meta larger = Meta.of(KEY, held.clock() + 1, held.life(), OTHER);
        Meta unknown = node.written(Hash.parse("2b"), HELLO);
        node.pass(301);
        alice.tells(KEEP_ALIVE, new TreeRecord.Listing(Prefix.ROOT, List.of(larger, unknown)));
        node.pass(0);

        assertThat(node.said()).containsExactly("+KeepAlive [Gets 2a 2b] to alice");
    }

    @Test
    void whatWasWrittenJustBeforeIsOnItsWayAndNeitherBroughtNorAskedForAtOnce() {
        written("2a");
        meet(alice);
        node.pass(299);
        Meta unknown = node.written(Hash.parse("2b"), HELLO);
        alice.tells(KEEP_ALIVE, new TreeRecord.Listing(Prefix.ROOT, List.of(unknown)));
        node.pass(0);
        assertThat(node.said()).containsExactly("+KeepAlive [has 2a] to alice");
        node.pass(59);
        assertThat(node.said()).isEmpty();
        node.pass(1);

        assertThat(node.said()).as("it may have got lost").containsExactly("+KeepAlive [Gets 2b] to alice");
    }

    @Test
    void whoIsFullIsNotSentWhatItLacks() {
        written("2a");
        Meta newer = written("2b");
        meet(alice);
        node.pass(300);
        Meta older = Meta.of(newer.key(), newer.clock() - (1L << 16), newer.life(), OTHER);
        alice.tells(
                Header.FLAG_NEIGHBOUR | Header.FLAG_FULL,
                KEEP_ALIVE,
                new TreeRecord.Listing(Prefix.ROOT, List.of(older)));

        assertThat(String.join("", node.said())).contains("[Push 2b").doesNotContain("[Push 2a");
    }

    @Test
    void whoIsFullIsSentNothingThatItDoesNotHoldHoweverItAsks() {
        fillChild(3, 40);
        meet(alice);
        node.pass(300);
        alice.tells(Header.FLAG_NEIGHBOUR | Header.FLAG_FULL, KEEP_ALIVE);
        alice.tells(KEEP_ALIVE, new TreeRecord.Listing(Prefix.of(3L << 60, 4), List.of()));

        assertThat(String.join("", node.said())).doesNotContain("[Push ");
    }

    @Test
    void listingOfNothingAsksForEverythingThere() {
        List<Meta> held = fillChild(3, 40);
        fillChild(4, 1);
        meet(alice);
        alice.tells(KEEP_ALIVE, new TreeRecord.Listing(Prefix.of(3L << 60, 4), List.of()));
        String said = String.join("", node.said());

        assertThat(said.split("\\[Push ", -1)).hasSize(1 + 40);
        assertThat(held).allMatch(meta -> said.contains("[Push " + Wording.of(meta.key()) + " hello]"));
    }

    @Test
    void whoHoldsLessThanATenthAsksForEverythingAtOnce() {
        fill(9);
        meet(alice);
        node.pass(2_000);
        node.out();
        alice.tells(KEEP_ALIVE, new TreeRecord.Root(99, 100));
        node.pass(1_000);
        assertThat(String.join("", node.said())).contains("[List * ]");
        written("abc");
        alice.tells(KEEP_ALIVE, new TreeRecord.Root(99, 100));
        node.pass(1_000);

        assertThat(String.join("", node.said())).contains("[Sums *]");
    }

    @Test
    void whatWaitsForRoomIsNotSentTwiceBecauseItIsLacking() {
        meet(alice);
        leaveWaiting(10);
        alice.tells(KEEP_ALIVE, new TreeRecord.Listing(Prefix.ROOT, List.of()));
        node.out();
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            alice.echoes();
            said.addAll(node.said());
        }

        assertThat(String.join("\n", said).split("Push 7d0 ", -1))
                .as("the first of those that waited")
                .hasSize(2);
    }

    @Test
    void everyTenSecondsARandomPartIsListedThoughTheSumsAreEqual() {
        fill(200);
        meet(alice);
        int lists = 0;
        for (int second = 0; second < 60; second++) {
            alice.tells(KEEP_ALIVE, node.machine().store().root());
            node.pass(1_000);
            lists += (int)
                    node.out().stream().filter(line -> line.contains("[List ")).count();
        }

        assertThat(lists).isEqualTo(6);
    }
}
