package org.simpledht.examples;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.simpledht.Dht;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * Where services are, as entries of the table: one each, which the newest registration replaces. Only the service itself
 * writes under its name: of two that write at the same time one stays.
 *
 * <p>A registration lives as long as the node at which it was made, and the longest lease more. One that is to end sooner
 * after a crash is put with a ttl, and put again in time.
 */
final class Directory {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Dht dht;

    Directory(Dht dht) {
        this.dht = dht;
    }

    private static Hash key(String service) {
        return Hash.ofText("services/" + service);
    }

    /** Writes where a service is from now on. */
    void register(String service, String address) {
        dht.put(key(service), address);
    }

    /** Writes that a service is gone. */
    void deregister(String service) {
        dht.remove(key(service));
    }

    /** Where a service is now, if it is anywhere. Asks the peers for what is not here. */
    Optional<String> lookUp(String service) {
        return dht.get(key(service), TIMEOUT).map(Content::toText);
    }

    /** Tells where a service is, if it is anywhere yet, and then each time that it moves or goes. */
    void watch(String service, BiConsumer<String, Optional<String>> onChange) {
        Watch watch = new Watch(service, onChange);
        dht.watch(key(service), event -> watch.look());
        watch.look();
    }

    /** Looks instead of taking an event's word: so what is told last is what is here, whoever looks first. */
    private final class Watch {
        private final String service;
        private final BiConsumer<String, Optional<String>> onChange;
        private Optional<String> told = Optional.empty();

        Watch(String service, BiConsumer<String, Optional<String>> onChange) {
            this.service = service;
            this.onChange = onChange;
        }

        // Called by the node's thread for callbacks, and once by the watcher's.
        synchronized void look() {
            Optional<String> here = dht.local(key(service)).map(Content::toText);
            if (!here.equals(told)) {
                told = here;
                onChange.accept(service, here);
            }
        }
    }
}
