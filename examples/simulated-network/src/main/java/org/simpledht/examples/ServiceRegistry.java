package org.simpledht.examples;

import java.time.Duration;
import java.util.Optional;
import org.simpledht.Dht;
import org.simpledht.DhtTimeoutException;
import org.simpledht.NoPeerException;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** The application: where services are. Which node it has, and in which kind of time that lives, is not its business. */
final class ServiceRegistry {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Dht dht;

    ServiceRegistry(Dht dht) {
        this.dht = dht;
    }

    private static Hash key(String service) {
        return Hash.ofText("registry/" + service);
    }

    /** Writes where a service is, once. */
    void register(String service, String address) {
        dht.put(key(service), address);
    }

    /** Where a service is, as far as anybody can be asked now. */
    Optional<String> find(String service) {
        try {
            return dht.get(key(service), PATIENCE).map(Content::toText);
        } catch (NoPeerException | DhtTimeoutException e) {
            // Nobody is there, or not everybody answers: whoever needs it asks again.
            return Optional.empty();
        }
    }
}
