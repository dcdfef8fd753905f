package org.simpledht.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.testkit.Sightings.ClosedConnection;
import org.simpledht.testkit.TestLoop;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

/** Who has a place where there are too many connections, and who makes way. */
class TcpRoomTest extends TcpFixture {

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
    void ofDialsToOneHostThatNobodyAnswersTheFirstMakeWayForTheNext() throws IOException {
        assumeLinux();
        TestLoop loop = listen("0.0.0.0", new StreamLimits(64, 16, 1 << 20, LONG));
        List<NetAddress> victim = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            victim.add(mute("127.0.0.9"));
        }
        NetAddress other = mute("127.0.0.8");
        loop.send(other, new byte[1]);
        victim.forEach(address -> loop.send(address, new byte[1]));

        await().until(() -> loop.seen().closed().size() == 3);
        assertThat(loop.seen().closed())
                .containsExactlyElementsOf(victim.subList(0, 3).stream()
                        .map(address -> new ClosedConnection(address, "made way for another one"))
                        .toList());
    }

    @Test
    void dialsThatNobodyAnswersTakeAQuarterOfThePlacesAndNobodyElses() throws IOException {
        assumeLinux();
        TestLoop loop = listen("0.0.0.0", new StreamLimits(16, 16, 1 << 20, LONG));
        NetAddress here = RawPeer.address("127.0.0.1", loop.local().port());
        for (int i = 0; i < 12; i++) {
            // They have said nothing, so that they would make way for whoever asks.
            keep(new RawPeer(here));
        }
        await().until(() -> loop.seen().accepted().size() == 12);
        List<NetAddress> mute = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            mute.add(mute("127.0.1." + (i + 1)));
        }
        mute.forEach(address -> loop.send(address, new byte[1]));

        await().until(() -> loop.seen().closed().size() == 6);
        assertThat(loop.seen().closed())
                .extracting(ClosedConnection::remote)
                .containsExactlyElementsOf(mute.subList(0, 6));
    }

    @Test
    void whoHasAnsweredADialMakesWayForNoOther() throws IOException {
        assumeLinux();
        TestLoop loop = listen("0.0.0.0", new StreamLimits(16, 16, 1 << 20, LONG));
        TestLoop friend = listen("127.0.0.9", TestLoop.WIDE_LIMITS);
        loop.send(friend.local(), new byte[1]);
        NetAddress from = awaitFrames(friend, 1);
        friend.send(from, new byte[1]);
        awaitFrames(loop, 1);
        for (int i = 0; i < 4; i++) {
            NetAddress mute = mute("127.0.0.9");
            loop.send(mute, new byte[1]);
        }

        await().until(() -> loop.seen().closed().size() == 2);
        assertThat(loop.seen().closed()).extracting(ClosedConnection::remote).doesNotContain(friend.local());
    }

    /** Where connections are taken, and nothing is ever said. */
    private NetAddress mute(String host) throws IOException {
        ServerSocket listener = keep(new ServerSocket());
        listener.bind(RawPeer.address(host, 0).toSocketAddress());
        return NetAddress.of((InetSocketAddress) listener.getLocalSocketAddress());
    }
}
