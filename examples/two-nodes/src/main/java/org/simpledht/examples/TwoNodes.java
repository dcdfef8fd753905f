package org.simpledht.examples;

import java.time.Duration;
import org.simpledht.Dht;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** Two nodes in one JVM: what is put at one comes out of the other. */
public final class TwoNodes {

    private TwoNodes() {}

    /** Takes no arguments. */
    public static void main(String[] args) {
        // Port 0 is any free port, so the second node asks the first one where it is.
        try (Dht one = Dht.start("127.0.0.1:0");
                Dht two = Dht.start("127.0.0.1:0", one.endpoints().get(0).toString())) {
            // The seed is contacted in the background.
            if (!two.awaitPeers(1, Duration.ofSeconds(10))) {
                throw new IllegalStateException("the nodes have not found each other");
            }

            Hash greeting = Hash.ofText("greeting");
            one.put(greeting, "Hello, world!");

            // Not here yet, perhaps, but then it is asked for; what is fetched is kept.
            Content content = two.get(greeting, Duration.ofSeconds(5)).orElseThrow();
            System.out.println("two has " + greeting + ": " + content.toText());

            // Every peer says that it has nothing: that is a miss, and no timeout.
            boolean found = two.get(Hash.ofText("nobody put this"), Duration.ofSeconds(5))
                    .isPresent();
            System.out.println("something nobody put: " + (found ? "found" : "a miss"));
        }
    }
}
