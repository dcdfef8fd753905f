package org.simpledht.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import org.simpledht.testkit.Sightings.ClosedConnection;
import org.simpledht.testkit.TestLoop;
import org.simpledht.transport.StreamLimits;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

/** Nodes' transports for TCP, against sockets that do everything a node would not. */
abstract class TcpFixture extends Keeping {

    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(200);
    static final int LARGEST = StreamLimits.MAX_FRAME_BYTES;

    final TestLoop listen(StreamLimits limits) throws IOException {
        return listen("127.0.0.1", limits);
    }

    final TestLoop listen(String host, StreamLimits limits) throws IOException {
        return keep(TestLoop.open(new TcpTransportProvider(), RawPeer.address(host, 0), limits));
    }

    final RawPeer connect(TestLoop loop) throws IOException {
        return keep(new RawPeer(loop.local()));
    }

    final RawPeer connectAndSpeak(TestLoop loop) throws IOException {
        RawPeer peer = connect(loop);
        int before = loop.seen().frames().size();
        peer.writeFrame(new byte[1]);
        awaitFrames(loop, before + 1);
        return peer;
    }

    /** Waits for so many frames; returns where the last one came from. */
    static NetAddress awaitFrames(TestLoop loop, int count) {
        await().until(() -> loop.seen().frames().size() >= count);
        return loop.seen().frames().get(count - 1).from();
    }

    static void awaitClosed(TestLoop loop, RawPeer peer, String reason) {
        await().until(() -> !loop.seen().closed().isEmpty());
        assertThat(loop.seen().closed()).containsExactly(new ClosedConnection(peer.local(), reason));
    }

    final void requireServing(TestLoop loop) throws IOException {
        int before = loop.seen().frames().size();
        RawPeer peer = connect(loop);
        peer.writeFrame(new byte[9]);
        NetAddress remote = awaitFrames(loop, before + 1);
        loop.send(remote, new byte[] {9});
        assertThat(peer.readFrame()).isEqualTo(content(9));
    }

    static Content content(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return Content.of(content);
    }

    static void assumeLinux() {
        assumeTrue(System.getProperty("os.name").startsWith("Linux"), "needs all of 127.0.0.0/8, or Linux's backlog");
    }
}
