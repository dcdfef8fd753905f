package org.simpledht.examples;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.simpledht.Dht;
import org.simpledht.DhtListener;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * Where services are, as entries of the table.
 *
 * <p>Each registration of a service has a key of its own, made of its name and a number that counts up, because a
 * content that replaces another one does not reach the nodes that hold the old one. So the newest registration is the last
 * one before a key that nobody has. Only the service itself writes under its name: two writers would take the same number.
 */
final class Directory {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Dht dht;

    Directory(Dht dht) {
        this.dht = dht;
    }

    private static Hash key(String service, int number) {
        return Hash.ofText("services/" + service + "/" + number);
    }

    /** Writes where a service is from now on; an empty address says that it is gone. */
    void register(String service, String address) {
        int number = 1;
        while (dht.get(key(service, number), TIMEOUT).isPresent()) {
            number++;
        }
        dht.put(key(service, number), address);
    }

    /** Where a service is now, if it is anywhere. Asks the peers for what is not here. */
    Optional<String> lookUp(String service) {
        String address = "";
        int number = 1;
        for (Optional<Content> found = dht.get(key(service, number), TIMEOUT);
                found.isPresent();
                found = dht.get(key(service, number), TIMEOUT)) {
            address = found.get().toText();
            number++;
        }
        return address.isEmpty() ? Optional.empty() : Optional.of(address);
    }

    /** Tells of each registration of a service, those that are here first, then each as it arrives. */
    void watch(String service, BiConsumer<String, String> onChange) {
        Watch watch = new Watch(service, onChange);
        dht.listen(watch);
        watch.tellWhatHasArrived();
    }

    private final class Watch implements DhtListener {
        private final String service;
        private final BiConsumer<String, String> onChange;
        private int next = 1;

        Watch(String service, BiConsumer<String, String> onChange) {
            this.service = service;
            this.onChange = onChange;
        }

        @Override
        public void entryStored(Hash hash, Content content) {
            tellWhatHasArrived();
        }

        // Called by the node's thread for callbacks, and once by the watcher's.
        synchronized void tellWhatHasArrived() {
            for (Optional<Content> here = dht.local(key(service, next));
                    here.isPresent();
                    here = dht.local(key(service, next))) {
                next++;
                onChange.accept(service, here.get().toText());
            }
        }
    }
}
