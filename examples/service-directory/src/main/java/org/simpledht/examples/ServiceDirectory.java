package org.simpledht.examples;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.simpledht.Dht;

/** A service writes where it is and moves; a consumer hears of it; a newcomer looks it up; then the service is gone. */
public final class ServiceDirectory {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ServiceDirectory() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws InterruptedException {
        try (Dht meetingPoint = Dht.start("127.0.0.1:0")) {
            String seed = meetingPoint.endpoints().get(0).toString();
            try (Dht provider = join(seed);
                    Dht consumer = join(seed)) {
                BlockingQueue<String> news = new LinkedBlockingQueue<>();
                new Directory(consumer)
                        .watch("billing", (service, address) -> news.add(service + ": " + describe(address)));
                Directory directory = new Directory(provider);

                directory.register("billing", "10.0.0.5:8080");
                System.out.println("the consumer hears of " + next(news));

                directory.register("billing", "10.0.0.6:8080");
                System.out.println("the consumer hears of " + next(news));

                try (Dht newcomer = join(seed)) {
                    System.out.println(
                            "a newcomer finds billing: " + describe(new Directory(newcomer).lookUp("billing")));
                }

                directory.deregister("billing");
                System.out.println("the consumer hears of " + next(news));
            }
        }
    }

    private static Dht join(String seed) {
        Dht dht = Dht.start("127.0.0.1:0", seed);
        if (!dht.awaitPeers(1, PATIENCE)) {
            throw new IllegalStateException("nobody answers at " + seed);
        }
        return dht;
    }

    private static String describe(Optional<String> address) {
        return address.map("at "::concat).orElse("gone");
    }

    private static String next(BlockingQueue<String> news) throws InterruptedException {
        String first = news.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (first == null) {
            throw new IllegalStateException("no news");
        }
        return first;
    }
}
