package org.simpledht.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.testkit.Sightings.ReceivedFrame;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.TransportFault;
import org.simpledht.transport.TransportProvider;
import org.simpledht.transport.TransportSettings;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

/**
 * What every transport promises, tried on real sockets of the loopback interface. A test of a transport extends this
 * class, or {@link StreamTransportContract} if its frames travel in connections.
 */
public abstract class TransportContract {

    private final Deque<TestLoop> loops = new ArrayDeque<>();

    /** The transport under test. */
    protected abstract TransportProvider provider();

    /** What the loops of this test say about streams. */
    protected StreamLimits limits() {
        return TestLoop.WIDE_LIMITS;
    }

    /** What the loops of this test say to transports. */
    protected TransportSettings settings() {
        return TransportSettings.NONE;
    }

    /** A loop bound to any free port of this host, closed after the test. */
    protected final TestLoop open(String host) throws IOException {
        return open(Loopback.any(host));
    }

    /** A loop bound there, closed after the test. */
    protected final TestLoop open(NetAddress bind) throws IOException {
        assumeTrue(!bind.isV6() || Loopback.hasV6(), "this machine has no IPv6");
        TestLoop loop = TestLoop.open(provider(), bind, limits(), settings());
        loops.push(loop);
        return loop;
    }

    /** Waits until a loop has received this many frames, and returns them. */
    protected static List<ReceivedFrame> awaitFrames(TestLoop loop, int count) {
        await().until(() -> loop.seen().frames().size() >= count);
        return loop.seen().frames();
    }

    /** Sends a frame from one loop to the other and waits for it: both serve. */
    protected static void requireServing(TestLoop from, TestLoop to) {
        byte[] frame = bytes(9);
        int before = to.seen().frames().size();
        from.send(to.local(), frame);
        assertThat(awaitFrames(to, before + 1).get(before).content()).isEqualTo(Content.of(frame));
    }

    /** So many bytes, each time the same, that are not all equal. */
    protected static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @AfterEach
    void closeLoops() {
        try {
            if (!loops.isEmpty()) {
                loops.pop().close();
            }
        } finally {
            if (!loops.isEmpty()) {
                closeLoops(); // whatever the last one said
            }
        }
    }

    @Test
    void servesOnWhenItsFilesAreReadAnew() throws IOException {
        TestLoop a = open("127.0.0.1");
        TestLoop b = open("127.0.0.1");
        requireServing(a, b);
        assertThat(a.reread()).isEqualTo(b.reread());

        requireServing(a, b);
        requireServing(open("127.0.0.1"), a);
        requireServing(a, open("127.0.0.1"));
        assertThat(a.seen().faults()).isEmpty();
        assertThat(a.seen().closed()).isEmpty();
    }

