package org.simpledht.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.testkit.Sightings.ClosedConnection;
import org.simpledht.testkit.TestLoop;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;

/** How bytes of a connection become frames, and how it ends when they do not. */
class TcpFramingTest extends TcpFixture {

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
    void firstFrameMustComeInTime() throws IOException {
        TestLoop loop = listen(new StreamLimits(8, 1 << 20, SHORT));
        RawPeer idle = connect(loop);
        idle.awaitEnd();
        awaitClosed(loop, idle, "no frame came");
        assertThat(loop.seen().faultKinds()).containsExactly(TransportFault.FRAME_TIMEOUT);
    }
}
