package org.simpledht.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.testkit.Sightings.ClosedConnection;
import org.simpledht.testkit.TestLoop;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

/** What is TCP's own, tried against sockets that do everything a node would not. */
class TcpTransportTest extends Keeping {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final int LARGEST = StreamLimits.MAX_FRAME_BYTES;

    @ParameterizedTest
    @ValueSource(strings = {"00010401", "7fffffff", "80000000", "ffffffff", "00000001aa80000000bb"})
    void lengthBeyondTheLimitClosesAtOnce(String hex) throws IOException {
        TestLoop loop = listen(TestLoop.WIDE_LIMITS);
        RawPeer peer = connect(loop);
        peer.write(hex);
        peer.awaitEnd();
        awaitClosed(loop, peer, "broke the framing");
        assertThat(loop.seen().faultKinds()).containsExactly(TransportFault.BAD_FRAMING);
    }

    @Test
    void frameInSingleBytesArrivesWhole() throws IOException {
        TestLoop loop = listen(TestLoop.WIDE_LIMITS);
        RawPeer peer = connect(loop);
        for (byte b : new byte[] {0, 0, 0, 3, 1, 2, 3, 0, 0, 0, 0}) {
            peer.write(new byte[] {b});
        }
        awaitFrames(loop, 2);
        assertThat(loop.seen().contents()).containsExactly(content(1, 2, 3), content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "000000", "00000005", "0000000501", "00000001aa00"})
    void frameThatStaysBegunIsTimedOut(String hex) throws IOException {
        TestLoop loop = listen(new StreamLimits(8, 1 << 20, SHORT));
        RawPeer idle = connect(loop);
        idle.writeFrame(new byte[3]);
        awaitFrames(loop, 1);
        RawPeer slow = connect(loop);
        slow.write(hex);
        slow.awaitEnd();
        awaitClosed(loop, slow, "a frame took too long to arrive");
        assertThat(loop.seen().faultKinds()).containsExactly(TransportFault.FRAME_TIMEOUT);

        int before = loop.seen().frames().size();
        idle.writeFrame(new byte[4]);
        awaitFrames(loop, before + 1);
    }

    @Test
    void resetInTheMidstOfAFrameIsReportedOnce() throws IOException {
        TestLoop loop = listen(TestLoop.WIDE_LIMITS);
        RawPeer peer = connect(loop);
        NetAddress remote = peer.local();
        peer.write("0000000501");
        await().until(() -> !loop.seen().accepted().isEmpty());
        peer.reset();
        await().until(() -> !loop.seen().closed().isEmpty());
        requireServing(loop);
        assertThat(loop.seen().closed()).containsExactly(new ClosedConnection(remote, "connection reset"));
        assertThat(loop.seen().faultKinds()).containsExactly(TransportFault.CONNECTION_LOST);
    }

    @Test
    void endInTheMidstOfAFrameIsALoss() throws IOException {
        TestLoop loop = listen(TestLoop.WIDE_LIMITS);
        RawPeer peer = connect(loop);
        peer.write("00000001aa0000000501");
        peer.finishOutput();
        peer.awaitEnd();
        awaitClosed(loop, peer, "ended in the midst of a frame");
        assertThat(loop.seen().contents()).containsExactly(content(0xaa));
        assertThat(loop.seen().faultKinds()).containsExactly(TransportFault.CONNECTION_LOST);
    }

    @Test
    void endBetweenFramesIsNoFault() throws IOException {
        TestLoop loop = listen(TestLoop.WIDE_LIMITS);
        RawPeer peer = connect(loop);
        peer.write("00000001aa");
        peer.finishOutput();
        peer.awaitEnd();
        awaitClosed(loop, peer, "closed by the other side");
        assertThat(loop.seen().faults()).isEmpty();
    }

    @Test
    void peerThatFinishedSendingGetsWhatIsQueuedForIt() throws IOException {
        TestLoop loop = listen(new StreamLimits(8, 64 << 20, LONG));
        RawPeer peer = connect(loop);
        peer.write("00000001aa");
        NetAddress remote = awaitFrames(loop, 1);
        int frames = 200; // more than the kernel keeps for one connection
        loop.run(t -> {
            for (int i = 0; i < frames; i++) {
                t.send(remote, ByteBuffer.allocate(LARGEST));
            }
        });
        loop.whilePaused(() -> unchecked(peer::finishOutput));
        loop.run(t -> {});
        loop.run(t -> {});

        assertThat(peer.countFramesToTheEnd(LARGEST)).isEqualTo(frames);
        awaitClosed(loop, peer, "closed by the other side");
    }

