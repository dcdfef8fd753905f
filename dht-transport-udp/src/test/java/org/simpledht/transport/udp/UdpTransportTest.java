package org.simpledht.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.simpledht.testkit.Loopback;
import org.simpledht.testkit.Sightings.ReceivedFrame;
import org.simpledht.testkit.TestLoop;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;

class UdpTransportTest {

    private TestLoop loop;

    private TestLoop open(String host) throws IOException {
        NetAddress bind = Loopback.any(host);
        assumeTrue(!bind.isV6() || Loopback.hasV6(), "this machine has no IPv6");
        loop = TestLoop.open(new UdpTransportProvider(), bind, TestLoop.WIDE_LIMITS);
        return loop;
    }

    @AfterEach
    void closeLoop() {
        if (loop != null) {
            loop.close();
        }
    }

    @Test
    void isNoStream() {
        assertThat(new UdpTransportProvider().isStream()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 192.0.2.1:4000,       65507",
        "0.0.0.0,   192.0.2.1:4000,       65507",
        "0.0.0.0,   2001:db8::1:4000,     0",
        "::1,       2001:db8::1:4000,     65527",
        "::1,       192.0.2.1:4000,       0",
        "::,        2001:db8::1:4000,     65527",
        "::,        192.0.2.1:4000,       65507",
        "::,        192.0.2.1:0,          0",
        "::,        239.1.2.3:4000,       0",
        "::,        ff0e::1:4000,         0",
        "::,        255.255.255.255:4000, 0",
        "::,        :::4000,              0",
    })
    void largestFrameDependsOnBothFamilies(String host, String to, int largest) throws IOException {
        NetAddress target = Loopback.parse(to);
        assertThat(open(host).<Integer>ask(t -> t.maxFrameBytes(target))).isEqualTo(largest);
    }

    @Test
    void sendThatTheSystemRefusesIsCountedWithItsReason() throws IOException {
        NetAddress unroutable = Loopback.parse("192.0.2.99:4000");
        // A socket of the loopback interface has no way out.
        open("127.0.0.1").send(unroutable, new byte[9]);
        assertThat(loop.seen().faults()).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(TransportFault.SEND_FAILED);
            assertThat(fault.remote()).isEqualTo(unroutable);
            assertThat(fault.cause()).isInstanceOf(IOException.class);
        });
    }

    @Test
    void floodIsReadInBoundedPortions() throws IOException {
        open("127.0.0.1");
        int datagrams = 3 * UdpTransport.MAX_READS_PER_TURN;
        NetAddress to = loop.local();
        loop.whilePaused(() -> sendEmpty(to, datagrams));
        await().until(() -> loop.seen().frames().size() == datagrams);
        assertThat(loop.seen().frames().stream()
                        .collect(Collectors.groupingBy(ReceivedFrame::turn, Collectors.counting()))
                        .values())
                .allSatisfy(perTurn -> assertThat(perTurn).isBetween(1L, (long) UdpTransport.MAX_READS_PER_TURN));
    }

    private static void sendEmpty(NetAddress to, int datagrams) {
        try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < datagrams; i++) {
                stranger.send(new DatagramPacket(new byte[0], 0, to.toSocketAddress()));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void emptyDatagramOfAStrangerIsAFrame() throws IOException {
        open("127.0.0.1");
        sendEmpty(loop.local(), 1);
        await().until(() -> !loop.seen().frames().isEmpty());
        assertThat(loop.seen().contents().get(0).size()).isZero();
    }

    @Test
    void defaultBindServesIpv4WhereThereIsNoIpv6() throws Exception {
        // Only at its start can a JVM be told that there is no IPv6.
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process child = new ProcessBuilder(
                        java,
                        "-Djava.net.preferIPv4Stack=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PrintLocal.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes());
        assertThat(output).contains("bound to 0.0.0.0:").contains("no IPv6 on this machine");
        assertThat(child.waitFor()).isZero();
    }

    /** Binds to {@code [::]}, which serves, and to {@code [::1]}, which cannot. */
    static final class PrintLocal {
        public static void main(String[] args) throws IOException {
            TestLoop loop = TestLoop.open(new UdpTransportProvider(), Loopback.any("::"), TestLoop.WIDE_LIMITS);
            loop.send(loop.local().withPort(4000), new byte[1]);
            System.out.println("bound to " + loop.local());
            loop.close();
            try {
                TestLoop.open(new UdpTransportProvider(), Loopback.any("::1"), TestLoop.WIDE_LIMITS);
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