    @Test
    void providerIsFoundByItsScheme() {
        assertThat(ServiceLoader.load(TransportProvider.class)).anySatisfy(found -> assertThat(found.scheme())
                .isEqualTo(provider().scheme()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void frameGoesThereAndBackWhole(String host) throws IOException {
        TestLoop a = open(host);
        TestLoop b = open(host);
        int largest = a.ask(t -> t.maxFrameBytes(b.local()));
        int[] sizes = {0, 1, 9, 1200, largest};
        for (int i = 0; i < sizes.length; i++) {
            byte[] frame = bytes(sizes[i]);
            a.send(b.local(), frame);
            ReceivedFrame there = awaitFrames(b, i + 1).get(i);
            assertThat(there.content()).isEqualTo(Content.of(frame));
            b.send(there.from(), there.content().toBytes());
            ReceivedFrame back = awaitFrames(a, i + 1).get(i);
            assertThat(back.content()).isEqualTo(Content.of(frame));
            assertThat(back.from()).isEqualTo(b.local());
        }
        assertThat(a.seen().faults()).isEmpty();
        assertThat(b.seen().faults()).isEmpty();
    }

    @Test
    void framesAreNeitherCutNorJoined() throws IOException {
        TestLoop a = open("127.0.0.1");
        TestLoop b = open("127.0.0.1");
        // Few and small enough for the smallest socket buffer that Linux gives: nothing is lost for want of room.
        List<byte[]> frames =
                IntStream.range(0, 60).mapToObj(i -> bytes(i * 29)).toList();
        a.run(t -> frames.forEach(frame -> t.send(b.local(), ByteBuffer.wrap(frame))));
        awaitFrames(b, frames.size());
        assertThat(b.seen().contents())
                .containsExactlyInAnyOrderElementsOf(
                        frames.stream().map(Content::of).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "0.0.0.0", "::"})
    void portZeroBecomesTheRealPort(String host) throws IOException {
        NetAddress local = open(host).local();
        assertThat(local.port()).isNotZero();
        assertThat(local.withPort(0)).isEqualTo(Loopback.any(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void portInUseIsNamed(String host) throws IOException {
        NetAddress taken = open(host).local();
        assertThatThrownBy(() -> open(taken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(taken.toString())
                .hasMessageContaining("in use");
    }

    @Test
    void addressOfAnotherMachineIsNamed() {
        // TEST-NET-3 (RFC 5737) is nobody's.
        assertThatThrownBy(() -> open("203.0.113.77"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("203.0.113.77:0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void portIsFreeAtOnceAfterClose(String host) throws IOException {
        TestLoop a = open(host);
        TestLoop first = open(host);
        NetAddress address = first.local();
        requireServing(a, first);
        first.close();
        assertThat(open(address).local()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:0",
                "0.0.0.0:4000",
                "224.0.0.1:4000",
                "255.255.255.255:4000",
                "240.0.0.1:4000",
                "::1:4000",
                "ff02::1:4000"
            })
    void addressBeyondReachIsCountedAndHarmless(String text) throws IOException {
        NetAddress to = Loopback.parse(text);
        TestLoop a = open("127.0.0.1");
        TestLoop b = open("127.0.0.1");
        assertThat(a.<Integer>ask(t -> t.maxFrameBytes(to))).isZero();
        a.send(to, bytes(9));
        await().until(() -> !a.seen().faults().isEmpty());
        assertThat(a.seen().faultKinds())
                .containsAnyOf(TransportFault.SEND_FAILED, TransportFault.CONNECT_FAILED)
                .hasSize(1);
        requireServing(a, b);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1:0", ":::4000", "ff02::1:4000", "127.0.0.1:4000"})
    void addressBeyondReachOfAnIpv6SocketIsCountedAndHarmless(String text) throws IOException {
        NetAddress to = Loopback.parse(text);
        TestLoop a = open("::1");
        TestLoop b = open("::1");
        assertThat(a.<Integer>ask(t -> t.maxFrameBytes(to))).isZero();
        a.send(to, bytes(9));
        await().until(() -> !a.seen().faults().isEmpty());
        requireServing(a, b);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void closedPortIsHarmless(String host) throws IOException {
        TestLoop a = open(host);
        TestLoop b = open(host);
        TestLoop gone = open(host);
        NetAddress nobody = gone.local();
        gone.close();
        a.send(nobody, bytes(9));
        a.send(nobody, bytes(9));
        requireServing(a, b);
        requireServing(b, a);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void frameTooLargeIsDroppedAndCounted(String host) throws IOException {
        TestLoop a = open(host);
        TestLoop b = open(host);
        int largest = a.ask(t -> t.maxFrameBytes(b.local()));
        a.send(b.local(), bytes(largest + 1));
        assertThat(a.seen().faultKinds()).containsExactly(TransportFault.FRAME_TOO_LARGE);
        requireServing(a, b);
        assertThat(b.seen().frames()).hasSize(1);
    }

    @Test
    void oneSocketOfBothFamiliesServesBoth() throws IOException {
        TestLoop both = open("::");
        TestLoop v4 = open("127.0.0.1");
        TestLoop v6 = open("::1");
        v4.send(Loopback.parse("127.0.0.1:" + both.local().port()), bytes(4));
        ReceivedFrame fromV4 = awaitFrames(both, 1).get(0);
        v6.send(Loopback.parse("::1:" + both.local().port()), bytes(6));
        ReceivedFrame fromV6 = awaitFrames(both, 2).get(1);

        // Mapped into IPv6 it would be a second peer beside the same one heard of elsewhere.
        assertThat(fromV4.from().isV6()).isFalse();
        assertThat(fromV6.from().isV6()).isTrue();
        both.send(fromV4.from(), bytes(4));
        both.send(fromV6.from(), bytes(6));
        assertThat(awaitFrames(v4, 1).get(0).content()).isEqualTo(Content.of(bytes(4)));
        assertThat(awaitFrames(v6, 1).get(0).content()).isEqualTo(Content.of(bytes(6)));
    }

    @Test
    void disconnectOfAStrangerIsHarmless() throws IOException {
        TestLoop a = open("127.0.0.1");
        TestLoop b = open("127.0.0.1");
        a.run(t -> t.disconnect(b.local()));
        requireServing(a, b);
    }

    @Test
    void closeGivesEverySocketBack() throws IOException {
        assumeTrue(Loopback.canCountSockets(), "this system does not list descriptors");
        exchangeAndClose();
        int before = Loopback.openSockets();
        for (int i = 0; i < 10; i++) {
            exchangeAndClose();
        }
        assertThat(Loopback.openSockets()).isLessThanOrEqualTo(before);
    }

    private void exchangeAndClose() throws IOException {
        TestLoop a = open("127.0.0.1");
        TestLoop b = open("127.0.0.1");
        requireServing(a, b);
        assertThatThrownBy(() -> open(a.local())).isInstanceOf(IOException.class);
        closeLoops();
    }
}
