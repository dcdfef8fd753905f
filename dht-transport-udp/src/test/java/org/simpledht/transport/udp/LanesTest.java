package org.simpledht.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.simpledht.types.NetAddress;

@EnabledOnOs(OS.LINUX)
class LanesTest {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<DatagramChannel> open = new ArrayList<>();
    private final Node node = new Node();
    private DatagramChannel shared;
    private DatagramChannel good;
    private DatagramChannel stranger;
    private NetAddress goodAddress;
    private Incoming incoming;
    private Lanes lanes;

    @BeforeEach
    void open() throws IOException {
        shared = bound("127.0.0.1");
        good = bound("127.0.0.1");
        stranger = bound("127.0.0.2");
        goodAddress = address(good);
        incoming = new Incoming(node);
        lanes = new Lanes(shared, address(shared), node, incoming);
    }

    private DatagramChannel bound(String host) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        open.add(channel);
        channel.bind(new InetSocketAddress(host, 0)).configureBlocking(false);
        return channel;
    }

    @AfterEach
    void close() throws IOException {
        lanes.close();
        for (DatagramChannel channel : open) {
            channel.close();
        }
    }

    private static NetAddress address(DatagramChannel channel) throws IOException {
        return NetAddress.of((InetSocketAddress) channel.getLocalAddress());
    }

    /** Somebody who has shown it, and of whom nothing else is needed here. */
    private NetAddress shown(int port) {
        NetAddress address = goodAddress.withPort(port);
        node.shown.add(address);
        return address;
    }

    private void say(DatagramChannel from, int frames, int bytes) throws IOException {
        for (int i = 0; i < frames; i++) {
            from.send(ByteBuffer.allocate(bytes), shared.getLocalAddress());
        }
    }

    private int readShared() throws IOException {
        int frames = 0;
        while (incoming.take(shared) != null) {
            frames++;
        }
        return frames;
    }

    @Test
    void onlyWhoHasShownWhereItIsGetsALaneAndOnlyOne() {
        lanes.heard(goodAddress, 0);
        assertThat(lanes.size()).isZero();

        node.shown.add(goodAddress);
        lanes.heard(goodAddress, 0);
        lanes.heard(goodAddress, 0);
        assertThat(node.channels).hasSize(1);
    }

    @Test
    void whatStrangersSendTakesNothingFromALane() throws IOException {
        node.shown.add(goodAddress);
        lanes.heard(goodAddress, 0);
        say(stranger, 20_000, 1_000);
        say(good, 100, 1_000);

        await().until(() -> {
            node.handlers.get(0).ready(null, 0);
            return node.senders.size() == 100;
        });
        assertThat(node.senders).containsOnly(goodAddress);
        assertThat(readShared()).as("of 20,000").isBetween(1, 19_999);
    }

    @Test
    void laneIsReadInPortions() throws IOException {
        node.shown.add(goodAddress);
        lanes.heard(goodAddress, 0);
        say(good, 2 * Lanes.MAX_READS_PER_TURN, 1);

        node.handlers.get(0).ready(null, 0);
        assertThat(node.senders).hasSizeBetween(1, Lanes.MAX_READS_PER_TURN);
    }

    @Test
    void portIsStillTakenForEverybodyElse() throws IOException {
        node.shown.add(goodAddress);
        lanes.heard(goodAddress, 0);

        try (DatagramChannel other = DatagramChannel.open()) {
            assertThatThrownBy(() -> other.bind(shared.getLocalAddress())).isInstanceOf(BindException.class);
        }
    }

    @Test
    void whoseLaneWasQuietForTenSecondsGivesWayToANewcomer() {
        for (int port = 1; port <= Lanes.MOST; port++) {
            lanes.heard(shown(port), port);
        }
        lanes.heard(shown(1_000), 9 * SECOND_NANOS);
        assertThat(node.channels).hasSize(Lanes.MOST);

        lanes.heard(shown(1_000), 10 * SECOND_NANOS + 1);
        assertThat(node.channels).hasSize(Lanes.MOST + 1);
        assertThat(node.channels.get(0).isOpen()).as("the quietest").isFalse();
        assertThat(lanes.size()).isEqualTo(Lanes.MOST);
    }

    @Test
    void whomTheNodeCannotSpareTakesTheLaneOfWhomItCan() {
        node.needed.add(shown(1));
        node.needed.add(shown(1_000));
        for (int port = 1; port <= Lanes.MOST; port++) {
            lanes.heard(shown(port), port);
        }
        lanes.heard(shown(1_000), SECOND_NANOS);

        assertThat(node.channels).hasSize(Lanes.MOST + 1);
        assertThat(node.channels.get(0).isOpen()).as("needed").isTrue();
        assertThat(node.channels.get(1).isOpen())
                .as("the quietest of the others")
                .isFalse();
    }

    @Test
    void laneOfWhoIsGoneIsGivenBack() throws IOException {
        node.shown.add(goodAddress);
        lanes.heard(goodAddress, 0);
        lanes.heard(shown(1), 0);
        say(good, 1, 1);
        await().until(() -> {
            node.handlers.get(0).ready(null, 50 * SECOND_NANOS);
            return !node.senders.isEmpty();
        });

        lanes.tick(60 * SECOND_NANOS);
        assertThat(node.channels).extracting(SelectableChannel::isOpen).containsExactly(true, false);
    }

    @Test
    void whoseLaneCannotBeMadeIsHeardAsBeforeAndHasOneLater() throws IOException {
        node.shown.add(goodAddress);
        node.refuses = true;
        lanes.heard(goodAddress, 0);
        assertThat(node.channels).singleElement().satisfies(channel -> assertThat(channel.isOpen())
                .isFalse());
        say(good, 1, 1);
        await().until(() -> readShared() == 1);

        node.refuses = false;
        lanes.heard(goodAddress, SECOND_NANOS);
        assertThat(node.channels).as("not tried for each frame").hasSize(1);
        lanes.heard(goodAddress, 10 * SECOND_NANOS);
        assertThat(lanes.size()).isEqualTo(1);
    }

    @Test
    void whoIsNotThereAnyMoreIsNoFault() throws IOException {
        node.shown.add(goodAddress);
        lanes.heard(goodAddress, 0);
        good.close();
        // To a port where nobody is, from the lane's own address: the system answers to the lane.
        node.channels.get(0).write(ByteBuffer.allocate(1));
        node.handlers.get(0).ready(null, 0);

        assertThat(node.faults).isEmpty();
        assertThat(lanes.size()).isEqualTo(1);
    }

    @Test
    void nothingIsOpenedForATransportThatIsClosed() throws IOException {
        lanes.heard(shown(1), 0);
        lanes.close();
        shared.close();
        lanes.heard(shown(2), 0);

        assertThat(node.channels).hasSize(1);
    }

    /** Says whom it knows. */
    private static final class Node extends Reports {
        final Set<NetAddress> shown = new HashSet<>();
        final Set<NetAddress> needed = new HashSet<>();
        final List<DatagramChannel> channels = new ArrayList<>();
        final List<ChannelHandler> handlers = new ArrayList<>();
        boolean refuses;

        @Override
        public boolean hasShown(NetAddress remote) {
            return shown.contains(remote);
        }

        @Override
        public boolean canSpare(NetAddress remote) {
            return !needed.contains(remote);
        }

        @Override
        public SelectionKey register(SelectableChannel channel, int interestOps, ChannelHandler handler)
                throws IOException {
            channels.add((DatagramChannel) channel);
            handlers.add(handler);
            if (refuses) {
                throw new IOException("no");
            }
            return null;
        }
    }
}
