package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.ChildSums;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Mix64;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.types.Hash;

/** When a node compares its table with a neighbour's, and what it answers. */
class ReconcilerTest {

    private static final ChildSums NOTHING = ChildSums.of(new long[Prefix.CHILDREN]);
    private static final TreeRecord.Root OTHER_ROOT = new TreeRecord.Root(99, 1);

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
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
    void aQuietNodeDoesNotWaitForTheNextInterval() {
        node.put(KEY, HELLO);
        meet(alice);
        node.pass(2_250);
        node.out();
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        assertThat(rounds()).isEqualTo(1);
        node.pass(299);
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        assertThat(rounds()).as("so soon after the last one").isZero();
        node.pass(1);
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        assertThat(rounds()).isEqualTo(1);
    }

    @Test
    void whoComparesItsTableWithOursIsNotComparedWithAtTheSameTime() {
        node.put(KEY, HELLO);
        meet(alice);
        node.pass(2_250);
        node.out();
        alice.tells(KEEP_ALIVE, new TreeRecord.Sums(Prefix.ROOT, ChildSums.of(new long[Prefix.CHILDREN])));
        node.out();
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        assertThat(rounds()).isZero();
        node.pass(300);
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        assertThat(rounds()).isEqualTo(1);
    }

    @Test
    void everySecondARoundBeginsWithOneOfThoseWhoseTablesDiffer() {
        node.put(KEY, HELLO);
        meet(alice);
        meet(bob);
        node.pass(2_000);
        node.out();
        for (int second = 0; second < 6; second++) {
            // Something has just come, so that what differs is not looked into at once.
            carol.pushes(node.written(new Hash(second), OTHER), OTHER);
            alice.tells(KEEP_ALIVE, OTHER_ROOT);
            bob.tells(KEEP_ALIVE, OTHER_ROOT);
            node.out();
            node.pass(1_000);
            assertThat(rounds()).as("second %d", second).isEqualTo(1);
        }
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
    void childWithAnotherSumIsListedIfItHoldsFew() {
        List<Meta> held = fillChild(3, 24);
        meet(alice);
        alice.tells(KEEP_ALIVE, sumsWithout(3));

        assertThat(node.said()).singleElement().asString().startsWith("+KeepAlive [List 3* ");
        assertThat(held).hasSize(24);
    }

    @Test
    void childWithAnotherSumIsDividedIfItHoldsMore() {
        fillChild(3, 25);
        meet(alice);
        alice.tells(KEEP_ALIVE, sumsWithout(3));

        assertThat(node.said()).containsExactly("+KeepAlive [Sums 3*] to alice");
    }

    @Test
    void childrenWithEqualSumsAreNotMentioned() {
        fillChild(3, 5);
        fillChild(7, 5);
        meet(alice);
        alice.tells(KEEP_ALIVE, sumsWithout(7));

        assertThat(node.said()).singleElement().asString().contains("[List 7* ").doesNotContain("3*");
    }

    @Test
    void answerTakesAllPartsThatDiffer() {
        for (int child = 0; child < Prefix.CHILDREN; child++) {
            fillChild(child, 1);
        }
        meet(alice);
        for (int i = 0; i < 40; i++) {
            alice.tells(KEEP_ALIVE, new TreeRecord.Sums(Prefix.ROOT, NOTHING));
            assertThat(parts(node.said())).as("question %d about the root", i).isEqualTo(Prefix.CHILDREN);
        }
    }

    @Test
    void roundThatDividesWithoutEndIsCutShort() {
        for (int key = 0; key < 3_000; key++) {
            node.put(new Hash(key), HELLO);
            node.out();
        }
        meet(alice);
        alice.tells(KEEP_ALIVE, new TreeRecord.Sums(Prefix.ROOT, NOTHING));
        int parts = parts(node.said());
        for (int part = 0; part < 4 * Prefix.CHILDREN; part++) {
            alice.tells(KEEP_ALIVE, new TreeRecord.Sums(Prefix.of((long) part << 60, 4), NOTHING));
            parts += parts(node.said());
        }
        assertThat(parts).isEqualTo(512);
    }

    private static int parts(List<String> said) {
        String all = String.join("", said);
        return all.split("\\[List ", -1).length + all.split("\\[Sums ", -1).length - 2;
    }

    @Test
    void whereManyPartsDifferInLittleLessIsListed() {
        for (int child = 0; child < 6; child++) {
            fillUnder(child << 4, 8, 9);
        }
        meet(alice);
        List<String> answers = new ArrayList<>();
        for (int child = 0; child < 6; child++) {
            alice.tells(KEEP_ALIVE, sumsWithout(Prefix.of((long) child << 60, 4), 0, 1));
            answers.add(String.join("", node.said()));
        }

        assertThat(answers.subList(0, 4)).allMatch(answer -> answer.contains("[List "));
        assertThat(answers.subList(4, 6)).allMatch(answer -> answer.contains("[Sums "));
        alice.tells(KEEP_ALIVE, sumsWithout(3));
        assertThat(String.join("", node.said())).as("another round").contains("[List 3* ");
    }

    @Test
    void controlThatFillsTheWindowIsMarked() {
        for (int part = 0; part < 256; part++) {
            fillUnder(part, 8, 8);
        }
        meet(alice);
        for (int i = 0; i < 200; i++) {
            alice.tells(KEEP_ALIVE, new TreeRecord.Sums(Prefix.of((long) (i % 16) << 60, 4), NOTHING));
        }

        assertThat(node.said()).as("its echo makes room again").anyMatch(line -> line.contains("[Flow"));
    }

    @Test
    void sumsBesideARootAreAnsweredAndNotCompared() {
        fillChild(3, 5);
        alice.tells(KEEP_ALIVE, MachineFixture.GREETING, OTHER_ROOT, sumsWithout(3));

        assertThat(String.join("", node.said())).contains("[List 3* ").doesNotContain("[Sums *]");
    }

    @Test
    void ofTwoRoundsThatCrossEachOtherThatOfTheLargerSumGoesOn() {
        fillChild(3, 5);
        meet(alice);
        node.pass(2_000);
        node.out();
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        assertThat(rounds()).isEqualTo(1);
        long ours = node.machine().store().root().sum();
        alice.tells(KEEP_ALIVE, sumsWithout(3, -ours));
        assertThat(String.join("", node.said())).as("the sum is 0").doesNotContain("[List ");

        alice.tells(KEEP_ALIVE, sumsWithout(3, -ours - 1));
        assertThat(String.join("", node.said())).as("no larger one").contains("[List 3* ");
    }

    @Test
    void sumsAreAnsweredWhenThoseOfOursHaveBeen() {
        fillChild(3, 5);
        meet(alice);
        node.pass(2_000);
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        alice.tells(KEEP_ALIVE, new TreeRecord.Sums(Prefix.of(4L << 60, 4), NOTHING));
        node.out();
        alice.tells(KEEP_ALIVE, sumsWithout(3, -node.machine().store().root().sum()));

        assertThat(String.join("", node.said())).contains("[List 3* ");
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
    void listingIsAnsweredWithWhatIsMissingThereOrOlder() {
        Meta same = written("2a");
        Meta newer = written("2b");
        written("2c");
        Meta older = Meta.of(newer.key(), newer.clock() - (1L << 16), newer.life(), OTHER);
        meet(alice);
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
        alice.tells(KEEP_ALIVE, new TreeRecord.Listing(Prefix.ROOT, List.of(larger, unknown)));
        node.pass(0);

        assertThat(node.said()).containsExactly("+KeepAlive [Gets 2a 2b] to alice");
    }

    @Test
    void whoIsFullIsNotSentWhatItLacks() {
        written("2a");
        Meta newer = written("2b");
        meet(alice);
        Meta older = Meta.of(newer.key(), newer.clock() - (1L << 16), newer.life(), OTHER);
        alice.tells(Header.FLAG_FULL, KEEP_ALIVE, new TreeRecord.Listing(Prefix.ROOT, List.of(older)));

        assertThat(String.join("", node.said())).contains("[Push 2b").doesNotContain("[Push 2a");
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

    private void aRoundWithAliceBegins() {
        node.put(KEY, HELLO);
        meet(alice);
        node.pass(2_000);
        alice.tells(KEEP_ALIVE, OTHER_ROOT);
        node.pass(1_000);
        node.out();
        node.pass(20);
    }

    private void meet(Far far) {
        far.greets();
        far.echoes();
        node.out();
    }

    private Meta written(String key) {
        node.put(Hash.parse(key), HELLO);
        return node.machine().store().meta(Hash.parse(key));
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            node.put(new Hash(i), HELLO);
        }
    }

    /** Writes so many keys whose x begins with that digit. */
    private List<Meta> fillChild(int child, int count) {
        return fillUnder(child, 4, count);
    }

    /** Writes so many keys whose x begins with these bits. */
    private List<Meta> fillUnder(int first, int bitCount, int count) {
        List<Meta> metas = new ArrayList<>();
        for (long bits = 1; metas.size() < count; bits++) {
            if (Mix64.of(bits) >>> 64 - bitCount == first) {
                node.put(new Hash(bits), HELLO);
                metas.add(node.machine().store().meta(new Hash(bits)));
            }
        }
        return metas;
    }

    /** Our own sums, but for one child. */
    private TreeRecord.Sums sumsWithout(int child) {
        return sumsWithout(child, 1);
    }

    private TreeRecord.Sums sumsWithout(int child, long difference) {
        return sumsWithout(Prefix.ROOT, child, difference);
    }

    private TreeRecord.Sums sumsWithout(Prefix prefix, int child, long difference) {
        ChildSums ours = node.machine().store().sums().ofChildren(prefix);
        long[] sums = new long[Prefix.CHILDREN];
        Arrays.setAll(sums, ours::at);
        sums[child] += difference;
        return new TreeRecord.Sums(prefix, ChildSums.of(sums));
    }

    private long rounds() {
        return node.out().stream().filter(line -> line.contains("[Sums *]")).count();
    }
}
