package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.ChildSums;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.types.Hash;

/** When a node compares its table with a neighbour's, and when it does not. */
class ReconcilerTest extends ReconcilerFixture {

    private final Far bob = node.udp("bob");
    private final Far carol = node.udp("carol");

    @Test
    void equalTablesAreNotCompared() {
        fill(30);
        meet(alice);
        for (int second = 0; second < 9; second++) {
            alice.tells(KEEP_ALIVE, node.machine().store().root());
            node.pass(1_000);
        }

        assertThat(rounds()).isZero();
    }

    @Test
    void roundBeginsAtOnceWithANewNeighbourThatHasSomethingElse() {
        node.put(KEY, HELLO);
        node.pass(2_500);
        alice.tells(KEEP_ALIVE, MachineFixture.GREETING, OTHER_ROOT);

        assertThat(node.said()).containsExactly("+KeepAlive [Hello 4000] [Root 1] [Sums *] to alice");
    }

    @Test
    void aQuietNodeWaitsForWhatMayBeOnItsWayAndNotForTheNextInterval() {
        node.put(KEY, HELLO);
        meet(alice);
        node.pass(2_050);
        node.out();
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        node.pass(199);
        assertThat(rounds()).as("it may be on its way").isZero();
        node.pass(1);
        assertThat(rounds()).isEqualTo(1);
        node.pass(99);
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        node.pass(200);
        assertThat(rounds()).as("so soon after the last one").isZero();
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        node.pass(200);
        assertThat(rounds()).isEqualTo(1);
    }

    @Test
    void whatANeighbourHoldsAndIsOnItsWayIsNotLookedFor() {
        Meta first = node.written(new Hash(1), HELLO);
        Meta second = node.written(new Hash(2), HELLO);
        meet(alice);
        meet(bob);
        node.pass(2_050);
        alice.tells(KEEP_ALIVE, rootOf(first));
        node.pass(20);
        bob.pushes(first, HELLO);
        bob.pushes(second, HELLO);
        node.out();
        node.pass(960);

        assertThat(rounds()).as("it held just that for a moment").isZero();
    }

    /** Of a table that holds that alone. */
    private static TreeRecord.Root rootOf(Meta meta) {
        NodeFixture another = new NodeFixture();
        Far far = another.udp("alice");
        far.greets();
        far.echoes();
        far.pushes(meta, HELLO);
        return another.machine().store().root();
    }

    @Test
    void whoHoldsWhatWasHeldHereAMomentBeforeIsNotComparedWith() {
        node.put(KEY, HELLO);
        meet(alice);
        node.pass(2_050);
        TreeRecord.Root before = node.machine().store().root();
        alice.tells(KEEP_ALIVE, before);
        node.pass(600);
        bob.pushes(node.written(new Hash(1), HELLO), HELLO);
        node.pass(160);
        alice.tells(KEEP_ALIVE, before);
        node.out();
        node.pass(900);
        assertThat(rounds()).as("what has come is on its way to her").isZero();

        alice.tells(KEEP_ALIVE, before);
        node.pass(200);
        assertThat(rounds()).as("she lacks it still").isEqualTo(1);
    }

    @Test
    void whoHoldsWhatWasHeldHereAMomentBeforeIsComparedWithIfHeIsNew() {
        node.put(KEY, HELLO);
        node.pass(2_050);
        TreeRecord.Root before = node.machine().store().root();
        node.put(new Hash(1), HELLO);
        alice.tells(KEEP_ALIVE, MachineFixture.GREETING, before);

        assertThat(rounds()).as("nothing is on its way to her").isEqualTo(1);
    }

    @Test
    void whoComparesItsTableWithOursIsNotComparedWithAtTheSameTime() {
        node.put(KEY, HELLO);
        meet(alice);
        node.pass(2_050);
        node.out();
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        node.pass(100);
        alice.tells(KEEP_ALIVE, new TreeRecord.Sums(Prefix.ROOT, ChildSums.of(new long[Prefix.CHILDREN])));
        node.out();
        node.pass(299);
        assertThat(rounds()).isZero();
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        node.pass(1);
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        node.pass(200);
        assertThat(rounds()).isEqualTo(1);
    }

    @Test
    void whoHasStillToHearOfMuchIsNotComparedWithForTenSeconds() {
        meet(alice);
        alice.tells(KEEP_ALIVE, node.machine().store().root());
        leaveWaiting(256);
        node.out();
        for (int second = 0; second < 9; second++) {
            node.pass(1_000);
            alice.tells(KEEP_ALIVE, OTHER_ROOT);
            alice.tells(KEEP_ALIVE, new TreeRecord.Sums(Prefix.ROOT, ChildSums.of(new long[Prefix.CHILDREN])));
        }
        assertThat(node.said()).noneMatch(line -> line.contains("[Sums ") || line.contains("[List "));
        node.pass(1_000);
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        node.pass(200);
        assertThat(rounds()).as("it waits no longer").isEqualTo(1);
    }

