package org.simpledht;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Futures for the application: they end on the callback thread, so that what hangs on them never runs on the loop's. Only so
 * many are open at once; who wants more waits, as a writer faster than the node must.
 */
final class AsyncCalls {

    private final Semaphore permits;
    private final Callbacks callbacks;
    private final DhtRuntime runtime;

    AsyncCalls(int max, Callbacks callbacks, DhtRuntime runtime) {
        this.runtime = runtime;
        this.permits = new Semaphore(max);
        this.callbacks = callbacks;
    }

    <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> forApplication = new CompletableFuture<>();
        if (callbacks.isCurrentThread()) {
            // It would wait for itself: permits come back on this very thread.
            if (!permits.tryAcquire()) {
                forApplication.completeExceptionally(new IllegalStateException(
                        "too many calls are going on to begin another one in a callback; raise max-commands"));
                return forApplication;
            }
        } else {
            while (!permits.tryAcquire()) {
                runtime.relieve();
            }
        }
        CompletableFuture<T> internal;
        try {
            internal = call.get();
        } catch (RuntimeException e) {
            permits.release();
            throw e;
        }
        internal.whenComplete((value, failure) -> finish(forApplication, value, failure));
        return forApplication;
    }

    private <T> void finish(CompletableFuture<T> future, T value, Throwable failure) {
        Runnable end = () -> {
            permits.release();
            if (failure == null) {
                future.complete(value);
            } else {
                future.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
            }
        };
        try {
            callbacks.execute(end);
        } catch (RejectedExecutionException e) {
            // Closed: there is no callback thread, and no loop that could be held up.
            end.run();
        }
    }
}
