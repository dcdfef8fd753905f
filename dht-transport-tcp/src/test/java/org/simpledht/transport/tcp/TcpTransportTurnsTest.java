package org.simpledht.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.simpledht.transport.StreamLimits;
import org.simpledht.types.NetAddress;

/** What depends on when exactly something happens, in turns made by hand. */
class TcpTransportTurnsTest {

    private static final long TIMEOUT = 1_000;

    /** The origin of the clock is arbitrary, and it runs over. */
    private static final long START = Long.MAX_VALUE - TIMEOUT / 2;

    private HandTurnedLoop loop;
    private RawPeer peer;

    @BeforeEach
    void connect() throws IOException {
        loop = new HandTurnedLoop(new StreamLimits(4, 1 << 20, Duration.ofNanos(TIMEOUT)));
        peer = new RawPeer(loop.transport().local());
        loop.turn(START);
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        loop.close();
    }

    @Test
    void acceptedIsReportedBeforeTheFirstFrame() throws IOException {
        peer.write("00000000");
        loop.turn(START);
        assertThat(loop.seen).containsExactly("accepted", "received");
    }

    @Test
    void bytesThatTrickleInDoNotPutOffTheDeadline() throws IOException {
        peer.write("000000");
        loop.turn(START);
        peer.write("05");
        loop.turn(START + TIMEOUT - 1);
        assertThat(loop.seen).containsExactly("accepted");
        peer.write("01");
        loop.turn(START + TIMEOUT);
        assertThat(loop.seen).containsExactly("accepted", "FRAME_TIMEOUT", "closed");
    }

    @Test
    void eachFrameHasTheWholeTime() throws IOException {
        peer.write("0000000201");
        loop.turn(START);
        peer.write("020000");
        loop.turn(START + TIMEOUT - 1);
        loop.transport().tick(START + 2 * TIMEOUT - 2);
        assertThat(loop.seen).containsExactly("accepted", "received");
        loop.transport().tick(START + 2 * TIMEOUT - 1);
        assertThat(loop.seen).containsExactly("accepted", "received", "FRAME_TIMEOUT", "closed");
    }

    @Test
    void frameThatIsThereAfterAPauseIsReadBeforeItIsLate() throws IOException {
        peer.write("00000002");
        loop.turn(START);
        peer.write("0102");
        loop.turn(START + 100 * TIMEOUT);
        assertThat(loop.seen).containsExactly("accepted", "received");
    }

    @Test
    void idleConnectionIsNeverLate() throws IOException {
        peer.write("00000000");
        loop.turn(START);
        loop.transport().tick(START + 100 * TIMEOUT);
        assertThat(loop.seen).containsExactly("accepted", "received");
    }

    @Test
    void allWholeFramesOfOneReadAreHandedOverInOneTurn() throws IOException {
        peer.write(new byte[4 * 1000]);
        loop.turn(START);
        assertThat(loop.seen).filteredOn("received"::equals).hasSize(1000);
    }

    @Test
    void disconnectFromWithinACallbackEndsTheFrames() throws IOException {
        NetAddress remote = peer.local();
        loop.onReceived = () -> loop.transport().disconnect(remote);
        peer.write("000000000000000000000000");
        loop.turn(START);
        peer.awaitEnd();
        assertThat(loop.seen).containsExactly("accepted", "received");
    }

    @Test
    void answerFromWithinACallbackLeavesInTheSameTurn() throws IOException {
        NetAddress remote = peer.local();
        loop.onReceived = () -> loop.transport().send(remote, ByteBuffer.allocate(3));
        peer.write("00000000");
        loop.turn(START);
        assertThat(peer.readFrame().size()).isEqualTo(3);
    }

    @Test
    void closeFromWithinACallbackIsSurvived() throws IOException {
        loop.onReceived = () -> loop.transport().close();
        peer.write("0000000000000000ffffffff");
        loop.turn(START);
        assertThat(loop.seen).containsExactly("accepted", "received");
    }

    @Test
    void diallingAgainFromWithinTheReportDoesNotRecur() throws IOException {
        HandTurnedLoop gone = new HandTurnedLoop(loop.streamLimits());
        NetAddress nobody = gone.transport().local();
        gone.close();
        loop.onClosed = () -> loop.transport().send(nobody, ByteBuffer.allocate(1));
        loop.onClosed.run();
        for (int i = 0; i < 20 && loop.seen.stream().filter("closed"::equals).count() < 3; i++) {
            loop.transport().tick(START);
            loop.turn(START);
        }
        assertThat(loop.seen)
                .containsExactly(
                        "accepted", "CONNECT_FAILED", "closed", "CONNECT_FAILED", "closed", "CONNECT_FAILED", "closed");
    }
}
