package org.simpledht.examples;

import java.time.Duration;
import org.simpledht.Dht;
import org.simpledht.types.Hash;

/** Two nodes on a transport of our own: {@link MemoryTransportProvider} is found by the scheme of the address. */
public final class MemoryNetwork {

    private MemoryNetwork() {}

    /** Takes no arguments. */
    public static void main(String[] args) {
        try (Dht one = Dht.start("memory://127.0.0.1:1");
                Dht two = Dht.start("memory://127.0.0.1:2", "memory://127.0.0.1:1")) {
            if (!two.awaitPeers(1, Duration.ofSeconds(10))) {
                throw new IllegalStateException("the nodes have not found each other");
            }
            Hash hash = Hash.ofText("no socket");
            one.put(hash, "carried without a socket");
            System.out.println(two.endpoints().get(0) + " has: "
                    + two.get(hash, Duration.ofSeconds(5)).orElseThrow().toText());
        }
    }
}