    @Test
    void whatThereIsNoRoomForIsRefusedBeforeItIsMadeAndCounted() throws IOException {
        TestLoop loop = listen(new StreamLimits(8, 2 * LARGEST, LONG));
        RawPeer peer = connect(loop);
        peer.write("00000001aa");
        NetAddress remote = awaitFrames(loop, 1);
        List<Boolean> taken = loop.ask(t -> {
            boolean before = t.takes(remote, LARGEST);
            t.send(remote, ByteBuffer.allocate(LARGEST));
            boolean large = t.takes(remote, LARGEST);
            return List.of(before, large, t.takes(remote, 1), t.takes(remote.withPort(1), LARGEST));
        });

        assertThat(taken).as("empty, half full, half full, not connected").containsExactly(true, false, true, true);
        assertThat(loop.seen().faultKinds()).containsExactly(TransportFault.OUTPUT_FULL);
    }

    @Test
    void slowReaderLosesWholeFramesAndBlocksOnlyItself() throws IOException {
        TestLoop loop = listen(new StreamLimits(8, 4 * LARGEST, LONG));
        RawPeer slow = connect(loop);
        slow.write("00000001aa");
        NetAddress remote = awaitFrames(loop, 1);
        int sent = 0;
        while (loop.seen().faults().size() < 10) {
            loop.run(t -> t.send(remote, ByteBuffer.allocate(LARGEST)));
            sent++;
            assertThat(sent).as("frames without any bound").isLessThan(10_000);
        }
        assertThat(loop.seen().faultKinds()).containsOnly(TransportFault.OUTPUT_FULL);
        requireServing(loop);
        assertThat(loop.seen().closed()).isEmpty();

        slow.finishOutput();
        int dropped = loop.seen().faults().size();
        assertThat(slow.countFramesToTheEnd(LARGEST)).isEqualTo(sent - dropped);
    }

    @Test
    void disconnectDeliversItsOutputThoughInputIsUnread() throws IOException {
        TestLoop loop = listen(TestLoop.WIDE_LIMITS);
        RawPeer peer = connect(loop);
        peer.write("00000001aa");
        NetAddress remote = awaitFrames(loop, 1);
        loop.run(t -> {
            // Closing over these would reset the connection, and take with it what the peer has no room for yet.
            unchecked(() -> peer.write(new byte[100_000]));
            for (int i = 0; i < 10; i++) {
                t.send(remote, ByteBuffer.allocate(LARGEST));
            }
            t.disconnect(remote);
        });
        assertThat(peer.countFramesToTheEnd(LARGEST)).isEqualTo(10);
        peer.close();
        requireServing(loop);
        assertThat(loop.seen().contents()).hasSize(2);
        assertThat(loop.seen().closed()).isEmpty();
        assertThat(loop.seen().faults()).isEmpty();
    }

