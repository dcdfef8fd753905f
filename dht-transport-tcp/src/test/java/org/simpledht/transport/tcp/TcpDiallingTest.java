package org.simpledht.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.simpledht.testkit.Sightings.ClosedConnection;
import org.simpledht.testkit.TestLoop;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;

/** Where connections are made to and from, and what is said of those that are not. */
class TcpDiallingTest extends TcpFixture {

    @Test
    void addressBeyondReachIsReportedAsOneThatCouldNotBeConnected() throws IOException {
        TestLoop loop = listen(TestLoop.WIDE_LIMITS);
        NetAddress v6 = RawPeer.address("::1", 4000);
        loop.send(v6, new byte[1]);
        await().until(() -> !loop.seen().closed().isEmpty());
        assertThat(loop.seen().closed()).containsExactly(new ClosedConnection(v6, "not reachable from here"));
        assertThat(loop.seen().faultKinds()).containsExactly(TransportFault.SEND_FAILED);
    }

    @Test
    void refusedConnectSaysSo() throws IOException {
        TestLoop loop = listen(TestLoop.WIDE_LIMITS);
        TestLoop gone = listen(TestLoop.WIDE_LIMITS);
        NetAddress nobody = gone.local();
        gone.close();
        loop.send(nobody, new byte[1]);
        await().until(() -> !loop.seen().closed().isEmpty());
        assertThat(loop.seen().closed()).containsExactly(new ClosedConnection(nobody, "connection refused"));
        assertThat(loop.seen().faultKinds()).containsExactly(TransportFault.CONNECT_FAILED);
    }

    @Test
    void connectWithoutAnswerIsGivenUp() throws IOException {
        assumeLinux();
        TestLoop loop = listen(new StreamLimits(8, 1 << 20, SHORT));
        NetAddress deaf = deafListener();
        loop.send(deaf, new byte[1]);
        await().until(() -> !loop.seen().closed().isEmpty());
        assertThat(loop.seen().closed()).containsExactly(new ClosedConnection(deaf, "no answer to connecting"));
        assertThat(loop.seen().faultKinds()).containsExactly(TransportFault.CONNECT_FAILED);
        requireServing(loop);
    }

    /** A listener that never accepts and whose backlog is full: Linux then ignores whoever knocks. */
    private NetAddress deafListener() throws IOException {
        ServerSocket listener = keep(new ServerSocket());
        listener.bind(RawPeer.address("127.0.0.1", 0).toSocketAddress(), 1);
        for (int i = 0; i < 8; i++) {
            SocketChannel channel = keep(SocketChannel.open());
            channel.configureBlocking(false);
            channel.connect(listener.getLocalSocketAddress());
        }
        return NetAddress.of((InetSocketAddress) listener.getLocalSocketAddress());
    }

    @Test
    void dialsFromTheAddressItIsBoundTo() throws IOException {
        assumeLinux();
        TestLoop loop = listen("127.0.0.2", TestLoop.WIDE_LIMITS);
        TestLoop other = listen(TestLoop.WIDE_LIMITS);
        loop.send(other.local(), new byte[1]);
        assertThat(awaitFrames(other, 1).withPort(0)).isEqualTo(RawPeer.address("127.0.0.2", 0));
    }

    @Test
    void ipv4WildcardReachesNoIpv6() throws IOException {
        TestLoop loop = listen("0.0.0.0", TestLoop.WIDE_LIMITS);
        NetAddress v6 = RawPeer.address("::1", 4000);
        assertThat(loop.<Integer>ask(t -> t.maxFrameBytes(v6))).isZero();
    }

    @Test
    void connectionWithItselfIsNoConnection() throws IOException {
        assumeLinux();
        try (SocketChannel channel = SocketChannel.open()) {
            channel.bind(RawPeer.address("127.0.0.1", 0).toSocketAddress());
            channel.connect(channel.getLocalAddress());
            assertThatThrownBy(() -> Sockets.requireAnother(channel))
                    .isInstanceOf(ConnectException.class)
                    .hasMessage("connection refused");
        }
    }
}
