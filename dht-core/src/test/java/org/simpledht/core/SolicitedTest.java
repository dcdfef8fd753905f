package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.simpledht.core.store.Store;
import org.simpledht.types.Hash;

/** Whether a Put without version is a copy that was asked for, or a client's fresh write. */
class SolicitedTest {

    private static final Hash KEY2 = Hash.parse("2b");

    private final NodeFixture node = new NodeFixture();
    private final Far original = node.udp("original");
    private final Far client = node.udp("client");

    @BeforeEach
    void meet() {
        original.becomesOriginal();
        node.out();
    }

    @Test
    void putThatNobodyAskedForIsAFreshWrite() {
        node.put(KEY, HELLO);
        client.puts(KEY, OTHER);

        assertThat(node.held(KEY)).isEqualTo("other");
        assertThat(clock(KEY)).isGreaterThan(Store.COPY_CLOCK);
    }

    @Test
    void putThatAnswersOurGetIsACopyOfUnknownAge() {
        original.has(KEY);
        original.puts(KEY, HELLO);

        assertThat(node.held(KEY)).isEqualTo("hello");
        assertThat(clock(KEY)).isEqualTo(Store.COPY_CLOCK);
    }

    @Test
    void copyLivesTenMinutes() {
        original.has(KEY);
        original.puts(KEY, HELLO);
        node.pass(599_000);
        assertThat(node.held(KEY)).isEqualTo("hello");
        node.pass(2_000);

        assertThat(node.held(KEY)).isEqualTo("nothing");
    }

    @Test
    void copyLosesToWhatOneOfOursWrote() {
        original.has(KEY);
        node.put(KEY, HELLO);
        original.puts(KEY, OTHER);

        assertThat(node.held(KEY)).isEqualTo("hello");
    }

    @Test
    void freshWriteWinsOverACopy() {
        original.has(KEY);
        original.puts(KEY, HELLO);
        client.puts(KEY, OTHER);

        assertThat(node.held(KEY)).isEqualTo("other");
    }

    @Test
    void eachGetIsAnsweredByOnePut() {
        original.has(KEY);
        original.puts(KEY, HELLO);
        original.puts(KEY, OTHER);

        assertThat(node.held(KEY)).isEqualTo("other");
        assertThat(clock(KEY)).as("the second one is a client's there").isGreaterThan(Store.COPY_CLOCK);
    }

    @Test
    void answerMayComeVeryLate() {
        original.has(KEY);
        for (int second = 0; second < 300; second++) {
            node.pass(1_000);
            original.keepsAlive();
        }
        node.put(KEY, HELLO);
        original.puts(KEY, OTHER);

        assertThat(node.held(KEY)).isEqualTo("hello");
    }

    @Test
    void getOfOneKeyDoesNotMakeThePutOfAnotherACopy() {
        original.has(KEY);
        original.puts(KEY2, HELLO);

        assertThat(clock(KEY2)).isGreaterThan(Store.COPY_CLOCK);
    }

    @Test
    void getToOneDoesNotMakeThePutOfAnotherOneACopy() {
        original.has(KEY);
        client.puts(KEY, HELLO);

        assertThat(clock(KEY)).isGreaterThan(Store.COPY_CLOCK);
    }

    @Test
    void whoWasLostOwesNothing() {
        original.has(KEY);
        node.pass(12_000);
        original.puts(KEY, HELLO);

        assertThat(clock(KEY)).isGreaterThan(Store.COPY_CLOCK);
    }

    @Test
    void whoOwesTooManyAnswersIsAskedForNothingMore() {
        for (int i = 0; i < 1_100; i++) {
            original.has(new Hash(i));
        }

        assertThat(node.said().stream().filter(line -> line.startsWith("Get")).distinct())
                .hasSize(1_024);
    }

    @Test
    void repeatedWriteIsTheSameWrite() {
        client.puts(KEY, HELLO);
        long first = clock(KEY);
        node.pass(29_000);
        client.puts(KEY, HELLO);
        assertThat(clock(KEY)).isEqualTo(first);
        node.pass(1_000);
        client.puts(KEY, HELLO);

        assertThat(clock(KEY)).isGreaterThan(first);
    }

    @Test
    void writeThatAnotherOneOvercameIsNoRepetition() {
        client.puts(KEY, HELLO);
        node.put(KEY, OTHER);
        client.puts(KEY, HELLO);

        assertThat(node.held(KEY)).isEqualTo("hello");
    }

    private long clock(Hash key) {
        return node.machine().store().meta(key).clock();
    }
}
