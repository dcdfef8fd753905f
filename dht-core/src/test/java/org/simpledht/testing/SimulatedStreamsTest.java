package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** The transport's contract, as far as streams promise more than datagrams, in virtual time. */
class SimulatedStreamsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final StreamLimits LIMITS = new StreamLimits(3, 100_000, Duration.ofSeconds(10));

    private final SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
    private final Side a = new Side("a");
    private final Side b = new Side("b");

    /** A transport, and what it has told of. */
    private final class Side implements TransportContext {
        private final List<Integer> frames = new ArrayList<>();
        private final List<NetAddress> from = new ArrayList<>();
        private final List<NetAddress> accepted = new ArrayList<>();
        private final List<String> closed = new ArrayList<>();
        private final List<TransportFault> faults = new ArrayList<>();
        private final Transport transport;

        Side(String host) {
            try {
                transport = network.host(host)
                        .transport("tcp")
                        .open(NetAddress.of(network.host(host).address(), 4_000), this);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        void send(NetAddress to, int number, int bytes) {
            byte[] frame = new byte[bytes];
            frame[0] = (byte) number;
            transport.send(to, ByteBuffer.wrap(frame));
        }

        void send(Side to, int number) {
            send(to.transport.local(), number, 100);
        }

        @Override
        public StreamLimits streamLimits() {
            return LIMITS;
        }

        @Override
        public SelectionKey register(SelectableChannel channel, int interestOps, ChannelHandler handler) {
            throw new AssertionError("there are no channels");
        }

        @Override
        public void received(NetAddress remote, ByteBuffer frame) {
            frames.add((int) frame.get(0));
            from.add(remote);
        }

        @Override
        public boolean offer(NetAddress remote, ByteBuffer frame) {
            throw new AssertionError("there are no threads");
        }

        @Override
        public void accepted(NetAddress remote) {
            accepted.add(remote);
        }

        @Override
        public void closed(NetAddress remote, String reason) {
            closed.add(remote + " " + reason);
        }

        @Override
        public void fault(TransportFault fault, NetAddress remote, Throwable cause) {
            faults.add(fault);
        }
    }

    @Test
    void framesArriveInOrderOnceAndAllOfThemWhateverTheWeather() {
        network.loss(0.3).duplication(0.3).delay(Duration.ZERO, Duration.ofMillis(100));
        IntStream.range(0, 100).forEach(i -> a.send(b, i));
        network.advance(Duration.ofMinutes(5));
        assertThat(b.frames)
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
        assertThat(a.faults).isEmpty();
        assertThat(network.frames().get("lost")).isPositive();
    }

    @Test
    void oneConnectionCarriesBothWays() {
        a.send(b, 1);
        network.advance(SECOND);
        assertThat(b.accepted).hasSize(1).isEqualTo(b.from);
        assertThat(b.from.get(0).port()).isNotEqualTo(4_000);
        b.send(b.from.get(0), 2, 10);
        a.send(b, 3);
        network.advance(SECOND);
        assertThat(a.from).containsExactly(b.transport.local());
        assertThat(a.accepted).isEmpty();
        assertThat(b.frames).containsExactly(1, 3);
        assertThat(b.accepted).hasSize(1);
    }

    @Test
    void whereNobodyListensTheConnectionIsRefused() {
        NetAddress nobody = b.transport.local().withPort(5);
        a.send(nobody, 1, 1);
        assertThat(a.closed).as("not from within send").isEmpty();
        network.advance(SECOND);
        assertThat(a.closed).containsExactly(nobody + " connection refused");
        assertThat(a.faults).containsExactly(TransportFault.CONNECT_FAILED);
    }

    @Test
    void whereNoHostIsNobodyAnswers() {
        NetAddress nowhere = NetAddress.of(new byte[] {10, 9, 9, 9}, 4_000);
        a.send(nowhere, 1, 1);
        network.advance(Duration.ofSeconds(9));
        assertThat(a.closed).isEmpty();
        network.advance(Duration.ofSeconds(2));
        assertThat(a.closed).containsExactly(nowhere + " no answer");
        assertThat(a.faults).containsExactly(TransportFault.CONNECT_FAILED);
    }

    @Test
    void disconnectWritesFirstAndIsReportedToTheOtherSideOnly() {
        a.send(b, 1);
        a.transport.disconnect(b.transport.local());
        network.advance(SECOND);
        assertThat(b.frames).containsExactly(1);
        assertThat(b.closed).containsExactly(b.from.get(0) + " closed by the other side");
        assertThat(b.faults).isEmpty();
        assertThat(a.closed).isEmpty();

        a.send(b, 2);
        network.advance(SECOND);
        assertThat(b.frames).containsExactly(1, 2);
        assertThat(b.accepted).hasSize(2);
        b.transport.disconnect(b.accepted.get(1));
        network.advance(SECOND);
        assertThat(a.closed).hasSize(1);
        assertThat(b.closed).hasSize(1);
    }

    @Test
    void closeWritesWhatItHasAndFreesThePort() {
        a.send(b, 1);
        a.transport.close();
        network.advance(SECOND);
        assertThat(b.frames).containsExactly(1);
        assertThat(b.closed).hasSize(1);
        assertThat(a.closed).isEmpty();
        new Side("a").send(b, 2);
        network.advance(SECOND);
        assertThat(b.frames).containsExactly(1, 2);
    }

    @Test
    void crashIsNoticedWithTheNextFrame() {
        a.send(b, 1);
        network.advance(SECOND).crash("b");
        network.advance(Duration.ofMinutes(5));
        assertThat(a.closed).as("without a word").isEmpty();
        a.send(b, 2);
        network.advance(SECOND);
        assertThat(a.closed).containsExactly(b.transport.local() + " connection reset");
        assertThat(a.faults).containsExactly(TransportFault.CONNECTION_LOST);
        a.send(b, 3);
        network.advance(SECOND);
        assertThat(a.faults.get(1)).isEqualTo(TransportFault.CONNECT_FAILED);

        Side again = new Side("b");
        a.send(again, 4);
        network.advance(SECOND);
        assertThat(again.frames).containsExactly(4);
    }

    @Test
    void whatACrashedHostHadNotReadIsGone() {
        network.pause("b");
        a.send(b, 1);
        network.advance(SECOND).crash("b");
        Side again = new Side("b");
        Side other = new Side("other");
        other.send(again, 7);
        network.advance(SECOND);
        assertThat(again.frames).containsExactly(7);
        assertThat(b.frames).isEmpty();
    }

    @Test
    void busyHostReadsStreamsInItsTurnsToo() {
        a.send(b, 1);
        network.advance(SECOND).host("b").busy(SECOND);
        for (int i = 2; i < 5; i++) {
            a.send(b, i);
            network.advance(Duration.ofMillis(20));
        }
        assertThat(b.frames).containsExactly(1, 2);
        network.advance(SECOND);
        assertThat(b.frames).containsExactly(1, 2, 3, 4);
    }

    @Test
    void cutStallsAConnectionAndHealingLetsItGoOn() {
        a.send(b, 1);
        network.advance(SECOND).cut("b", "a");
        a.send(b, 2);
        network.advance(Duration.ofSeconds(50));
        assertThat(b.frames).containsExactly(1);
        network.heal().advance(SECOND);
        assertThat(b.frames).containsExactly(1, 2);
        assertThat(a.closed).isEmpty();
    }

    @Test
    void cutForLongBreaksAConnection() {
        a.send(b, 1);
        network.advance(SECOND).link("a", "b").clog();
        a.send(b, 2);
        network.advance(Duration.ofSeconds(59));
        assertThat(a.closed).isEmpty();
        network.advance(Duration.ofSeconds(2));
        assertThat(a.closed).containsExactly(b.transport.local() + " no answer");
        assertThat(a.faults).containsExactly(TransportFault.CONNECTION_LOST);

        network.heal();
        b.send(b.from.get(0), 3, 1);
        network.advance(SECOND);
        assertThat(a.frames).isEmpty();
        assertThat(b.faults).containsExactly(TransportFault.CONNECTION_LOST);
    }

    @Test
    void outputIsBoundedByWhatTheOtherSideHasRead() {
        a.send(b, 1);
        network.advance(SECOND).pause("b");
        for (int i = 0; i < 4; i++) {
            a.send(b.transport.local(), i, 30_000);
            network.advance(SECOND);
        }
        assertThat(a.faults).containsExactly(TransportFault.OUTPUT_FULL);
        assertThat(b.frames).containsExactly(1);
        network.resume("b").advance(SECOND);
        assertThat(b.frames).containsExactly(1, 0, 1, 2);
        a.send(b.transport.local(), 9, 60_000);
        network.advance(SECOND);
        assertThat(b.frames).endsWith(9);
    }

    @Test
    void connectionsAreBounded() {
        IntStream.range(0, 3).forEach(i -> new Side("other" + i).send(b, i));
        network.advance(SECOND);
        a.send(b, 9);
        network.advance(SECOND);
        assertThat(b.frames).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(b.faults).containsExactly(TransportFault.TOO_MANY_CONNECTIONS);
        assertThat(a.faults).containsExactly(TransportFault.CONNECT_FAILED);

        b.send(a, 1);
        assertThat(b.faults).hasSize(2);
        assertThat(b.closed).isEmpty();
        network.advance(SECOND);
        assertThat(b.closed).containsExactly(a.transport.local() + " too many connections");
    }

    @Test
    void bandwidthDelaysAndLosesNothing() {
        network.bandwidth(1_000, 100);
        IntStream.range(0, 20).forEach(i -> a.send(b, i));
        network.advance(SECOND);
        assertThat(b.frames).hasSizeBetween(8, 10);
        network.advance(Duration.ofSeconds(2));
        assertThat(b.frames).hasSize(20);
    }

    @Test
    void whatIsTooLargeOrUnreachableIsToldOf() {
        a.send(b.transport.local(), 1, StreamLimits.MAX_FRAME_BYTES + 1);
        a.send(NetAddress.of(new byte[16], 4_000), 1, 1);
        assertThat(a.faults).containsExactly(TransportFault.FRAME_TOO_LARGE, TransportFault.SEND_FAILED);
    }

    @Test
    void nodesLiveOverStreams() {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(live(seed)).isEqualTo(live(seed));
        }
    }

    private static long live(long seed) {
        SimulatedNetwork net = SimulatedNetwork.ofSeed(seed).loss(0.1);
        DhtConfig.Builder config = DhtConfig.builder().transport("tcp");
        Dht first = Dht.start(config.build(), net.host("first"));
        List<Dht> others = new ArrayList<>();
        for (String name : List.of("second", "third")) {
            others.add(Dht.start(config.seeds("first:4000").build(), net.host(name)));
        }
        assertThat(first.awaitPeers(2, Duration.ofSeconds(20))).isTrue();
        others.get(1).put(Hash.parse("2a"), "over a stream");
        assertThat(first.get(Hash.parse("2a"), Duration.ofSeconds(20))).contains(Content.ofText("over a stream"));
        net.partition(List.of("first")).advance(Duration.ofSeconds(90));
        net.heal();
        assertThat(first.awaitPeers(2, Duration.ofSeconds(90))).as(net::story).isTrue();
        net.crash("second").advance(Duration.ofSeconds(20));
        assertThat(first.peers()).hasSize(1);
        return net.digest();
    }
}
