package org.simpledht;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.simpledht.core.Outcome;

/** The futures of requests that a machine is working on. Touched by the loop's thread alone. */
final class Tickets {

    private final Map<Long, CompletableFuture<Outcome>> futures = new LinkedHashMap<>();
    private long next = 1;

    long issue(CompletableFuture<Outcome> future) {
        futures.put(next, future);
        return next++;
    }

    void finish(long ticket, Outcome outcome) {
        CompletableFuture<Outcome> future = futures.remove(ticket);
        if (future != null) {
            future.complete(outcome);
        }
    }

    /** Nobody waits for it any more. */
    void forget(long ticket) {
        futures.remove(ticket);
    }

    void fail(long ticket, RuntimeException reason) {
        CompletableFuture<Outcome> future = futures.remove(ticket);
        if (future != null) {
            future.completeExceptionally(reason);
        }
    }

    void failAll(Supplier<RuntimeException> reason) {
        List.copyOf(futures.keySet()).forEach(ticket -> fail(ticket, reason.get()));
    }
}
