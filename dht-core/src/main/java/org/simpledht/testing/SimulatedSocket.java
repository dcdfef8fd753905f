package org.simpledht.testing;

import java.nio.ByteBuffer;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;

/** A bound socket of a simulated host: datagrams over IPv4. */
final class SimulatedSocket implements Transport, Wire.Receiver {

    private static final int MAX_DATAGRAM_BYTES = 65_507;

    private final Wire wire;
    private final SimulatedHost host;
    private final NetAddress local;
    private final TransportContext context;

    SimulatedSocket(Wire wire, SimulatedHost host, NetAddress local, TransportContext context) {
        this.wire = wire;
        this.host = host;
        this.local = local;
        this.context = context;
        wire.listen(local, this);
    }

    @Override
    public NetAddress local() {
        return local;
    }

    @Override
    public int maxFrameBytes(NetAddress to) {
        return to.isV6() || !to.isUnicast() ? 0 : MAX_DATAGRAM_BYTES;
    }

    @Override
    public void send(NetAddress to, ByteBuffer frame) {
        if (frame.remaining() > maxFrameBytes(to)) {
            context.fault(TransportFault.SEND_FAILED, to, new IllegalArgumentException("too large, or unreachable"));
            return;
        }
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        wire.send(host, local, to, bytes);
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
        host.ports().release(local);
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