    @Test
    void whoHasStillToHearOfALittleIsComparedWith() {
        meet(alice);
        alice.tells(KEEP_ALIVE, node.machine().store().root());
        leaveWaiting(200);
        node.pass(2_250);
        node.out();
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        node.pass(200);

        assertThat(rounds()).isEqualTo(1);
    }

    @Test
    void underSteadyWritesARoundBeginsEveryThirdSecond() {
        meet(alice);
        meet(bob);
        node.pass(2_000);
        node.out();
        List<Integer> seconds = new ArrayList<>();
        for (int second = 0; second < 10; second++) {
            alice.tells(KEEP_ALIVE, OTHER_ROOT);
            bob.tells(KEEP_ALIVE, OTHER_ROOT);
            for (int tenth = 0; tenth < 10; tenth++) {
                carol.pushes(node.written(new Hash(10 * second + tenth), OTHER), OTHER);
                node.pass(100);
            }
            for (long rounds = rounds(); rounds > 0; rounds--) {
                seconds.add(second);
            }
        }

        assertThat(seconds).containsExactly(2, 5, 8);
    }

    @Test
    void whoHasNotSaidAnewWhatItHoldsIsNotAskedAgain() {
        node.put(KEY, HELLO);
        meet(alice);
        node.pass(2_000);
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        node.pass(1_000);
        assertThat(rounds()).isEqualTo(1);
        node.pass(4_000);

        assertThat(rounds()).isZero();
    }

    @Test
    void nodeWithoutRoomComparesASmallTableEachSecond() {
        NodeFixture full = new NodeFixture(NodeFixture.settings(0, NodeFixture.TIGHT));
        Far carol = full.udp("carol");
        for (int i = 0; i < 3; i++) {
            full.put(new Hash(i), HELLO);
        }
        carol.greets();
        full.pass(31_000);
        full.out();
        int rounds = 0;
        for (int second = 0; second < 10; second++) {
            carol.tells(KEEP_ALIVE, OTHER_ROOT);
            full.pass(1_000);
            rounds += full.out().stream().anyMatch(line -> line.contains("[Sums *]")) ? 1 : 0;
        }

        assertThat(rounds).isGreaterThan(7);
    }

    @Test
    void whoNeverEndsWhatIsToBeCaughtUpWithKeepsNobodyFromBeingCompared() {
        node.put(KEY, HELLO);
        meet(alice);
        meet(bob);
        node.pass(2_000);
        alice.tells(KEEP_ALIVE, new TreeRecord.Root(99, 1_000_000));
        node.pass(220);
        assertThat(node.out()).anyMatch(line -> line.contains("[List *"));
        boolean isBobAsked = false;
        int key = 100;
        for (int quarter = 0; quarter < 280 && !isBobAsked; quarter++) {
            for (int i = 0; i < 33; i++) {
                alice.pushes(node.written(new Hash(key++), OTHER), OTHER);
            }
            bob.tells(KEEP_ALIVE, OTHER_ROOT);
            node.pass(250);
            isBobAsked = node.out().stream().anyMatch(line -> line.contains("[Sums *]") && line.endsWith(" to bob"));
            assertThat(isBobAsked && quarter < 200)
                    .as("before all is there that is on its way")
                    .isFalse();
        }

        assertThat(isBobAsked).isTrue();
    }

    @Test
    void whatIsWantedAlreadyIsNoNewsWhenItIsAnnouncedAgain() {
        meet(alice);
        meet(bob);
        node.pass(2_000);
        node.put(KEY, HELLO);
        alice.tells(KEEP_ALIVE, new TreeRecord.Root(99, 1_000_000));
        node.pass(220);
        assertThat(node.out()).anyMatch(line -> line.contains("[List *"));
        boolean isBobAsked = false;
        Meta[] same = IntStream.range(0, 40)
                .mapToObj(i -> node.written(new Hash(100 + i), OTHER))
                .toArray(Meta[]::new);
        for (int quarter = 0; quarter < 40; quarter++) {
            alice.tells(KEEP_ALIVE, new ExtensionRecord.Metas(List.of(same)));
            bob.tells(KEEP_ALIVE, OTHER_ROOT);
            node.pass(250);
            isBobAsked |= node.out().stream().anyMatch(line -> line.contains("[Sums *]") && line.endsWith(" to bob"));
        }

        assertThat(isBobAsked).isTrue();
    }

