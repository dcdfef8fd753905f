package org.simpledht.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.simpledht.testkit.Loopback;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;

class UdpTransportMishapTest {

    private static final NetAddress PEER = Loopback.parse("127.0.0.1:4001");

    private final ScriptedChannel channel = new ScriptedChannel();
    private final Unselected reports = new Unselected();
    private UdpTransport transport;

    @BeforeEach
    void open() throws IOException {
        transport = new UdpTransport(channel, reports);
    }

    @Test
    void fullSocketBufferIsCounted() {
        channel.sends.add(() -> 0);
        transport.send(PEER, ByteBuffer.allocate(9));
        assertThat(reports.faults).containsExactly(TransportFault.OUTPUT_FULL);
    }

    @Test
    void emptyFrameThatWasSentIsNoFault() {
        channel.sends.add(() -> 0);
        transport.send(PEER, ByteBuffer.allocate(0));
        assertThat(reports.faults).isEmpty();
    }

    @Test
    void checkedAndUncheckedExceptionsOfOneSendHarmNoOther() {
        channel.sends.add(() -> {
            throw new IOException("Operation not permitted");
        });
        channel.sends.add(() -> {
            throw new UnresolvedAddressException();
        });
        channel.sends.add(() -> 9);
        for (int i = 0; i < 3; i++) {
            transport.send(PEER, ByteBuffer.allocate(9));
        }
        assertThat(reports.faults).containsExactly(TransportFault.SEND_FAILED, TransportFault.SEND_FAILED);
        assertThat(channel.sends).isEmpty();
    }

    @Test
    void nothingIsAskedOfTheSystemForAnAddressBeyondReach() {
        // The script is empty: a send would throw.
        transport.send(Loopback.parse("224.0.0.1:4000"), ByteBuffer.allocate(9));
        transport.send(PEER.withPort(0), ByteBuffer.allocate(9));
        transport.send(PEER, ByteBuffer.allocate(UdpTransport.MAX_FRAME_BYTES_V4 + 1));
        assertThat(reports.faults)
                .containsExactly(
                        TransportFault.SEND_FAILED, TransportFault.SEND_FAILED, TransportFault.FRAME_TOO_LARGE);
        assertThat(reports.causes).containsOnlyNulls();
    }

    @Test
    void failedReceiveIsCountedAndTheNextTurnReadsOn() {
        channel.receives.add(() -> {
            throw new PortUnreachableException();
        });
        channel.receives.add(() -> new InetSocketAddress("127.0.0.1", 4001));
        reports.handler.ready(null, 0);
        reports.handler.ready(null, 0);
        assertThat(reports.faults).containsExactly(TransportFault.RECEIVE_FAILED);
        assertThat(reports.senders).containsExactly(PEER);
    }

    @Test
    void channelClosedByWhatAFrameLedToIsNoFault() {
        channel.receives.add(() -> new InetSocketAddress("127.0.0.1", 4001));
        channel.receives.add(() -> {
            throw new ClosedChannelException();
        });
        reports.handler.ready(null, 0);
        assertThat(reports.faults).isEmpty();
    }

    /** Without a selector: a scripted channel fits none. */
    private static final class Unselected extends Reports {
        ChannelHandler handler;

        @Override
        public SelectionKey register(SelectableChannel channel, int interestOps, ChannelHandler handler) {
            this.handler = handler;
            return null;
        }
    }
}
