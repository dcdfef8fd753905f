package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** When a writer had better wait: nobody who could keep up does. */
class CongestionTest {

    private static final int MUCH = 1_024;

    /** More than the first window of 64 KiB lets go. */
    private static final Content LARGE = Content.of(new byte[1_000]);

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");
    private int written;

    @Test
    void nobodyToTellIsNobodyToWaitFor() {
        write(5_000, HELLO);

        assertThat(isCongested()).isFalse();
    }

    @Test
    void neighbourForWhomMuchWaitsIsWaitedForUntilItHasSaidWhatArrived() {
        alice.greets();
        write(70, LARGE);
        node.drain();
        write(MUCH - 1, HELLO);
        assertThat(isCongested()).isTrue();
        node.drain();
        assertThat(isCongested()).as("the window is full").isTrue();
        alice.echoes();

        assertThat(isCongested()).isFalse();
    }

    @Test
    void oneWriteMoreMayBeTooMuch() {
        alice.greets();
        write(MUCH - 1, HELLO);
        assertThat(isCongested()).isFalse();
        write(1, HELLO);
        assertThat(isCongested()).isTrue();
        node.drain();

        assertThat(isCongested()).as("the window was free").isFalse();
    }

    @Test
    void whatIsWrittenAgainWhileItWaitsCountsOnce() {
        alice.greets();
        for (int i = 0; i < 2 * MUCH; i++) {
            node.machine().put(new Hash(1 + i % 10), HELLO, 0, node.now());
        }

        assertThat(isCongested()).isFalse();
    }

    @Test
    void largeContentsAreMuchWhenTheyAreFew() {
        Far tom = node.tcp("tom");
        node.accepted(tom);
        tom.greets();
        write(20, Content.of(new byte[50_000]));
        assertThat(isCongested()).isFalse();
        write(1, Content.of(new byte[50_000]));

        assertThat(isCongested()).isTrue();
    }

    @Test
    void oneNeighbourThatKeepsUpIsEnough() {
        alice.greets();
        bob.greets();
        for (int i = 0; i < 100; i++) {
            write(100, LARGE);
            node.drain();
            do {
                node.out();
                alice.echoes();
            } while (!node.said().isEmpty());
            assertThat(isCongested()).isFalse();
        }
        assertThat(node.counted(Counter.OUTPUT_DROPPED)).as("for bob").isZero();
        alice.tells(Header.FLAG_LEAVING, KEEP_ALIVE);

        assertThat(isCongested()).isTrue();
    }

    @Test
    void whoIsFullIsNotWaitedFor() {
        alice.greets();
        write(2 * MUCH, LARGE);
        assertThat(isCongested()).isTrue();
        alice.tells(Header.FLAG_NEIGHBOUR | Header.FLAG_FULL, KEEP_ALIVE);

        assertThat(isCongested()).isFalse();
    }

    @Test
    void whoIsFullKeepsUpWithNothing() {
        alice.greets();
        bob.tells(Header.FLAG_NEIGHBOUR | Header.FLAG_FULL, KEEP_ALIVE, MachineFixture.GREETING);
        write(2 * MUCH, LARGE);

        assertThat(isCongested()).isTrue();
    }

    @Test
    void whoEchoesNothingIsWaitedForForFiveSeconds() {
        alice.greets();
        write(2 * MUCH, LARGE);
        node.drain();
        node.pass(4_999);
        assertThat(isCongested()).isTrue();
        node.pass(1);
        assertThat(isCongested()).isFalse();
        alice.echoes();

        assertThat(isCongested()).isTrue();
    }

    @Test
    void whatIsRelayedKeepsNoWriterWaitingAndLeavesRoomForOwnWrites() {
        alice.greets();
        bob.greets();
        write(200, LARGE);
        node.drain();
        for (int i = 0; i < 8_300; i++) {
            Meta meta = node.written(new Hash(0x100_000 + i), HELLO);
            bob.pushes(meta, HELLO);
        }
        bob.tells(Header.FLAG_LEAVING, KEEP_ALIVE);
        assertThat(isCongested()).isFalse();
        node.put(Hash.parse("abc"), HELLO);
        write(MUCH, HELLO);
        assertThat(isCongested()).isTrue();
        node.out();
        List<String> said = new ArrayList<>();
        while (isCongested()) {
            alice.echoes();
            said.addAll(node.said());
            assertThat(said).hasSizeLessThan(10_000);
        }

        assertThat(String.join("", said)).contains("[Push abc hello]");
    }

    private void write(int count, Content content) {
        for (int i = 0; i < count; i++) {
            node.machine().put(new Hash(++written), content, 0, node.now());
        }
    }

    private boolean isCongested() {
        return node.machine().isCongested(node.now());
    }
}
