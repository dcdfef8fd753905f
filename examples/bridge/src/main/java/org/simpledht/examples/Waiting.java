package org.simpledht.examples;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.simpledht.Dht;
import org.simpledht.DhtListener;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * Waits for a hash to arrive by itself. A {@link Dht#get} asks the peers, but these pass no question on: two hops away,
 * the value comes by announcement, or not at all.
 */
final class Waiting implements DhtListener {

    private final Map<Hash, CompletableFuture<String>> arrivals = new ConcurrentHashMap<>();

    Waiting(Dht dht) {
        dht.listen(this);
        dht.entries().forEach(this::entryStored);
    }

    @Override
    public void entryStored(Hash hash, Content content) {
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
