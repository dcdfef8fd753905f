package org.simpledht.examples;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.simpledht.Dht;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * Waits for a hash to arrive by itself. A {@link Dht#get} asks the peers, which say no while it is still on its way to them:
 * two hops away, that is a moment longer.
 */
final class Waiting {

    private final Map<Hash, CompletableFuture<String>> arrivals = new ConcurrentHashMap<>();

    Waiting(Dht dht) {
        dht.watch(event -> event.after().ifPresent(content -> arrived(event.hash(), content)));
        dht.forEach(this::arrived);
    }

    private void arrived(Hash hash, Content content) {
        arrival(hash).complete(content.toText());
    }

    String await(Hash hash, Duration patience) {
        return arrival(hash)
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private CompletableFuture<String> arrival(Hash hash) {
        return arrivals.computeIfAbsent(hash, h -> new CompletableFuture<>());
    }
}
