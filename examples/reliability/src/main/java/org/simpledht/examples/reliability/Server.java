package org.simpledht.examples.reliability;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Hash;

/** The node that is attacked, in a process of its own: says where it listens, and its statistics for each line that it reads. */
final class Server {

    static final Hash LARGE = Hash.ofText("large");
    static final Hash SMALL = Hash.ofText("small");
    static final int LARGE_BYTES = 60_000;

    private Server() {}

    public static void main(String[] args) throws IOException {
        DhtConfig config = DhtConfig.builder()
                .bind("127.0.0.1:0")
                .trustedNetworks("none")
                .keepJvmAlive(true)
                .build();
        try (Dht dht = Dht.start(config)) {
            dht.put(LARGE, "x".repeat(LARGE_BYTES));
            dht.put(SMALL, "small");
            System.out.println(dht.endpoints().get(0).address().port());
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (in.readLine() != null) {
                System.out.println(dht.statistics().counters());
            }
        }
    }
}
