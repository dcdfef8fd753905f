package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CallbacksTest {

    private final Lane lane = new Lane(DhtRuntime.system().helpers("test-callbacks"), System::nanoTime);
    private final Callbacks callbacks = new Callbacks(lane, 2);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        lane.close();
    }

    @Test
    void callsRunInTheirOrderOnDaemonThreads() {
        List<Integer> ran = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            lane.execute(() -> {
                ran.add(number);
                threads.add(Thread.currentThread());
            });
        }
        awaitIdle();

        assertThat(ran).hasSize(100).isSorted();
        assertThat(threads).allMatch(Thread::isDaemon).allMatch(thread -> thread.getName()
                .equals("test-callbacks"));
    }

    @Test
    void eventsBeyondTheBoundAreLeftOutAndCounted() {
        List<Integer> heard = new ArrayList<>();
        block();
        for (int i = 0; i < 5; i++) {
            int number = i;
            callbacks.event(() -> heard.add(number));
        }
        gate.countDown();
        awaitIdle();

        assertThat(heard).containsExactly(0, 1);
        assertThat(callbacks.dropped()).isEqualTo(3);
    }

    @Test
    void roomComesBackOnceEventsWereHeard() {
        List<Integer> heard = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            callbacks.event(() -> heard.add(number));
            awaitIdle();
        }

        assertThat(heard).containsExactly(0, 1, 2, 3, 4);
        assertThat(callbacks.dropped()).isZero();
    }

    @Test
    void futuresAreNeverLeftOut() {
        List<Integer> ended = new ArrayList<>();
        block();
        for (int i = 0; i < 100; i++) {
            int number = i;
            lane.execute(() -> ended.add(number));
        }
        gate.countDown();
        awaitIdle();

        assertThat(ended).hasSize(100);
    }

    @Test
    void throwingCallbackHurtsNobody() {
        List<String> heard = new ArrayList<>();
        callbacks.event(() -> {
            throw new IllegalStateException("thrown on purpose");
        });
        callbacks.event(() -> heard.add("next"));
        awaitIdle();

        assertThat(heard).containsExactly("next");
    }

    @Test
    void onlyItsOwnThreadIsTheCurrentOne() {
        List<Boolean> current = new ArrayList<>();
        lane.execute(() -> current.add(lane.isCurrentThread()));
        awaitIdle();

        assertThat(current).containsExactly(true);
        assertThat(lane.isCurrentThread()).isFalse();
    }

    @Test
    void whatWaitsAtTheCloseIsStillCalledAndNothingNewIs() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        block();
        lane.execute(called::countDown);
        lane.close();
        gate.countDown();
        called.await();

        assertThatThrownBy(() -> lane.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void eventAfterTheCloseIsLeftOutSilently() {
        lane.close();
        callbacks.event(() -> {});
        callbacks.event(() -> {});

        assertThat(callbacks.dropped()).isEqualTo(2);
    }

    private void block() {
        CountDownLatch entered = new CountDownLatch(1);
        lane.execute(() -> {
            entered.countDown();
            awaitUninterruptibly(gate);
        });
        awaitUninterruptibly(entered);
    }

    private void awaitIdle() {
        CompletableFuture<Void> idle = new CompletableFuture<>();
        lane.execute(() -> idle.complete(null));
        idle.join();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