    @Test
    void whoIsFullIsComparedWithEveryHalfMinute() {
        assertThat(roundsWithAFullOne(-1)).containsExactly(30, 60);
    }

    @Test
    void roundWithAFullOneThatHadToWaitForSomethingNewBeginsASecondLater() {
        assertThat(roundsWithAFullOne(29)).containsExactly(31, 61);
    }

    /** In which seconds a round begins with one that says that it is full; something new comes of it just after that one, if any. */
    private List<Integer> roundsWithAFullOne(int secondOfNews) {
        node.put(KEY, HELLO);
        meet(alice);
        node.pass(950);
        node.out();
        List<Integer> seconds = new ArrayList<>();
        for (int second = 1; second < 70; second++) {
            alice.tells(Header.FLAG_NEIGHBOUR | Header.FLAG_FULL, KEEP_ALIVE, OTHER_ROOT);
            if (second == secondOfNews + 1) {
                alice.pushes(node.written(Hash.parse("2b"), HELLO), HELLO);
            }
            node.pass(1_000);
            if (rounds() > 0) {
                seconds.add(second);
            }
        }
        return seconds;
    }

    /** What is held for an hour leaves the sums ten seconds before, at a multiple of ten seconds. */
    @Test
    void nobodyComparesWithinTwoSecondsOfWhenSomethingLeavesTheSums() {
        node.machine().put(KEY, HELLO, 60, node.now());
        node.pass(3_584_500);
        meet(alice);
        List<Long> when = new ArrayList<>();
        for (int second = 3_585; second < 3_596; second++) {
            alice.tells(KEEP_ALIVE, OTHER_ROOT);
            node.pass(1_000);
            if (rounds() > 0) {
                when.add(second - 3_590L);
            }
        }

        assertThat(when).containsExactly(-5L, -4L, -3L, -2L, 2L, 3L, 4L, 5L);
    }

    @Test
    void whatWasHeardBeforeAListingIsOutOfDate() {
        Meta held = written("2a");
        meet(alice);
        node.pass(1_400);
        node.out();
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        node.out();
        node.pass(100);
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        alice.tells(KEEP_ALIVE, new TreeRecord.Listing(Prefix.ROOT, List.of(held)));
        node.pass(1_000);

        assertThat(rounds()).isZero();
    }

    @Test
    void roundThatBroughtNewsWhileOthersDidIsFollowedByTheNext() {
        meet(bob);
        aRoundWithAliceBegins();
        bob.pushes(node.written(Hash.parse("3b"), HELLO), HELLO);
        alice.pushes(node.written(Hash.parse("2b"), HELLO), HELLO);
        node.pass(49);
        assertThat(rounds()).isZero();
        node.pass(1);
        assertThat(rounds()).isEqualTo(1);
        node.pass(500);

        assertThat(rounds()).as("that one brought none").isZero();
    }

    @Test
    void roundThatBroughtNewsOfManyPartsIsFollowedByTheNext() {
        aRoundWithAliceBegins();
        for (int child = 0; child < 6; child++) {
            Meta listed = node.written(new Hash(500 + child), HELLO);
            alice.tells(KEEP_ALIVE, new TreeRecord.Listing(Prefix.ROOT.child(child), List.of(listed)));
        }
        alice.pushes(node.written(Hash.parse("2b"), HELLO), HELLO);
        node.out();
        node.pass(50);

        assertThat(rounds()).isEqualTo(1);
    }

    @Test
    void smallRoundThatAloneBroughtNewsIsNotFollowedByAnother() {
        aRoundWithAliceBegins();
        alice.pushes(node.written(Hash.parse("2b"), HELLO), HELLO);
        node.pass(500);

        assertThat(rounds()).isZero();
    }

    @Test
    void whoIsMetWhoDoesNotKnowUsYetGetsOurSumsWithTheGreeting() {
        fill(100);
        node.pass(2_500);
        node.out();
        alice.tells(KEEP_ALIVE, MachineFixture.GREETING);

        assertThat(node.said()).containsExactly("+KeepAlive [Hello 4000] [Root 100] [Sums *] to alice");
    }

    @Test
    void whoHoldsLittleWaitsForWhatTheOtherOneHolds() {
        fill(99);
        node.pass(2_500);
        node.out();
        alice.tells(KEEP_ALIVE, MachineFixture.GREETING);

        assertThat(node.out()).containsExactly("joined alice", "+KeepAlive [Hello 4000] [Root 99] to alice");
    }

    private void aRoundWithAliceBegins() {
        node.put(KEY, HELLO);
        meet(alice);
        node.pass(2_000);
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        node.pass(1_000);
        node.out();
        node.pass(20);
    }
}
