package org.simpledht;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The helper thread on which the application's code runs, so that it may block and throw without the node noticing. It exists
 * only while there is something to call.
 */
final class Callbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Dht.class);

    private final ExecutorService executor;
    private final int maxEvents;
    private final AtomicInteger waitingEvents = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private volatile Thread running;

    Callbacks(ExecutorService executor, int maxEvents) {
        this.maxEvents = maxEvents;
        this.executor = executor;
    }

    /** Calls a listener, or leaves the event out if too many wait. */
    void event(Runnable call) {
        if (waitingEvents.incrementAndGet() > maxEvents) {
            waitingEvents.decrementAndGet();
            dropped.incrementAndGet();
            return;
        }
        try {
            execute(() -> {
                waitingEvents.decrementAndGet();
                call.run();
            });
        } catch (RejectedExecutionException e) {
            // Closed, while the loop has a last turn to end in good order.
            waitingEvents.decrementAndGet();
            dropped.incrementAndGet();
        }
    }

    /** Ends a future of the application. Never left out: how many there are is bounded where they begin. */
    void execute(Runnable call) {
        executor.execute(() -> {
            running = Thread.currentThread();
            try {
                call.run();
            } catch (RuntimeException e) {
                LOG.warn("a callback of the application has thrown", e);
            }
        });
    }

    long dropped() {
        return dropped.get();
    }

    /** True on the helper thread, which must not wait for itself. */
    boolean isCurrentThread() {
        return Thread.currentThread() == running;
    }

    /** What waits is still called; nothing new is. */
    void close() {
        executor.shutdown();
    }
}
