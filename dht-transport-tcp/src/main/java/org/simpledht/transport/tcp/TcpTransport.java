package org.simpledht.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * turn, after the sends. No callback is made from within {@link #send} or {@link #disconnect}; a connection that
 * could not even be begun is reported closed by the next tick.
 *
 * <p>After {@link #close} the port is free once the loop has selected again, or has closed its selector: until then the
 * JDK keeps the descriptor of a registered channel.
 */
final class TcpTransport implements Transport {

    private final TransportContext context;
    private final NetAddress local;
    private final Acceptor acceptor;
    private final Connections connections;

    /** Addresses that could not be dialled in this turn, and why. */
    private Map<NetAddress, String> undialled = new LinkedHashMap<>();

    private TcpTransport(TransportContext context, Acceptor acceptor, Connections connections) {
        this.context = context;
        this.acceptor = acceptor;
        this.connections = connections;
        local = acceptor.local();
    }

    static TcpTransport open(NetAddress bind, TransportContext context) throws IOException {
        ServerSocketChannel listening = Sockets.listening(bind);
        try {
            Connections connections = new Connections(context);
            return new TcpTransport(context, new Acceptor(listening, connections, context), connections);
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
    public void send(NetAddress to, ByteBuffer frame) {
        if (undialled.containsKey(to)) {
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
        if (connections.isFull()) {
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
        undialled.put(to, reason);
        return null;
    }

    @Override
    public void disconnect(NetAddress remote) {
        connections.leave(remote);
    }

    @Override
    public void tick(long nowNanos) {
        acceptor.tick(nowNanos);
        connections.tick(nowNanos);
        if (!undialled.isEmpty()) {
            Map<NetAddress, String> reported = undialled;
            undialled = new LinkedHashMap<>();
            reported.forEach(context::closed);
        }
    }

    @Override
    public void close() {
        acceptor.close();
        connections.close();
    }
}
