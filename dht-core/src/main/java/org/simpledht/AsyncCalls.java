package org.simpledht;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Futures for the application: they end on a lane of their own, so that what hangs on them never runs on the loop's thread, and
 * a listener may wait for one. Only so many are open at once. One that the application itself ends, as by cancelling it,
 * is open no longer.
 */
final class AsyncCalls {

    private final Semaphore permits;
    private final String setting;
    private final Lane lane;
    private final DhtRuntime runtime;

    /**
     * @param setting the name of what bounds them
     */
    AsyncCalls(int max, String setting, Lane lane, DhtRuntime runtime) {
        this.permits = new Semaphore(max);
        this.setting = setting;
        this.lane = lane;
        this.runtime = runtime;
    }

    /** Begins a call, or fails the future at once if too many are open. */
    <T> CompletableFuture<T> tryBegin(Supplier<CompletableFuture<T>> call) {
        return permits.tryAcquire() ? begun(call) : tooMany();
    }

    /**
     * Begins a call, and waits before that while too many are open, as a writer faster than the node must.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted then; it stays interrupted
     */
    <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> call) {
        while (!permits.tryAcquire()) {
            if (lane.isCurrentThread()) {
                // It would wait for itself: permits come back on this very lane.
                return tooMany();
            }
            Call.failIfInterrupted();
            runtime.relieve();
        }
        return begun(call);
    }

    private <T> CompletableFuture<T> tooMany() {
        return CompletableFuture.failedFuture(
                new IllegalStateException("too many calls are going on to begin another one; raise " + setting));
    }

    private <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> internal;
        try {
            internal = call.get();
        } catch (RuntimeException e) {
            permits.release();
            throw e;
        }
        CompletableFuture<T> forApplication = new CompletableFuture<>();
        AtomicBoolean open = new AtomicBoolean(true);
        Runnable giveBack = () -> {
            if (open.getAndSet(false)) {
                permits.release();
            }
        };
        forApplication.whenComplete((value, failure) -> {
            giveBack.run();
            internal.cancel(false);
        });
        internal.whenComplete((value, failure) -> onLane(() -> {
            // Before what hangs on it, which may begin the next one.
            giveBack.run();
            if (failure == null) {
                forApplication.complete(value);
            } else {
                forApplication.completeExceptionally(
                        failure instanceof CompletionException ? failure.getCause() : failure);
            }
        }));
        return forApplication;
    }

    private void onLane(Runnable end) {
        try {
            lane.execute(end);
        } catch (RejectedExecutionException e) {
            // Closed: there is no helper, and no loop that could be held up.
            end.run();
        }
    }
}
