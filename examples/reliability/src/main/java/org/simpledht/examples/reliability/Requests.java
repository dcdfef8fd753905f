package org.simpledht.examples.reliability;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.simpledht.DhtClient;
import org.simpledht.DhtConfig;
import org.simpledht.DhtException;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * A good client: a put and a get of it every 20 ms, and how many of them are answered within a second. Counted are those that begin
 * between {@link #beginCounting} and {@link #endCounting}: requests of quiet seconds would make any flood look harmless.
 */
final class Requests implements Runnable {

    private static final Duration WITHIN = Duration.ofSeconds(1);
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final int port;
    private volatile boolean stopping;
    private volatile boolean counting;
    private volatile int asked;
    private volatile int served;
    private volatile long longestNanos;

    Requests(int port) {
        this.port = port;
    }

    @Override
    public void run() {
        try (DhtClient client = DhtClient.connect(
                "127.0.0.1:" + port, DhtConfig.builder().bind("127.0.0.1:0").build())) {
            for (int i = 0; !stopping; i++) {
                Hash hash = Hash.ofText("good " + i % 100);
                Content content = Content.ofText("content " + i);
                count(() -> client.put(hash, content, WITHIN));
                count(() -> client.get(hash, WITHIN));
                LockSupport.parkNanos(EVERY_NANOS);
            }
        }
    }

    private void count(Runnable request) {
        long start = System.nanoTime();
        boolean counts = counting;
        boolean isServed = true;
        try {
            request.run();
        } catch (DhtException e) {
            // Not served in time: that is what is counted.
            isServed = false;
        }
        if (counts) {
            asked++;
            served += isServed ? 1 : 0;
            longestNanos = Math.max(longestNanos, System.nanoTime() - start);
        }
    }

    void beginCounting() {
        counting = true;
    }

    void endCounting() {
        counting = false;
    }

    void stop() {
        stopping = true;
    }

    int asked() {
        return asked;
    }

    double servedPercent() {
        return 100.0 * served / Math.max(1, asked);
    }

    long longestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestNanos);
    }
}
