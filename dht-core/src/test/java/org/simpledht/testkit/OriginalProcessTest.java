package org.simpledht.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

@Timeout(60)
class OriginalProcessTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Content HELLO = Content.ofText("Hello, world!");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "[::1]:0"})
    void valuePutAtOneIsReadAtAnother(String bind) {
        assumeTrue(bind.startsWith("127.") || Loopback.hasV6(), "this machine has no IPv6");
        try (OriginalProcess one = OriginalProcess.start(bind);
                OriginalProcess other = OriginalProcess.start(bind);
                OriginalClient client = other.client()) {
            one.discover(other.address());
            // It hears of the other with the KeepAlive that its first client waits for; the other knows it by then too.
            one.put(7, HELLO);

            assertThat(client.get(7, TIMEOUT)).isEqualTo(HELLO);
        }
    }

    @Test
    void clientWaitsUntilTheHashArrives() {
        try (OriginalProcess original = OriginalProcess.start("127.0.0.1:0");
                OriginalClient client = original.client()) {
            assertThatThrownBy(() -> client.get(7, Duration.ofMillis(50))).isInstanceOf(AssertionError.class);
            original.put(7, HELLO);

            assertThat(client.get(7, TIMEOUT)).isEqualTo(HELLO);
        }
    }

    @Test
    void stalledOneDiesOfThreePuts() throws IOException {
        try (OriginalProcess original = OriginalProcess.start("127.0.0.1:0", Duration.ofMillis(200))) {
            for (int i = 0; i < 3; i++) {
                send(OriginalWire.put(i, new byte[0]), original.address());
            }

            await().atMost(TIMEOUT).until(original::isDead);
            assertThat(original.causeOfDeath()).startsWith("burst");
        }
    }

    @Test
    void deathFreesItsPort() throws IOException {
        try (OriginalProcess original = OriginalProcess.start("127.0.0.1:0")) {
            send(new byte[0], original.address());
            await().atMost(TIMEOUT).until(original::isDead);

            await().atMost(TIMEOUT).ignoreExceptions().until(() -> {
                OriginalProcess.start(original.address().toString()).close();
                return true;
            });
            assertThat(original.causeOfDeath()).endsWith("empty datagram");
        }
    }

    @Test
    void sendThatTheSystemRefusesKills() throws IOException {
        try (OriginalProcess original = OriginalProcess.start("127.0.0.1:0")) {
            // No route leads out of a socket that is bound to loopback.
            send(OriginalWire.discover(new byte[] {(byte) 192, 0, 2, 1}, 4000), original.address());

            await().atMost(TIMEOUT).until(original::isDead);
            assertThat(original.causeOfDeath()).startsWith("sending to 192.0.2.1:4000 failed");
        }
    }

    @Test
    void closedWhileAliveItDidNotDie() {
        OriginalProcess original = OriginalProcess.start("127.0.0.1:0");
        original.put(7, HELLO);
        original.close();

        assertThat(original.isDead()).isFalse();
    }

    private static void send(byte[] bytes, NetAddress to) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, to.toSocketAddress()));
        }
    }
}
