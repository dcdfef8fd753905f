package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.simpledht.core.Now;

@Timeout(20)
class InboxTest {

    private static final Now NOW = new Now(1, 2);

    private final List<String> log = new ArrayList<>();
    private final Inbox inbox = new Inbox(2);
    private final CountDownLatch waits = new CountDownLatch(1);

    @AfterEach
    void letWaitersGo() {
        inbox.close();
    }

    @Test
    void commandsRunInTheirOrderWithTheMomentOfTheTurn() {
        put(new Noted("a"));
        put(new Noted("b"));
        inbox.drain(10, NOW);

        assertThat(log).containsExactly("a ran at 1", "b ran at 1");
        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void noMoreThanSoManyRunInOneTurn() {
        put(new Noted("a"));
        put(new Noted("b"));
        inbox.drain(1, NOW);

        assertThat(log).containsExactly("a ran at 1");
        assertThat(inbox.isEmpty()).isFalse();
    }

    @Test
    void offerIsRefusedWhenThereIsNoRoom() {
        assertThat(inbox.offer(new Noted("a"))).isTrue();
        assertThat(inbox.offer(new Noted("b"))).isTrue();
        assertThat(inbox.offer(new Noted("c"))).isFalse();
        inbox.drain(10, NOW);

        assertThat(log).containsExactly("a ran at 1", "b ran at 1");
    }

    @Test
    void putWaitsForRoom() throws InterruptedException {
        put(new Noted("a"));
        put(new Noted("b"));
        CountDownLatch done = new CountDownLatch(1);
        Thread writer = new Thread(() -> {
            put(new Noted("c"));
            done.countDown();
        });
        writer.start();
        waits.await();
        assertThat(done.getCount()).isEqualTo(1);
        inbox.drain(1, NOW);
        done.await();
        inbox.drain(10, NOW);

        assertThat(log).containsExactly("a ran at 1", "b ran at 1", "c ran at 1");
    }

    @Test
    void closeAbandonsWhatWaits() {
        put(new Noted("a"));
        inbox.close();
        inbox.drain(10, NOW);

        assertThat(log).containsExactly("a abandoned");
    }

    @Test
    void closeLetsAWaitingWriterGo() throws InterruptedException {
        put(new Noted("a"));
        put(new Noted("b"));
        Thread writer = new Thread(() -> put(new Noted("c")));
        writer.start();
        waits.await();
        inbox.close();
        writer.join();

        assertThat(log).containsExactlyInAnyOrder("a abandoned", "b abandoned", "c abandoned");
    }

    @Test
    void interruptedWriterWaitsNoLonger() {
        put(new Noted("a"));
        put(new Noted("b"));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> put(new Noted("c"))).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        inbox.drain(10, NOW);
        assertThat(log).containsExactly("a ran at 1", "b ran at 1");
    }

    @Test
    void nothingIsTakenAfterClose() {
        inbox.close();
        put(new Noted("a"));

        assertThat(inbox.offer(new Noted("b"))).isFalse();
        assertThat(log).containsExactly("a abandoned");
    }

    /** A writer that finds no room says so, and tries again. */
    private void put(Inbox.Command command) {
        inbox.put(command, () -> {
            waits.countDown();
            Thread.onSpinWait();
        });
    }

    private final class Noted implements Inbox.Command {
        private final String name;

        Noted(String name) {
            this.name = name;
        }

        @Override
        public void run(Now now) {
            note(" ran at " + now.nanos());
        }

        @Override
        public void abandon() {
            note(" abandoned");
        }

        private void note(String what) {
            synchronized (log) {
                log.add(name + what);
            }
        }
    }
}
