package org.simpledht.transport.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.simpledht.transport.TransportContext;
import org.simpledht.types.NetAddress;

/** One datagram at a time, on its way from a socket to the node. */
final class Incoming {

    // More than any datagram: Java cuts what does not fit, and says nothing.
    private static final int BUFFER_BYTES = 65_536;

    private final TransportContext context;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    Incoming(TransportContext context) {
        this.context = context;
    }

    /**
     * Takes the next one from a socket.
     *
     * @return who has sent it; null if there is none
     * @throws IOException also for what earlier sends have led to
     */
    NetAddress take(DatagramChannel channel) throws IOException {
        try {
            InetSocketAddress from = (InetSocketAddress) channel.receive(buffer.clear());
            return from == null ? null : NetAddress.of(from);
        } catch (ClosedChannelException e) {
            return null; // by what the last frame led to
        }
    }

    /** Hands the one that was taken to the node. */
    void handOver(NetAddress from) {
        context.received(from, buffer.flip());
    }
}
