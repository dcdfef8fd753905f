package org.simpledht.examples;

import java.time.Duration;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Hash;

/** One node bound with both transports joins a UDP network and a TCP network: values cross it in both directions. */
public final class Bridge {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Bridge() {}

    /** Takes no arguments. */
    public static void main(String[] args) {
        try (Dht udp = Dht.start("udp://127.0.0.1:0");
                Dht tcp = Dht.start("tcp://127.0.0.1:0");
                Dht bridge = Dht.start(DhtConfig.builder()
                        .bind("udp://127.0.0.1:0", "tcp://127.0.0.1:0")
                        .seeds(
                                udp.endpoints().get(0).toString(),
                                tcp.endpoints().get(0).toString())
                        .build())) {
            if (!bridge.awaitPeers(2, PATIENCE)) {
                throw new IllegalStateException("the bridge has not found both sides");
            }
            Waiting atUdp = new Waiting(udp);
            Waiting atTcp = new Waiting(tcp);

            Hash fromUdp = Hash.ofText("from udp");
            udp.put(fromUdp, "put over UDP");
            System.out.println("the TCP node has: " + atTcp.await(fromUdp, PATIENCE));

            Hash fromTcp = Hash.ofText("from tcp");
            tcp.put(fromTcp, "put over TCP");
            System.out.println("the UDP node has: " + atUdp.await(fromTcp, PATIENCE));
        }
    }
}
