package org.simpledht;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.simpledht.types.Hash;

/** A write that is stored here and on its way to everybody else. From any thread. */
public final class PutReceipt {

    private final Hash hash;
    private final Loop loop;
    private final Function<Long, CompletableFuture<Integer>> count;

    PutReceipt(Hash hash, Loop loop, Function<Long, CompletableFuture<Integer>> count) {
        this.hash = hash;
        this.loop = loop;
        this.count = count;
    }

    /** What was written. */
    public Hash hash() {
        return hash;
    }

    /**
     * Asks the neighbours how many of them hold this write, or a newer one. Originals cannot say, and are not counted.
     *
     * @param timeout how long to wait for those that do not hold it yet, or do not answer
     * @throws IllegalArgumentException if the timeout is not longer than zero
     */
    public int holders(Duration timeout) {
        return loop.await(holdersAsync(timeout));
    }

    /** As {@link #holders}, without waiting. */
    public CompletableFuture<Integer> holdersAsync(Duration timeout) {
        return count.apply(NodeSetup.timeoutNanos(timeout));
    }
}
