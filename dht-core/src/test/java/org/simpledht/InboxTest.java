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
    private boolean congested;

    @AfterEach
    void letWaitersGo() {
        inbox.close();
    }

    @Test
    void commandsRunInTheirOrderWithTheMomentOfTheTurn() {
        put(new Noted("a"));
        put(new Noted("b"));
        drain(10);

        assertThat(log).containsExactly("a ran at 1", "b ran at 1");
        assertThat(inbox.hasWork(() -> congested)).isFalse();
    }

    @Test
    void noMoreThanSoManyRunInOneTurn() {
        put(new Noted("a"));
        put(new Noted("b"));
        drain(1);

        assertThat(log).containsExactly("a ran at 1");
        assertThat(inbox.hasWork(() -> congested)).isTrue();
    }

    @Test
    void offerIsRefusedWhenThereIsNoRoom() {
        assertThat(inbox.offer(new Noted("a"))).isTrue();
        assertThat(inbox.offer(new Noted("b"))).isTrue();
        assertThat(inbox.offer(new Noted("c"))).isFalse();
        drain(10);

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
        drain(1);
        done.await();
        drain(10);

        assertThat(log).containsExactly("a ran at 1", "b ran at 1", "c ran at 1");
    }

    @Test
    void closeAbandonsWhatWaits() {
        put(new Noted("a"));
        inbox.close();
        drain(10);

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
        drain(10);
        assertThat(log).containsExactly("a ran at 1", "b ran at 1");
    }

    @Test
    void nothingIsTakenAfterClose() {
        inbox.close();
        put(new Noted("a"));

        assertThat(inbox.offer(new Noted("b"))).isFalse();
        assertThat(log).containsExactly("a abandoned");
    }

    @Test
    void whileTheNetworkIsBehindWritesStepAsideAndAllElseGoesOn() {
        congested = true;
        put(new Write("w1"));
        put(new Noted("a"));
        int held = drain(10);
        put(new Write("w2"));
        put(new Noted("b"));
        held += drain(10);

        assertThat(log).containsExactly("a ran at 1", "b ran at 1");
        assertThat(held).isEqualTo(2);
        assertThat(inbox.heldWrites()).isEqualTo(2);
        assertThat(inbox.hasWork(() -> congested))
                .as("work that would let the loop spin")
                .isFalse();
    }

    @Test
    void heldWritesGoOnInTheirOrderAndBeforeWhatComesLater() {
        congested = true;
        put(new Write("w1"));
        put(new Write("w2"));
        drain(10);
        congested = false;
        assertThat(inbox.hasWork(() -> congested)).isTrue();
        put(new Noted("a"));
        drain(10);

        assertThat(log).containsExactly("w1 ran at 1", "w2 ran at 1", "a ran at 1");
    }

    @Test
    void orderIsThatOfTheCallersWhileTheNetworkKeepsUp() {
        put(new Write("w"));
        put(new Noted("a"));
        drain(10);

        assertThat(log).containsExactly("w ran at 1", "a ran at 1");
    }

    @Test
    void oneWriteMayBeTheOneThatIsTooMuch() {
        put(new Write("w1"));
        put(new Write("w2"));
        inbox.drain(10, () -> !log.isEmpty(), NOW);

        assertThat(log).containsExactly("w1 ran at 1");
        assertThat(inbox.heldWrites()).isEqualTo(1);
    }

    @Test
    void heldWritesAreBoundedAndInNobodysWay() {
        congested = true;
        for (int i = 0; i < 2; i++) {
            assertThat(inbox.offer(new Write("w"))).isTrue();
            drain(10);
        }
        assertThat(inbox.offer(new Write("one too many"))).isFalse();
        assertThat(inbox.offer(new Noted("a"))).isTrue();
        drain(10);
        assertThat(log).containsExactly("a ran at 1");

        congested = false;
        drain(1);
        assertThat(inbox.offer(new Write("next"))).isTrue();
    }

    @Test
    void closeAbandonsHeldWrites() {
        congested = true;
        put(new Write("w1"));
        drain(10);
        put(new Write("w2"));
        inbox.close();

        assertThat(log).containsExactly("w1 abandoned", "w2 abandoned");
    }

    private int drain(int most) {
        return inbox.drain(most, () -> congested, NOW);
    }

    /** A writer that finds no room says so, and tries again. */
    private void put(Inbox.Command command) {
        inbox.put(command, () -> {
            waits.countDown();
            Thread.onSpinWait();
        });
    }

    private class Noted implements Inbox.Command {
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

    private final class Write extends Noted {
        Write(String name) {
            super(name);
        }

        @Override
        public boolean isWrite() {
            return true;
        }
    }
}
