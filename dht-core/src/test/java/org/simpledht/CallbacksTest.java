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

    private final Callbacks callbacks = new Callbacks(DhtRuntime.system().helper("test-callbacks"), 2);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        callbacks.close();
    }

    @Test
    void callsRunInTheirOrderOnOneDaemonThread() {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            callbacks.execute(() -> threads.add(Thread.currentThread()));
        }
        awaitIdle();

        assertThat(threads).hasSize(3).allMatch(thread -> thread == threads.get(0));
        assertThat(threads.get(0).isDaemon()).isTrue();
        assertThat(threads.get(0).getName()).isEqualTo("test-callbacks");
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
            callbacks.execute(() -> ended.add(number));
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
        callbacks.execute(() -> current.add(callbacks.isCurrentThread()));
        awaitIdle();

        assertThat(current).containsExactly(true);
        assertThat(callbacks.isCurrentThread()).isFalse();
    }

    @Test
    void whatWaitsAtTheCloseIsStillCalledAndNothingNewIs() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        block();
        callbacks.execute(called::countDown);
        callbacks.close();
        gate.countDown();
        called.await();

        assertThatThrownBy(() -> callbacks.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void eventAfterTheCloseIsLeftOutSilently() {
        callbacks.close();
        callbacks.event(() -> {});
        callbacks.event(() -> {});

        assertThat(callbacks.dropped()).isEqualTo(2);
    }

    private void block() {
        CountDownLatch entered = new CountDownLatch(1);
        callbacks.execute(() -> {
            entered.countDown();
            awaitUninterruptibly(gate);
        });
        awaitUninterruptibly(entered);
    }

    private void awaitIdle() {
        CompletableFuture<Void> idle = new CompletableFuture<>();
        callbacks.execute(() -> idle.complete(null));
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
