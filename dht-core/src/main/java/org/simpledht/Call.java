package org.simpledht;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.simpledht.core.Now;

/**
 * One call of the application on its way to the loop, and the future of its result.
 *
 * @param <T> the result
 */
final class Call<T> implements Inbox.Command {

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final BiConsumer<CompletableFuture<T>, Now> body;
    private final Loop loop;
    private final boolean isWrite;

    private Call(Loop loop, boolean isWrite, BiConsumer<CompletableFuture<T>, Now> body) {
        this.loop = loop;
        this.isWrite = isWrite;
        this.body = body;
    }

    /**
     * Has the body run on the loop's thread.
     *
     * @param body completes the future, at once or later; what it throws the future ends with, and so does the loop if it
     *     is not one of the exceptions that a call may end with
     */
    static <T> CompletableFuture<T> begin(Loop loop, BiConsumer<CompletableFuture<T>, Now> body) {
        return begin(new Call<>(loop, false, body));
    }

    /** As {@link #begin}, but it waits while the network does not keep up with what was written already. */
    static <T> CompletableFuture<T> beginWrite(Loop loop, BiConsumer<CompletableFuture<T>, Now> body) {
        return begin(new Call<>(loop, true, body));
    }

    private static <T> CompletableFuture<T> begin(Call<T> call) {
        call.loop.execute(call);
        return call.result;
    }

    @Override
    public boolean isWrite() {
        return isWrite;
    }

    @Override
    public void run(Now now) {
        try {
            body.accept(result, now);
        } catch (DhtException | IllegalArgumentException | IllegalStateException e) {
            result.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            // A defect: the caller does not wait for ever, and the loop's guard hears of it.
            result.completeExceptionally(e);
            throw e;
        }
    }

    @Override
    public void abandon() {
        result.completeExceptionally(closed(loop));
    }

    static IllegalStateException closed(Loop loop) {
        Throwable failure = loop.failure();
        return failure == null
                ? new IllegalStateException("it is closed")
                : new IllegalStateException("it has failed and is closed: " + failure, failure);
    }

    /**
     * To be called again and again by a thread that waits without being told of its interruption.
     *
     * @throws CancellationException if the thread is interrupted; it stays interrupted
     */
    static void failIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(null);
        }
    }

    /** For a thread that was interrupted while it waited: it stays interrupted. */
    static CancellationException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        CancellationException cancelled = new CancellationException("interrupted while waiting for the node");
        cancelled.initCause(cause);
        return cancelled;
    }

    /**
     * Waits for a result.
     *
     * @throws CancellationException if the waiting thread is interrupted; it stays interrupted
     */
    static <T> T await(DhtRuntime runtime, CompletableFuture<T> future) {
        try {
            return runtime.await(future);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                // It was made on the loop's thread; a trace is to show who asked.
                failure.fillInStackTrace();
                throw failure;
            }
            throw new CompletionException(e.getCause());
        }
    }
}
