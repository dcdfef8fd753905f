package org.simpledht.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;

/** A node behind a port that leads in, on real sockets: who has only been told of that port reaches it there. */
@Timeout(120)
class AdvertiseUdpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** KeepAlive, a header of node 99, clock and token still to come, HELLO of an unnamed network with a lease of an hour. */
    private static final String GREETING_OF_99 = "02d453443101000000" + "0000000000000063%016x" + "0000000000000000"
            + "0d00120fa0000004b000000e103d25cbf6309594ce";

    private static final String HELLO_WITH_ADDRESS = "0d0019";

    @Test
    void advertisedAddressIsToldToOthersOnceItHasAnswered() {
        try (Relay relay = new Relay();
                Dht met = Dht.start("127.0.0.1:0");
                Dht inside = Dht.start(DhtConfig.builder()
                        .bind("127.0.0.1:0")
                        .advertise("127.0.0.1:" + relay.port())
                        .seeds("127.0.0.1:" + port(met))
                        .build());
                WirePeer told = WirePeer.of(met)) {
            relay.leadTo(port(inside));

            assertThat(met.awaitPeers(1, PATIENCE)).isTrue();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                told.send(String.format(GREETING_OF_99, System.currentTimeMillis() << 16));
                assertThat(told.backlog()).anyMatch(frame -> names(relay.port(), frame));
            });
            assertThat(relay.callers()).containsExactly(port(met));
        }
    }

    @Test
    void whatDoesNotLeadThereIsNotTold() {
        try (Relay relay = new Relay();
                Dht met = Dht.start("127.0.0.1:0");
                Dht inside = Dht.start(DhtConfig.builder()
                        .bind("127.0.0.1:0")
                        .advertise("127.0.0.1:" + relay.port())
                        .seeds("127.0.0.1:" + port(met))
                        .build());
                WirePeer told = WirePeer.of(met)) {
            assertThat(inside.awaitPeers(1, PATIENCE)).isTrue();
            // All three questions have been asked, and whoever listens has had others named ten times.
            List<String> frames = new ArrayList<>();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                told.send(String.format(GREETING_OF_99, System.currentTimeMillis() << 16));
                frames.addAll(told.backlog());
                assertThat(relay.refused()).isEqualTo(3);
                assertThat(frames.stream().filter(frame -> names(port(inside), frame)))
                        .hasSizeGreaterThan(3);
            });

            assertThat(frames).noneMatch(frame -> names(relay.port(), frame));
        }
    }

    /** Whether others are told of that port, by PEERS; in its own HELLO a node may say what it likes. */
    private static boolean names(int port, String frame) {
        return !frame.contains(HELLO_WITH_ADDRESS) && frame.contains(String.format("047f000001%04x", port));
    }

    private static int port(Dht node) {
        return node.endpoints().get(0).address().port();
    }

    /** A router's port that leads to a node: to it each caller is another port, and what it answers leaves by the one that leads in. */
    private static final class Relay implements AutoCloseable {

        private static final int MOST_BYTES = 65_535;

        private final InetAddress loopback;
        private final DatagramSocket outside;
        private final Map<SocketAddress, DatagramSocket> ways = new ConcurrentHashMap<>();
        private final List<Integer> callers = new CopyOnWriteArrayList<>();
        private volatile int target;
        private volatile int refused;

        Relay() {
            try {
                loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
                outside = new DatagramSocket(0, loopback);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            forward(outside, this::comesIn);
        }

        int port() {
            return outside.getLocalPort();
        }

        void leadTo(int port) {
            target = port;
        }

        /** Ports from which something has come, each once. */
        List<Integer> callers() {
            return callers;
        }

        /** How much has come while it led nowhere. */
        int refused() {
            return refused;
        }

        private void comesIn(DatagramPacket packet) throws IOException {
            if (target == 0) {
                refused++;
                return;
            }
            SocketAddress caller = packet.getSocketAddress();
            DatagramSocket way = ways.get(caller);
            if (way == null) {
                callers.add(packet.getPort());
                way = new DatagramSocket(0, loopback);
                ways.put(caller, way);
                forward(way, answer -> {
                    answer.setSocketAddress(caller);
                    outside.send(answer);
                });
            }
            packet.setSocketAddress(new InetSocketAddress(loopback, target));
            way.send(packet);
        }

        private interface Next {
            void take(DatagramPacket packet) throws IOException;
        }

        private static void forward(DatagramSocket from, Next next) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            while (true) {
                                DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
                                from.receive(packet);
                                next.take(packet);
                            }
                        } catch (IOException e) {
                            // It is closed.
                            return;
                        }
                    },
                    "relay");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() {
            outside.close();
            ways.values().forEach(DatagramSocket::close);
        }
    }
}
