package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** When a flush is done, and how many hold a write: what the neighbours say when they are asked. */
class ConfirmationsTest {

    private static final Hash KEY2 = Hash.parse("2b");

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");

    @Test
    void flushIsDoneWhenEveryNeighbourHoldsWhatWasWritten() {
        meetBoth();
        node.put(KEY, HELLO);
        node.out();
        flush(1, 5_000);
        assertThat(node.out()).containsExactly("+KeepAlive [Ask 2a] to alice", "+KeepAlive [Ask 2a] to bob");
        alice.announces(held(KEY));
        assertThat(node.out()).isEmpty();
        bob.announces(held(KEY));

        assertThat(node.out()).containsExactly("finished 1 DONE");
    }

    @Test
    void newerVersionWillDo() {
        alice.greets();
        node.put(KEY, HELLO);
        flush(1, 5_000);
        node.out();
        alice.announces(Meta.removal(KEY, held(KEY).clock() + 1));

        assertThat(node.events()).contains("finished 1 DONE");
    }

    @Test
    void olderVersionAndNothingWillNotDo() {
        alice.greets();
        node.put(KEY, HELLO);
        flush(1, 5_000);
        node.out();
        alice.announces(Meta.of(KEY, held(KEY).clock() - 1, 3_600, OTHER));
        alice.announces(Meta.nothing(KEY));
        node.pass(1_000);

        assertThat(node.events()).isEmpty();
    }

    @Test
    void questionIsRepeatedThreeTimesASecondUntilTheTimeout() {
        alice.greets();
        node.put(KEY, HELLO);
        node.out();
        flush(1, 950);
        node.pass(949);
        assertThat(node.saidWhen().stream().filter(line -> line.contains("Ask")))
                .hasSize(4)
                .allMatch(line -> line.contains("[Ask 2a]"))
                .extracting(line -> line.split(" ")[0])
                .containsExactly("0", "300", "600", "900");
        node.pass(1);

        assertThat(node.events()).containsExactly("finished 1 TIMEOUT");
    }

    @Test
    void equalTablesNeedNoQuestion() {
        alice.greets();
        node.put(KEY, HELLO);
        alice.tells(KEEP_ALIVE, node.machine().store().root());
        node.out();
        flush(1, 5_000);

        assertThat(node.out()).containsExactly("finished 1 DONE");
    }

    @Test
    void withoutNeighboursAFlushIsNotDone() {
        node.put(KEY, HELLO);
        flush(1, 1_000);
        node.pass(999);
        assertThat(node.events()).containsExactly("stored 2a hello");
        node.pass(1);

        assertThat(node.events()).containsExactly("finished 1 TIMEOUT");
    }

    @Test
    void flushOfNothingIsDoneWhenThereIsANeighbour() {
        alice.greets();
        node.out();
        flush(1, 1_000);

        assertThat(node.events()).containsExactly("finished 1 DONE");
    }

    @Test
    void writesThatAreStillToComeBelongToIt() {
        alice.greets();
        node.put(KEY, HELLO);
        node.out();
        node.machine().flush(1, 2, TimeUnit.SECONDS.toNanos(5), node.now());
        node.drain();
        alice.announces(held(KEY));
        assertThat(node.said()).as("nothing is asked yet").isEmpty();
        node.put(KEY2, HELLO);
        node.machine().remove(KEY, node.now());
        node.pass(0);
        assertThat(String.join("", node.out())).contains("[Ask").doesNotContain("finished");
        alice.announces(held(KEY));
        assertThat(node.events()).doesNotContain("finished 1 DONE");
        alice.announces(held(KEY2));

        assertThat(node.events()).contains("finished 1 DONE");
    }

    @Test
    void writesThatDoNotComeDoNotKeepItFromItsEnd() {
        alice.greets();
        node.out();
        node.machine().flush(1, 1, TimeUnit.MILLISECONDS.toNanos(900), node.now());
        node.drain();
        node.pass(899);
        assertThat(node.events()).isEmpty();
        node.pass(1);

        assertThat(node.events()).containsExactly("finished 1 TIMEOUT");
    }

    @Test
    void neighbourThatComesMeanwhileMustHoldItToo() {
        alice.greets();
        node.put(KEY, HELLO);
        flush(1, 5_000);
        bob.greets();
        node.pass(0);
        alice.announces(held(KEY));
        assertThat(node.events()).doesNotContain("finished 1 DONE");
        bob.announces(held(KEY));

        assertThat(node.events()).containsExactly("finished 1 DONE");
    }

    @Test
    void neighbourThatLeavesIsNotWaitedFor() {
        meetBoth();
        node.put(KEY, HELLO);
        flush(1, 5_000);
        alice.announces(held(KEY));
        node.out();
        bob.tells(Header.FLAG_LEAVING, KEEP_ALIVE);
        node.pass(1_000);

        assertThat(node.events()).containsExactly("lost bob", "finished 1 DONE");
    }

    @Test
    void whatWasConfirmedIsNotAskedAboutAgain() {
        alice.greets();
        node.put(KEY, HELLO);
        flush(1, 5_000);
        alice.announces(held(KEY));
        node.put(KEY2, HELLO);
        node.out();
        flush(2, 5_000);

        assertThat(node.said()).containsExactly("+KeepAlive [Ask 2b] to alice");
    }

