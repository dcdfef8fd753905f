package org.simpledht.testing;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;

/** A listening stream socket of a simulated host, with its connections, each under the address of its other end. */
final class SimulatedStreams implements Transport {

    private final Wire wire;
    private final SimulatedHost host;
    private final NetAddress local;
    private final TransportContext context;
    private final Map<NetAddress, StreamEnd> ends = new LinkedHashMap<>();
    private long bufferedBytes;
    private boolean closed;

    SimulatedStreams(Wire wire, SimulatedHost host, NetAddress local, TransportContext context) {
        this.wire = wire;
        this.host = host;
        this.local = local;
        this.context = context;
        wire.listen(local, this);
        host.turns().opened(this);
    }

    SimulatedHost host() {
        return host;
    }

    StreamLimits limits() {
        return context.streamLimits();
    }

    @Override
    public NetAddress local() {
        return local;
    }

    @Override
    public int maxFrameBytes(NetAddress to) {
        return to.isV6() || !to.isUnicast() ? 0 : StreamLimits.MAX_FRAME_BYTES;
    }

    @Override
    public void send(NetAddress to, ByteBuffer frame) {
        int bytes = frame.remaining();
        if (maxFrameBytes(to) == 0) {
            refuse(to, TransportFault.SEND_FAILED, "not reachable from here");
        } else if (bytes > maxFrameBytes(to)) {
            context.fault(TransportFault.FRAME_TOO_LARGE, to, null);
        } else if (!ends.containsKey(to) && ends.size() >= limits().maxConnections()) {
            refuse(to, TransportFault.TOO_MANY_CONNECTIONS, "too many connections");
        } else {
            StreamEnd end = ends.computeIfAbsent(
                    to, t -> StreamEnd.dial(this, wire, host.ports().ephemeral(), t));
            if (end.outputBytes() + bytes > limits().maxOutputBytes()
                    || bufferedBytes + bytes > limits().maxBufferedBytes()) {
                context.fault(TransportFault.OUTPUT_FULL, to, null);
                return;
            }
            byte[] copy = new byte[bytes];
            frame.get(copy);
            end.send(copy);
        }
    }

    /** Said later: nobody is called back from within a send. */
    private void refuse(NetAddress to, TransportFault fault, String reason) {
        context.fault(fault, to, null);
        wire.agenda().in(0, () -> whenItReads(() -> context.closed(to, reason)));
    }

    @Override
    public void disconnect(NetAddress remote) {
        StreamEnd end = ends.remove(remote);
        if (end != null) {
            end.leave();
        }
    }

    @Override
    public void tick(long nowNanos) {
        // What has a deadline here is an event of its own.
    }

    @Override
    public void close() {
        closed = true;
        wire.hangUpStreams(local);
        host.turns().closed(this);
        List.copyOf(ends.values()).forEach(StreamEnd::leave);
        ends.clear();
    }

    void crash() {
        closed = true;
        wire.hangUpStreams(local);
        ends.values().forEach(StreamEnd::crash);
        ends.clear();
    }

    // For connections

    /** Somebody connects. Returns this side's end; null if there is no room. */
    StreamEnd accept(StreamEnd opener) {
        StreamEnd end = opener.accepted(this);
        if (ends.size() >= limits().maxConnections()) {
            whenItReads(() -> context.fault(TransportFault.TOO_MANY_CONNECTIONS, end.remote(), null));
            return null;
        }
        ends.put(end.remote(), end);
        whenItReads(() -> context.accepted(end.remote()));
        return end;
    }

    /** Has something reach the node when its host has a turn for it. */
    void whenItReads(Runnable event) {
        host.turns().read(() -> {
            if (!closed) {
                event.run();
            }
        });
    }

    void received(StreamEnd end, byte[] frame) {
        context.received(end.remote(), ByteBuffer.wrap(frame));
    }

    /** A connection is over, which matters to nobody if this side has left it. The fault is null if the other side has ended it in good order. */
    void lost(StreamEnd end, TransportFault fault, String reason) {
        if (ends.remove(end.remote(), end)) {
            if (fault != null) {
                context.fault(fault, end.remote(), null);
            }
            context.closed(end.remote(), reason);
        }
    }

    void buffered(long bytes) {
        bufferedBytes += bytes;
    }
}
