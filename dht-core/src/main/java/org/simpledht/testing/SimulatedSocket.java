package org.simpledht.testing;

import java.nio.ByteBuffer;
import java.util.List;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;

/** A bound socket of a simulated host: datagrams, over IPv4, IPv6 or both, as the host has addresses. */
final class SimulatedSocket implements Transport, Wire.Receiver {

    private static final int MAX_V4_DATAGRAM_BYTES = 65_507;
    private static final int MAX_V6_DATAGRAM_BYTES = 65_527;

    private final Wire wire;
    private final SimulatedHost host;
    private final List<NetAddress> bound;
    private final TransportContext context;

    /** @param bound one of each family at most */
    SimulatedSocket(Wire wire, SimulatedHost host, List<NetAddress> bound, TransportContext context) {
        this.wire = wire;
        this.host = host;
        this.bound = bound;
        this.context = context;
        bound.forEach(local -> wire.listen(local, this));
    }

    /** Of two addresses a real socket names neither. */
    @Override
    public NetAddress local() {
        return bound.size() == 1
                ? bound.get(0)
                : NetAddress.of(new byte[16], bound.get(0).port());
    }

    private NetAddress source(NetAddress to) {
        for (NetAddress local : bound) {
            if (local.isV6() == to.isV6()) {
                return local;
            }
        }
        return null;
    }

    @Override
    public int maxFrameBytes(NetAddress to) {
        if (!to.isUnicast() || source(to) == null) {
            return 0;
        }
        return to.isV6() ? MAX_V6_DATAGRAM_BYTES : MAX_V4_DATAGRAM_BYTES;
    }

    @Override
    public void send(NetAddress to, ByteBuffer frame) {
        if (frame.remaining() > maxFrameBytes(to)) {
            context.fault(TransportFault.SEND_FAILED, to, new IllegalArgumentException("too large, or unreachable"));
            return;
        }
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        wire.send(host, source(to), to, bytes);
    }

    @Override
    public void disconnect(NetAddress remote) {
        // Datagrams know no connections.
    }

    @Override
    public void tick(long nowNanos) {
        // Nothing here has a deadline.
    }

    @Override
    public void close() {
        bound.forEach(host.ports()::release);
    }

    @Override
    public SimulatedHost host() {
        return host;
    }

    @Override
    public void receive(NetAddress from, byte[] frame) {
        context.received(from, ByteBuffer.wrap(frame));
    }
}
