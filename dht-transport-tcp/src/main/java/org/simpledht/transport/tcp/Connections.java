package org.simpledht.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportContext.ChannelHandler;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;

/**
 * All connections of one binding, what they share, and what the node hears of them.
 *
 * <p>A connection that the node has left no longer stands for its address, but has a place among the
 * {@linkplain StreamLimits#maxConnections limited number} until it is closed.
 */
final class Connections {

    private final TransportContext context;
    private final StreamLimits limits;
    private final Set<Connection> all = new LinkedHashSet<>();
    private final Map<NetAddress, Connection> byRemote = new HashMap<>();
    private final Deadlines<Connection> deadlines;
    private Set<Connection> toFlush = new LinkedHashSet<>();
    private long bufferedBytes;

    /** Takes any frame whole, so that after a pause of the process one turn completes whatever frame was begun before it. */
    private final ByteBuffer inputBuffer = ByteBuffer.allocateDirect(FrameReader.MAX_BYTES);

    private final ByteBuffer outputBuffer = ByteBuffer.allocateDirect(FrameReader.MAX_BYTES);

    Connections(TransportContext context) {
        this.context = context;
        limits = context.streamLimits();
        deadlines = new Deadlines<>(limits.frameTimeout());
    }

    /** The connection that stands for an address, or null. */
    Connection to(NetAddress remote) {
        return byRemote.get(remote);
    }

    boolean isFull() {
        return all.size() >= limits.maxConnections();
    }

    /** Takes a connection that was accepted, or refuses it by closing it at once. */
    void accept(NetAddress remote, SocketChannel channel) {
        // Two from one address (of two of ours) could not be told apart; the established one is never replaced.
        if (isFull() || byRemote.containsKey(remote)) {
            Sockets.abort(channel);
            context.fault(TransportFault.TOO_MANY_CONNECTIONS, remote, null);
            return;
        }
        try {
            add(remote, channel);
        } catch (IOException | RuntimeException e) {
            Sockets.abort(channel);
            context.fault(TransportFault.CONNECTION_LOST, remote, e);
            return;
        }
        context.accepted(remote);
    }

    /**
     * Takes a connection that is being made.
     *
     * @throws IOException if it cannot be registered; the channel is then still the caller's
     */
    Connection add(NetAddress remote, SocketChannel channel) throws IOException {
        Connection connection = new Connection(remote, channel, this, limits.maxOutputBytes());
        all.add(connection);
        byRemote.put(remote, connection);
        return connection;
    }

    /** Lets the connection to an address come to its end, if there is one. */
    void leave(NetAddress remote) {
        Connection connection = byRemote.remove(remote);
        if (connection != null) {
            connection.leave();
        }
    }

    void tick(long nowNanos) {
        if (!toFlush.isEmpty()) {
            flush(nowNanos);
        }
        for (Connection late = deadlines.pollLate(nowNanos); late != null; late = deadlines.pollLate(nowNanos)) {
            late.expire();
        }
    }

    private void flush(long nowNanos) {
        // Swapped, because what a connection's end makes the node do may ask for another flush.
        Set<Connection> flushing = toFlush;
        toFlush = new LinkedHashSet<>();
        for (Connection connection : flushing) {
            connection.flush(nowNanos);
        }
    }

    void close() {
        for (Connection connection : List.copyOf(all)) {
            connection.close();
        }
    }

    /** Whether so many bytes more may wait to be written: a connection of many that nobody reads must not fill the memory. */
    boolean mayBuffer(int bytes) {
        return bufferedBytes + bytes <= limits.maxBufferedBytes();
    }

    /** What waits to be written takes so many bytes more, or fewer. */
    void buffered(int change) {
        bufferedBytes += change;
    }

    SelectionKey register(SelectableChannel channel, int interestOps, ChannelHandler handler) throws IOException {
        return context.register(channel, interestOps, handler);
    }

    void flushLater(Connection connection) {
        toFlush.add(connection);
    }

    Deadlines<Connection> deadlines() {
        return deadlines;
    }

    /** For one read. Its content lives until the next connection is read. */
    ByteBuffer inputBuffer() {
        return inputBuffer;
    }

    /** For one flush. */
    ByteBuffer outputBuffer() {
        return outputBuffer;
    }

    void received(NetAddress remote, ByteBuffer frame) {
        context.received(remote, frame);
    }

    /** Called by each connection once, when it is closed. */
    void ended(Connection connection, TransportFault fault, String reason, Throwable cause) {
        all.remove(connection);
        deadlines.stop(connection);
        toFlush.remove(connection);
        if (connection.isLeft()) {
            return;
        }
        NetAddress remote = connection.remote();
        byRemote.remove(remote);
        if (fault != null) {
            context.fault(fault, remote, cause);
        }
        context.closed(remote, reason);
    }
}
