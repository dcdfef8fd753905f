package org.simpledht.transport.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;
import org.simpledht.types.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP socket, and {@link Lanes} beside it. It stays unconnected, so that the ICMP errors one peer causes are not taken for
 * another's.
 *
 * <p>Which addresses can be reached is decided here, before the system is asked: the system sends multicast and
 * broadcast without a word, and an address of the wrong family is an unchecked exception.
 */
final class UdpTransport implements Transport {

    /** 65,535 bytes of an IPv4 packet, without its header of 20 and UDP's of 8. */
    static final int MAX_FRAME_BYTES_V4 = 65_507;

    /** 65,535 bytes behind an IPv6 header, without UDP's header of 8. */
    static final int MAX_FRAME_BYTES_V6 = 65_527;

    /**
     * Datagrams read in one turn. Enough that the price of a turn is spread thin; few enough that timers and sends wait
     * some milliseconds at most while somebody floods us.
     */
    static final int MAX_READS_PER_TURN = 64;

    private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);

    private final DatagramChannel channel;
    private final TransportContext context;
    private final NetAddress local;
    private final Lanes lanes;
    private final Incoming incoming;

    /** Takes over a bound, non-blocking channel, unless it throws. */
    UdpTransport(DatagramChannel channel, TransportContext context) throws IOException {
        this.channel = channel;
        this.context = context;
        this.local = NetAddress.of((InetSocketAddress) channel.getLocalAddress());
        incoming = new Incoming(context);
        lanes = new Lanes(channel, local, context, incoming);
        context.register(channel, SelectionKey.OP_READ, this::receive);
    }

    @Override
    public NetAddress local() {
        return local;
    }

    @Override
    public int maxFrameBytes(NetAddress to) {
        if (!to.isUnicast()) {
            return 0;
        }
        if (to.isV6()) {
            return local.isV6() ? MAX_FRAME_BYTES_V6 : 0;
        }
        return !local.isV6() || local.isWildcard() ? MAX_FRAME_BYTES_V4 : 0;
    }

    @Override
    public void send(NetAddress to, ByteBuffer frame) {
        int largest = maxFrameBytes(to);
        if (largest == 0) {
            context.fault(TransportFault.SEND_FAILED, to, null);
            return;
        }
        int size = frame.remaining();
        if (size > largest) {
            context.fault(TransportFault.FRAME_TOO_LARGE, to, null);
            return;
        }
        try {
            // An empty frame that was sent is 0 bytes as well; nothing is known of it, and little lost.
            if (channel.send(frame, to.toSocketAddress()) == 0 && size > 0) {
                context.fault(TransportFault.OUTPUT_FULL, to, null);
            }
        } catch (IOException | RuntimeException e) {
            // Java throws unchecked exceptions here, too, and one peer's address must not cost the others their frames.
            context.fault(TransportFault.SEND_FAILED, to, e);
        }
    }

    @Override
    public void disconnect(NetAddress remote) {
        // There are no connections.
    }

    @Override
    public void tick(long nowNanos) {
        lanes.tick(nowNanos);
    }

    @Override
    public void close() {
        lanes.close();
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing udp://{} failed: {}", local, Printable.escape(e.toString()));
        }
    }

    private void receive(SelectionKey key, long nowNanos) {
        for (int reads = 0; reads < MAX_READS_PER_TURN; reads++) {
            NetAddress from;
            try {
                from = incoming.take(channel);
            } catch (IOException | RuntimeException e) {
                // Of an earlier send, perhaps. What came since makes the channel ready again in the next turn.
                context.fault(TransportFault.RECEIVE_FAILED, null, e);
                return;
            }
            if (from == null) {
                return;
            }
            incoming.handOver(from);
            lanes.heard(from, nowNanos);
        }
    }
}
