package org.simpledht.examples;

import java.time.Duration;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Hash;

/**
 * The same program over UDP and over TCP. Nothing in it names a transport: that is {@code dht.transport} or
 * {@code DHT_TRANSPORT}, and without either it is UDP.
 */
public final class SwapTransport {

    private SwapTransport() {}

    /** Takes no arguments. */
    public static void main(String[] args) {
        try (Dht one = Dht.start(DhtConfig.fromEnvironment().bind("127.0.0.1:0").build());
                Dht two = Dht.start(DhtConfig.fromEnvironment()
                        .bind("127.0.0.1:0")
                        .seeds(one.endpoints().get(0).address().toString())
                        .build())) {
            if (!two.awaitPeers(1, Duration.ofSeconds(10))) {
                throw new IllegalStateException("the nodes have not found each other");
            }
            Hash hash = Hash.ofText("swapped");
            one.put(hash, "the same program");
            String text = two.get(hash, Duration.ofSeconds(5)).orElseThrow().toText();
            System.out.println(text + ", over " + two.endpoints().get(0).scheme());
        }
    }
}