    @Test
    void whatHasEndedIsNotAskedAbout() {
        alice.greets();
        putForASecond(KEY);
        node.put(KEY2, HELLO);
        waitUntilItIsForgotten(KEY);
        flush(1, 5_000);

        assertThat(node.said()).containsExactly("+KeepAlive [Ask 2b] to alice");
    }

    @Test
    void whatHasEndedIsNotRememberedUntilSomebodyAsks() {
        alice.greets();
        for (int i = 0; i < 1_024; i++) {
            putForASecond(new Hash(i));
        }
        waitUntilItIsForgotten(new Hash(1_023));
        NodeInsides insides = new NodeInsides(node.machine());
        assertThat(insides.unconfirmed()).isEqualTo(1_024);
        node.put(new Hash(1_024), HELLO);

        assertThat(insides.unconfirmed()).isEqualTo(1);
    }

    @Test
    void manyWritesAreAskedAboutInTurns() {
        alice.greets();
        List<Hash> keys = IntStream.range(1, 601).mapToObj(Hash::new).toList();
        keys.forEach(key -> node.put(key, HELLO));
        alice.echoes();
        node.out();
        flush(1, 5_000);
        assertThat(asks(node.out())).as("questions of 34 keys each").isEqualTo(8);
        for (int i = 0; i < 300; i += 30) {
            alice.announces(keys.subList(i, i + 30).stream().map(this::held).toArray(Meta[]::new));
        }
        assertThat(asks(node.out())).isPositive();
        for (int i = 300; i < 600; i += 30) {
            alice.announces(keys.subList(i, i + 30).stream().map(this::held).toArray(Meta[]::new));
        }

        assertThat(node.events()).contains("finished 1 DONE");
    }

    @Test
    void oneAnswerOfManyBringsNoFurtherQuestions() {
        alice.greets();
        List<Hash> keys = IntStream.range(1, 601).mapToObj(Hash::new).toList();
        keys.forEach(key -> node.put(key, HELLO));
        alice.echoes();
        node.out();
        flush(1, 5_000);
        node.out();
        alice.announces(held(keys.get(0)));
        alice.announces(Meta.nothing(keys.get(1)));

        assertThat(asks(node.out())).isZero();
    }

    @Test
    void whatHasNotGoneYetIsNotAskedAbout() {
        alice.greets();
        for (int i = 1; i <= 100; i++) {
            node.machine().put(new Hash(i), Content.of(new byte[1_000]), 0, node.now());
        }
        node.drain();
        node.out();
        flush(1, 5_000);

        assertThat(String.join("", node.out())).contains("[Ask 1 2 ").doesNotContain(" 64");
    }

    @Test
    void holdersAreCountedWhenAllHaveAnswered() {
        meetBoth();
        node.put(KEY, HELLO);
        node.out();
        countHolders(1, held(KEY), 1_000);
        alice.announces(held(KEY));
        assertThat(node.events()).isEmpty();
        bob.announces(held(KEY));

        assertThat(node.events()).containsExactly("finished 1 COUNTED 2");
    }

    @Test
    void holdersThatWereHeardOfCountAfterTheTimeout() {
        meetBoth();
        node.put(KEY, HELLO);
        node.out();
        countHolders(1, held(KEY), 1_000);
        alice.announces(held(KEY));
        bob.announces(Meta.nothing(KEY));
        node.pass(1_000);

        assertThat(node.events()).containsExactly("finished 1 COUNTED 1");
    }

    @Test
    void withoutNeighboursNobodyHoldsIt() {
        node.put(KEY, HELLO);
        node.out();
        countHolders(1, held(KEY), 1_000);

        assertThat(node.out()).containsExactly("finished 1 COUNTED 0");
    }

    @Test
    void cancelledRequestEndsWithoutAWord() {
        alice.greets();
        node.put(KEY, HELLO);
        flush(1, 1_000);
        node.machine().cancel(1);
        node.out();
        node.pass(3_000);

        assertThat(node.out()).noneMatch(line -> line.startsWith("finished") || line.contains("Ask"));
    }

    private void putForASecond(Hash key) {
        node.machine().put(key, HELLO, 1, node.now());
        node.drain();
    }

    private void waitUntilItIsForgotten(Hash key) {
        for (int second = 0; second < 7_200 && !held(key).isNothing(); second++) {
            alice.tells(KEEP_ALIVE);
            node.pass(1_000);
        }
        assertThat(held(key).isNothing()).isTrue();
        alice.echoes();
        node.out();
    }

    private void meetBoth() {
        alice.greets();
        bob.greets();
        node.out();
    }

    private Meta held(Hash key) {
        return node.machine().store().meta(key);
    }

    private void flush(long ticket, long timeoutMillis) {
        node.machine().flush(ticket, 0, TimeUnit.MILLISECONDS.toNanos(timeoutMillis), node.now());
        node.drain();
    }

    private void countHolders(long ticket, Meta write, long timeoutMillis) {
        node.machine().countHolders(ticket, write, TimeUnit.MILLISECONDS.toNanos(timeoutMillis), node.now());
        node.drain();
    }

    private static int asks(List<String> lines) {
        return String.join("", lines).split("\\[Ask ", -1).length - 1;
    }
}
