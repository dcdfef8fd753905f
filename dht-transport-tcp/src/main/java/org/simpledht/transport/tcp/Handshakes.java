package org.simpledht.transport.tcp;

import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Does what is expensive in handshakes, signatures above all, beside the loop: a thousand strangers that begin one would
 * else be a second in which nobody is served. At most half of the processors take part, and who is waited for
 * longer than the frame timeout is dropped.
 */
final class Handshakes<T> {

    private static final int MAX_THREADS = 4;
    private static final long THREAD_LIFE_SECONDS = 5;

    private final ThreadPoolExecutor helpers;
    private final Queue<T> done = new ConcurrentLinkedQueue<>();

    /**
     * @param most who may wait at once
     */
    Handshakes(int most) {
        int threads = Math.max(1, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors() / 2));
        helpers = new ThreadPoolExecutor(
                threads, threads, THREAD_LIFE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(most), work -> {
                    Thread thread = new Thread(work, "dht-tls");
                    thread.setDaemon(true);
                    return thread;
                });
        helpers.allowCoreThreadTimeOut(true);
    }

    /**
     * Has the work done, and the loop hear of it.
     *
     * @throws RejectedExecutionException if too many wait
     */
    void begin(Runnable work, T whose, Selector loop) {
        helpers.execute(() -> {
            try {
                work.run();
            } finally {
                done.add(whose);
                loop.wakeup();
            }
        });
    }

    /** Tells whose work was done since the last call. */
    void collect(Consumer<T> hears) {
        // Those that are there now: what they begin anew is for the next turn.
        for (int left = done.size(); left > 0; left--) {
            hears.accept(done.remove());
        }
    }

    void close() {
        helpers.shutdownNow();
    }
}
