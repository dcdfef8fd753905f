package org.simpledht.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.testkit.Sightings.ClosedConnection;
import org.simpledht.testkit.TestLoop;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;

/** What becomes of frames that the other side does not take at once, also when either side has finished. */
class TcpOutputTest extends TcpFixture {

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
}