    @Test
    void disconnectedPeerThatStaysIsClosedInTheEnd() throws IOException {
        TestLoop loop = listen(new StreamLimits(1, 1 << 20, SHORT));
        RawPeer peer = connect(loop);
        peer.write("00000001aa");
        NetAddress remote = awaitFrames(loop, 1);
        loop.run(t -> t.disconnect(remote));
        peer.awaitEnd();
        // It has the only place until its time is over.
        await().until(() -> {
            try (RawPeer next = new RawPeer(loop.local())) {
                next.write("00000001bb");
                next.finishOutput();
                next.awaitEnd();
                return loop.seen().contents().contains(content(0xbb));
            } catch (IOException refused) {
                return false;
            }
        });
        assertThat(loop.seen().closed()).extracting(ClosedConnection::remote).doesNotContain(remote);
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAtOnce() throws IOException {
        TestLoop loop = listen(new StreamLimits(2, 1 << 20, LONG));
        RawPeer first = connectAndSpeak(loop);
        RawPeer second = connectAndSpeak(loop);
        connect(loop).awaitEnd();
        connect(loop).awaitEnd();
        await().until(() -> loop.seen().faults().size() == 2);
        assertThat(loop.seen().faultKinds()).containsOnly(TransportFault.TOO_MANY_CONNECTIONS);
        assertThat(loop.seen().accepted()).containsExactly(first.local(), second.local());
        assertThat(loop.seen().closed()).isEmpty();

        first.close();
        await().until(() -> !loop.seen().closed().isEmpty());
        requireServing(loop);
    }

    @Test
    void idleConnectionsMakeWayForNewcomers() throws IOException {
        TestLoop loop = listen(new StreamLimits(4, 1 << 20, LONG));
        RawPeer useful = connectAndSpeak(loop);
        RawPeer oldest = connect(loop);
        await().until(() -> loop.seen().accepted().size() == 2);
        connect(loop);
        connect(loop);
        await().until(() -> loop.seen().accepted().size() == 4);
        connect(loop);
        oldest.awaitEnd();
        await().until(() -> loop.seen().closed().size() == 1);
        assertThat(loop.seen().closed())
                .containsExactly(new ClosedConnection(oldest.local(), "made way for another one"));
        for (int i = 0; i < 3; i++) {
            requireServing(loop);
        }
        useful.writeFrame(new byte[7]);
        await().until(() -> loop.seen().contents().contains(Content.of(new byte[7])));
    }

    @Test
    void halfFramesMakeWayButNotWhoIsKept() throws IOException {
        TestLoop loop = listen(new StreamLimits(2, 1 << 20, LONG));
        RawPeer kept = connectAndSpeak(loop);
        loop.keep(kept.local());
        kept.write("00000005");
        RawPeer slow = connectAndSpeak(loop);
        slow.write("0000000501");
        requireServing(loop);
        slow.awaitEnd();
        kept.write("0102030405");
        await().until(() -> loop.seen().contents().contains(content(1, 2, 3, 4, 5)));
    }

    @Test
    void sourceWithItsShareReplacesItsOwnAlone() throws IOException {
        assumeLinux();
        TestLoop loop = listen("0.0.0.0", new StreamLimits(8, 2, 1 << 20, LONG));
        int port = loop.local().port();
        NetAddress to = RawPeer.address("127.0.0.1", port);
        RawPeer other = keep(new RawPeer(to, RawPeer.address("127.0.0.2", 0)));
        await().until(() -> loop.seen().accepted().size() == 1);
        RawPeer first = keep(new RawPeer(to, RawPeer.address("127.0.0.3", 0)));
        await().until(() -> loop.seen().accepted().size() == 2);
        for (int i = 0; i < 5; i++) {
            keep(new RawPeer(to, RawPeer.address("127.0.0.3", 0)));
        }
        first.awaitEnd();
        await().until(() -> loop.seen().closed().size() == 4);
        other.writeFrame(new byte[3]);
        assertThat(awaitFrames(loop, 1)).isEqualTo(other.local());
    }

    @Test
    void fewSourcesCannotHaveAll() throws IOException {
        assumeLinux();
        TestLoop loop = listen("0.0.0.0", new StreamLimits(4, 4, 1 << 20, LONG));
        NetAddress to = RawPeer.address("127.0.0.1", loop.local().port());
        for (int i = 0; i < 4; i++) {
            keep(new RawPeer(to, RawPeer.address("127.0.0.3", 0))).writeFrame(new byte[i]);
            awaitFrames(loop, i + 1);
        }
        RawPeer other = keep(new RawPeer(to, RawPeer.address("127.0.0.2", 0)));
        other.writeFrame(new byte[9]);
        assertThat(awaitFrames(loop, 5)).isEqualTo(other.local());
        assertThat(loop.seen().closed()).hasSize(1);
    }

    @Test
    void whoReadsNothingIsClosedAfterAWhile() throws IOException {
        TestLoop loop = listen(new StreamLimits(8, 1 << 20, Duration.ofSeconds(1)));
        RawPeer deaf = connectAndSpeak(loop);
        // Many, as the system's own buffers may grow after the first and take all that waits.
        while (loop.seen().faults().size() < 200) {
            loop.send(deaf.local(), new byte[LARGEST]);
        }
        await().until(() -> !loop.seen().closed().isEmpty());
        assertThat(loop.seen().closed())
                .containsExactly(new ClosedConnection(deaf.local(), "does not take what is sent to it"));
    }

    @Test
    void whoHasMostOfTheMemoryMakesWay() throws IOException {
        TestLoop loop = listen(new StreamLimits(8, 8, 64 << 20, LONG, 1 << 20));
        RawPeer deaf = connectAndSpeak(loop);
        RawPeer reader = connectAndSpeak(loop);
        NetAddress remote = deaf.local();
        for (int i = 0; loop.seen().faults().isEmpty(); i++) {
            loop.send(remote, new byte[LARGEST]);
            assertThat(i).as("frames without any bound").isLessThan(10_000);
        }
        // Nobody else wants it yet: its own frame was dropped. Now somebody does.
        loop.run(t -> {
            for (int i = 0; i < 8; i++) {
                t.send(reader.local(), ByteBuffer.allocate(LARGEST));
            }
        });
        await().until(() -> !loop.seen().closed().isEmpty());
        assertThat(loop.seen().closed()).containsExactly(new ClosedConnection(remote, "made way for another one"));
        for (int i = 0; i < 8; i++) {
            assertThat(reader.readFrame().size()).isEqualTo(LARGEST);
        }
    }

    @Test
    void firstFrameMustComeInTime() throws IOException {
        TestLoop loop = listen(new StreamLimits(8, 1 << 20, SHORT));
        RawPeer idle = connect(loop);
        idle.awaitEnd();
        awaitClosed(loop, idle, "no frame came");
        assertThat(loop.seen().faultKinds()).containsExactly(TransportFault.FRAME_TIMEOUT);
    }

    @Test
    void diallingBeyondTheLimitIsRefused() throws IOException {
        TestLoop loop = listen(new StreamLimits(1, 1 << 20, LONG));
        TestLoop other = listen(TestLoop.WIDE_LIMITS);
        RawPeer only = connectAndSpeak(loop);
        int reportedWithinSend = loop.ask(t -> {
            t.send(other.local(), ByteBuffer.allocate(1));
            t.send(other.local(), ByteBuffer.allocate(1));
            return loop.seen().closed().size();
        });
        assertThat(reportedWithinSend).isZero();
        await().until(() -> !loop.seen().closed().isEmpty());
        assertThat(loop.seen().closed()).containsExactly(new ClosedConnection(other.local(), "too many connections"));
        assertThat(loop.seen().faultKinds())
                .containsExactly(TransportFault.TOO_MANY_CONNECTIONS, TransportFault.SEND_FAILED);

        only.close();
        await().until(() -> loop.seen().closed().size() == 2);
        loop.send(other.local(), new byte[1]);
        awaitFrames(other, 1);
    }

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
    void secondConnectionFromOneAddressIsRefused() throws IOException {
        assumeLinux();
        TestLoop loop = listen("0.0.0.0", TestLoop.WIDE_LIMITS);
        int port = loop.local().port();
        RawPeer first = keep(new RawPeer(RawPeer.address("127.0.0.1", port), RawPeer.address("127.0.0.1", 0)));
        first.write("00000001aa");
        awaitFrames(loop, 1);
        RawPeer second = keep(new RawPeer(RawPeer.address("127.0.0.2", port), first.local()));
        second.awaitEnd();
        first.write("00000001bb");
        awaitFrames(loop, 2);
        assertThat(loop.seen().accepted()).containsExactly(first.local());
        assertThat(loop.seen().closed()).isEmpty();
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

    private TestLoop listen(StreamLimits limits) throws IOException {
        return listen("127.0.0.1", limits);
    }

    private TestLoop listen(String host, StreamLimits limits) throws IOException {
        return keep(TestLoop.open(new TcpTransportProvider(), RawPeer.address(host, 0), limits));
    }

    private RawPeer connect(TestLoop loop) throws IOException {
        return keep(new RawPeer(loop.local()));
    }

    private RawPeer connectAndSpeak(TestLoop loop) throws IOException {
        RawPeer peer = connect(loop);
        int before = loop.seen().frames().size();
        peer.writeFrame(new byte[1]);
        awaitFrames(loop, before + 1);
        return peer;
    }

    /** Waits for so many frames; returns where the last one came from. */
    private static NetAddress awaitFrames(TestLoop loop, int count) {
        await().until(() -> loop.seen().frames().size() >= count);
        return loop.seen().frames().get(count - 1).from();
    }

    private static void awaitClosed(TestLoop loop, RawPeer peer, String reason) {
        await().until(() -> !loop.seen().closed().isEmpty());
        assertThat(loop.seen().closed()).containsExactly(new ClosedConnection(peer.local(), reason));
    }

    private void requireServing(TestLoop loop) throws IOException {
        int before = loop.seen().frames().size();
        RawPeer peer = connect(loop);
        peer.writeFrame(new byte[9]);
        NetAddress remote = awaitFrames(loop, before + 1);
        loop.send(remote, new byte[] {9});
        assertThat(peer.readFrame()).isEqualTo(content(9));
    }

    private static Content content(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return Content.of(content);
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void unchecked(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assumeLinux() {
        assumeTrue(System.getProperty("os.name").startsWith("Linux"), "needs all of 127.0.0.0/8, or Linux's backlog");
    }
}
