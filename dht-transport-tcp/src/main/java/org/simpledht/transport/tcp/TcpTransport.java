package org.simpledht.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;

/**
 * One listening socket and its connections, inbound ones under the address they came from, outbound ones under the
 * address that was dialled. Either kind carries frames both ways.
 *
 * <p>Frames sent in a turn are queued and leave in {@link #tick}, as few writes as possible. So the loop ticks in each
 * turn, after the sends. No connection is reported from within {@link #send} or {@link #disconnect}: one that
 * could not even be begun, or had to make way, is reported closed by the next tick.
 *
 * <p>After {@link #close} the port is free once the loop has selected again, or has closed its selector: until then the
 * JDK keeps the descriptor of a registered channel.
 */
final class TcpTransport implements Transport {

    private final TransportContext context;
    private final NetAddress local;

    /** Null if nobody is to connect. */
    private final Acceptor acceptor;

    private final Connections connections;
    private final Wires wires;

    private long tickNanos;

    private TcpTransport(
            TransportContext context, NetAddress local, Acceptor acceptor, Connections connections, Wires wires) {
        this.context = context;
        this.local = local;
        this.acceptor = acceptor;
        this.connections = connections;
        this.wires = wires;
    }

    /**
     * @param scheme for messages
     * @param wires what connections are made of
     */
    static TcpTransport open(String scheme, NetAddress bind, Wires wires, TransportContext context) throws IOException {
        Connections connections = new Connections(wires, context);
        if (!context.accepts()) {
            return new TcpTransport(context, Sockets.unbound(bind), null, connections, wires);
        }
        ServerSocketChannel listening = Sockets.listening(scheme, bind);
        try {
            Acceptor acceptor = new Acceptor(listening, connections, context);
            return new TcpTransport(context, acceptor.local(), acceptor, connections, wires);
        } catch (IOException | RuntimeException e) {
            listening.close();
            throw e;
        }
    }

    @Override
    public NetAddress local() {
        return local;
    }

    @Override
    public int maxFrameBytes(NetAddress to) {
        boolean reachable = local.isV6() == to.isV6() || local.isV6() && local.isWildcard();
        return reachable && to.isUnicast() ? StreamLimits.MAX_FRAME_BYTES : 0;
    }

    @Override
    public boolean takes(NetAddress to, int bytes) {
        Connection connection = connections.to(to);
        boolean takes = connection == null || connection.hasRoomFor(bytes);
        if (!takes) {
            context.fault(TransportFault.OUTPUT_FULL, to, null);
        }
        return takes;
    }

    @Override
    public void send(NetAddress to, ByteBuffer frame) {
        if (connections.isGone(to)) {
            context.fault(TransportFault.SEND_FAILED, to, null);
            return;
        }
        int maxBytes = maxFrameBytes(to);
        if (maxBytes == 0) {
            refuse(to, TransportFault.SEND_FAILED, "not reachable from here", null);
            return;
        }
        if (frame.remaining() > maxBytes) {
            context.fault(TransportFault.FRAME_TOO_LARGE, to, null);
            return;
        }
        Connection connection = connections.to(to);
        if (connection == null) {
            connection = dial(to);
        }
        if (connection != null && !connection.offer(frame)) {
            context.fault(TransportFault.OUTPUT_FULL, to, null);
        }
    }

    /** Begins to connect; null if that cannot even be begun. */
    private Connection dial(NetAddress to) {
        if (!connections.haveRoomToDial(to, tickNanos)) {
            return refuse(to, TransportFault.TOO_MANY_CONNECTIONS, "too many connections", null);
        }
        SocketChannel channel;
        try {
            channel = Sockets.dialling(to);
        } catch (IOException | RuntimeException e) {
            return refuse(to, TransportFault.TOO_MANY_CONNECTIONS, Sockets.reason(e), e);
        }
        try {
            if (!local.isWildcard()) {
                channel.bind(local.withPort(0).toSocketAddress());
            }
            if (channel.connect(to.toSocketAddress())) {
                Sockets.requireAnother(channel);
            }
            return connections.add(to, channel);
        } catch (IOException | RuntimeException e) {
            Sockets.close(channel);
            return refuse(to, TransportFault.CONNECT_FAILED, Sockets.reason(e), e);
        }
    }

    private Connection refuse(NetAddress to, TransportFault fault, String reason, Throwable cause) {
        context.fault(fault, to, cause);
        connections.reportLater(to, reason);
        return null;
    }

    @Override
    public void disconnect(NetAddress remote) {
        connections.leave(remote);
    }

    @Override
    public void tick(long nowNanos) {
        tickNanos = nowNanos;
        if (acceptor != null) {
            acceptor.tick(nowNanos);
        }
        connections.tick(nowNanos);
    }

    @Override
    public Optional<Runnable> reread() {
        return wires.reread();
    }

    @Override
    public void close() {
        if (acceptor != null) {
            acceptor.close();
        }
        connections.close();
    }
}
