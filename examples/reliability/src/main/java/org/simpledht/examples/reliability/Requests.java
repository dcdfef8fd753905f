package org.simpledht.examples.reliability;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.simpledht.DhtClient;
import org.simpledht.DhtConfig;
import org.simpledht.DhtException;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** A good client: a put and a get of it every 20 ms, and how many of them are answered within a second. */
final class Requests implements Runnable {

    private static final Duration WITHIN = Duration.ofSeconds(1);
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final int port;
    private volatile boolean stopping;
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
        asked++;
        try {
            request.run();
            served++;
        } catch (DhtException e) {
            // Not served in time: that is what is counted.
        }
        longestNanos = Math.max(longestNanos, System.nanoTime() - start);
    }

    void stop() {
        stopping = true;
    }

    int asked() {
        return asked;
    }

    double servedPercent() {
        return 100.0 * served / asked;
    }

    long longestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestNanos);
    }
}
