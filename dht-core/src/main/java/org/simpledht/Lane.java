package org.simpledht;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/**
 * Tasks that run one after the other, on whichever helper thread is free. Several lanes share a node's helpers, so that one
 * that is blocked does not stop the others. A task may block and throw without the node noticing.
 */
final class Lane implements Executor {

    private final Executor helpers;
    private final LongSupplier nanoTime;

    /** Within the lane alone. */
    private final SparingLog sparing = new SparingLog(LoggerFactory.getLogger(Dht.class));

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean closed;
    private volatile Thread running;

    /**
     * @param nanoTime by which is told how often something was thrown
     */
    Lane(Executor helpers, LongSupplier nanoTime) {
        this.helpers = helpers;
        this.nanoTime = nanoTime;
    }

    /**
     * @throws RejectedExecutionException if it is closed
     */
    @Override
    public synchronized void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("the node is closed");
        }
        waiting.add(task);
        if (!busy) {
            helpers.execute(this::run);
            busy = true;
        }
    }

    private void run() {
        Runnable task = next();
        while (task != null) {
            running = Thread.currentThread();
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                sparing.say(
                        SparingLog.Kind.CALLBACK, nanoTime.getAsLong(), "a callback of the application has thrown", e);
            } finally {
                running = null;
            }
            task = handOver() ? null : next();
        }
    }

    private synchronized Runnable next() {
        busy = !waiting.isEmpty();
        return waiting.poll();
    }

    /** After each task the other lanes have their turn. Returns false if this thread is to go on, as it is the last one. */
    private synchronized boolean handOver() {
        if (waiting.isEmpty()) {
            busy = false;
            return true;
        }
        try {
            helpers.execute(this::run);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** True within a task of this lane, which must not wait for the lane. */
    boolean isCurrentThread() {
        return Thread.currentThread() == running;
    }

    /** What waits still runs; nothing new does. */
    synchronized void close() {
        closed = true;
    }

    /** Nothing that has not begun runs. */
    synchronized void closeNow() {
        closed = true;
        waiting.clear();
    }
}
