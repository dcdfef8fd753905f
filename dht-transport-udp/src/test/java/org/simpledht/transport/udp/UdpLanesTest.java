package org.simpledht.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.simpledht.Dht;
import org.simpledht.DhtClient;
import org.simpledht.DhtConfig;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** A node that trusts nobody, and which sockets the system says that it has. */
@EnabledOnOs(OS.LINUX)
class UdpLanesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Sockets at that port of 127.0.0.1 which are connected to somebody. */
    private static long lanesAt(int port) throws IOException {
        String local = String.format("0100007F:%04X", port);
        try (var lines = Files.lines(Path.of("/proc/net/udp"))) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields[1].equals(local) && !fields[2].endsWith(":0000"))
                    .count();
        }
    }

    @Test
    void clientThatHasShownWhereItIsHasALaneUntilTheNodeIsClosed() throws IOException {
        DhtConfig wary =
                DhtConfig.builder().bind("127.0.0.1:0").trustedNetworks("none").build();
        Hash hash = Hash.ofText("greeting");
        int port;
        try (Dht node = Dht.start(wary)) {
            port = node.endpoints().get(0).address().port();
            try (DatagramSocket guest = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                guest.send(new DatagramPacket(new byte[] {2}, 1, InetAddress.getLoopbackAddress(), port));
                await().until(() -> node.statistics().counters().get("framesReceived") > 0);
            }
            assertThat(lanesAt(port)).as("of a guest").isZero();

            try (DhtClient client = DhtClient.connect("127.0.0.1:" + port)) {
                client.put(hash, Content.ofText("hello"), PATIENCE);
                assertThat(client.get(hash, PATIENCE)).contains(Content.ofText("hello"));
                assertThat(lanesAt(port)).isEqualTo(1);
            }
        }
        assertThat(lanesAt(port)).isZero();
    }
}
