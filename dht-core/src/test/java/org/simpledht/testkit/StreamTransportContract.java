package org.simpledht.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.simpledht.testkit.Sightings.ClosedConnection;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

/** What a transport promises beyond {@link TransportContract} if its frames travel in connections. */
public abstract class StreamTransportContract extends TransportContract {

    @Test
    void providerSaysThatItIsAStream() {
        assertThat(provider().isStream()).isTrue();
    }

    @Test
    void framesArriveInOrderAndAllOfThem() throws IOException {
        TestLoop a = open("127.0.0.1");
        TestLoop b = open("127.0.0.1");
        List<byte[]> frames =
                IntStream.range(0, 2_000).mapToObj(i -> bytes(i % 400)).toList();
        a.run(t -> frames.forEach(frame -> t.send(b.local(), ByteBuffer.wrap(frame))));
        awaitFrames(b, frames.size());
        assertThat(b.seen().contents())
                .containsExactlyElementsOf(frames.stream().map(Content::of).toList());
    }

    @Test
    void connectionIsReportedToWhoAcceptedIt() throws IOException {
        TestLoop a = open("127.0.0.1");
        TestLoop b = open("127.0.0.1");
        requireServing(a, b);
        assertThat(b.seen().accepted()).containsExactly(b.seen().frames().get(0).from());
        assertThat(a.seen().accepted()).isEmpty();
    }

    @Test
    void oneConnectionCarriesAllFramesOfBothWays() throws IOException {
        TestLoop a = open("127.0.0.1");
        TestLoop b = open("127.0.0.1");
        requireServing(a, b);
        requireServing(a, b);
        b.send(b.seen().frames().get(0).from(), bytes(5));
        assertThat(awaitFrames(a, 1).get(0).from()).isEqualTo(b.local());
        assertThat(b.seen().accepted()).hasSize(1);
        assertThat(a.seen().accepted()).isEmpty();
    }

    @Test
    void disconnectWritesFirstAndIsReportedToTheOtherSideOnly() throws IOException {
        TestLoop a = open("127.0.0.1");
        TestLoop b = open("127.0.0.1");
        byte[] last = bytes(60_000);
        a.run(t -> {
            t.send(b.local(), ByteBuffer.wrap(last));
            t.disconnect(b.local());
        });
        assertThat(awaitFrames(b, 1).get(0).content()).isEqualTo(Content.of(last));
        NetAddress from = b.seen().frames().get(0).from();
        await().until(() -> !b.seen().closed().isEmpty());
        assertThat(b.seen().closed()).extracting(ClosedConnection::remote).containsExactly(from);
        assertThat(a.seen().closed()).isEmpty();
        assertThat(a.seen().faults()).isEmpty();
    }

    @Test
    void whoAcceptedMayDisconnect() throws IOException {
        TestLoop a = open("127.0.0.1");
        TestLoop b = open("127.0.0.1");
        requireServing(a, b);
        b.run(t -> t.disconnect(b.seen().accepted().get(0)));
        await().until(() -> !a.seen().closed().isEmpty());
        assertThat(a.seen().closed()).extracting(ClosedConnection::remote).containsExactly(b.local());
        assertThat(b.seen().closed()).isEmpty();
    }

    @Test
    void sendAfterDisconnectConnectsAgain() throws IOException {
        TestLoop a = open("127.0.0.1");
        TestLoop b = open("127.0.0.1");
        requireServing(a, b);
        a.run(t -> t.disconnect(b.local()));
        await().until(() -> !b.seen().closed().isEmpty());
        requireServing(a, b);
        assertThat(b.seen().accepted()).hasSize(2);
    }

    @Test
    void peerThatClosedIsReportedAndReachedAgainWhenItIsBack() throws IOException {
        TestLoop a = open("127.0.0.1");
        TestLoop first = open("127.0.0.1");
        NetAddress address = first.local();
        requireServing(a, first);
        first.close();
        await().until(() -> !a.seen().closed().isEmpty());
        assertThat(a.seen().closed()).extracting(ClosedConnection::remote).containsExactly(address);
        requireServing(a, open(address));
    }

    @Test
    void connectionThatCouldNotBeMadeIsReported() throws IOException {
        TestLoop a = open("127.0.0.1");
        TestLoop gone = open("127.0.0.1");
        NetAddress nobody = gone.local();
        gone.close();
        a.send(nobody, bytes(9));
        await().until(() -> !a.seen().closed().isEmpty());
        assertThat(a.seen().closed()).extracting(ClosedConnection::remote).containsExactly(nobody);
        assertThat(a.seen().closed().get(0).reason()).isNotBlank();
        assertThat(a.seen().faultKinds()).containsExactly(TransportFault.CONNECT_FAILED);
    }
}
