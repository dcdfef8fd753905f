package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AsyncCallsTest {

    private final Lane callbacks = new Lane(DhtRuntime.system().helpers("test"), System::nanoTime);
    private final AsyncCalls calls = new AsyncCalls(2, "max-commands", callbacks, DhtRuntime.system());

    @AfterEach
    void close() {
        callbacks.close();
    }

    @Test
    void futuresEndOnTheCallbackThread() {
        CompletableFuture<String> internal = new CompletableFuture<>();
        CompletableFuture<Boolean> onCallbackThread =
                calls.begin(() -> internal).thenApply(value -> callbacks.isCurrentThread());
        internal.complete("value");

        assertThat(onCallbackThread.join()).isTrue();
    }

    @Test
    void failureIsHandedOverAsItIs() {
        IllegalStateException failure = new IllegalStateException("on purpose");
        CompletableFuture<String> plain = calls.begin(() -> CompletableFuture.failedFuture(failure));
        assertThatThrownBy(plain::join).isInstanceOf(CompletionException.class).hasCause(failure);
        CompletableFuture<String> wrapped =
                calls.begin(() -> CompletableFuture.failedFuture(new CompletionException(failure)));

        assertThatThrownBy(wrapped::get).hasCause(failure);
    }

    @Test
    void callerWaitsUntilOneOfTheOpenCallsEnds() throws InterruptedException {
        CompletableFuture<String> first = new CompletableFuture<>();
        calls.begin(() -> first);
        calls.begin(CompletableFuture::new);
        CountDownLatch begun = new CountDownLatch(1);
        Thread third = new Thread(() -> {
            calls.begin(() -> CompletableFuture.completedFuture("third"));
            begun.countDown();
        });
        third.start();
        while (third.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(begun.getCount()).isEqualTo(1);
        first.complete("first");

        begun.await();
        third.join();
    }

    @Test
    void callThatCannotBeginTakesNoPermit() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> calls.begin(() -> {
                        throw new IllegalArgumentException("on purpose");
                    }))
                    .hasMessage("on purpose");
        }

        assertThat(calls.begin(() -> CompletableFuture.completedFuture("value")).join())
                .isEqualTo("value");
    }

    @Test
    void callWithinACallbackNeverWaitsForItself() {
        calls.begin(CompletableFuture::new);
        calls.begin(CompletableFuture::new);
        CompletableFuture<CompletableFuture<String>> inner = new CompletableFuture<>();
        callbacks.execute(() -> inner.complete(calls.begin(CompletableFuture::new)));

        assertThatThrownBy(inner.join()::join)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("raise max-commands");
    }

    @Test
    void callWithinACallbackWorksWhileThereIsRoom() {
        CompletableFuture<String> chained = calls.begin(() -> CompletableFuture.completedFuture("a"))
                .thenCompose(a -> calls.begin(() -> CompletableFuture.completedFuture(a + "b")));

        assertThat(chained.join()).isEqualTo("ab");
    }

    @Test
    void callThatNeedNotWaitFailsWhenThereIsNoRoom() {
        calls.begin(CompletableFuture::new);
        calls.tryBegin(CompletableFuture::new);

        assertThatThrownBy(calls.tryBegin(CompletableFuture::new)::join)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("raise max-commands");
    }

    @Test
    void interruptedCallerWaitsNoLonger() {
        calls.begin(CompletableFuture::new);
        calls.begin(CompletableFuture::new);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> calls.begin(CompletableFuture::new)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void callThatTheApplicationEndsGivesItsRoomBackAndIsCancelled() {
        for (int i = 0; i < 5; i++) {
            CompletableFuture<String> cancelled = new CompletableFuture<>();
            calls.tryBegin(() -> cancelled).cancel(true);
            CompletableFuture<String> completed = new CompletableFuture<>();
            calls.tryBegin(() -> completed).complete("by the application");

            assertThat(cancelled).isCancelled();
            assertThat(completed).isCancelled();
        }
    }

    @Test
    void roomComesBackOnceForEachCall() {
        for (int i = 0; i < 5; i++) {
            calls.begin(() -> CompletableFuture.completedFuture("value")).join();
        }
        calls.tryBegin(CompletableFuture::new);
        calls.tryBegin(CompletableFuture::new);

        assertThat(calls.tryBegin(CompletableFuture::new)).isCompletedExceptionally();
    }

    @Test
    void futuresEndAlsoAfterTheClose() {
        List<CompletableFuture<String>> internals = new ArrayList<>();
        CompletableFuture<String> forApplication = calls.begin(() -> {
            internals.add(new CompletableFuture<>());
            return internals.get(0);
        });
        callbacks.close();
        internals.get(0).complete("late");

        assertThat(forApplication.join()).isEqualTo("late");
    }
}
