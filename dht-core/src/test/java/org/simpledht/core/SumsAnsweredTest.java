package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.ChildSums;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.types.Hash;

/** What a node answers to a neighbour's sums: which parts it lists, and which it divides. */
class SumsAnsweredTest extends ReconcilerFixture {

    private static final ChildSums NOTHING = ChildSums.of(new long[Prefix.CHILDREN]);

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
        node.pass(200);
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
}
