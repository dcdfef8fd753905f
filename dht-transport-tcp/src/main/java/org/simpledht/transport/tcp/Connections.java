package org.simpledht.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

    private final Wires wires;
    private final TransportContext context;
    private final StreamLimits limits;
    private final Set<Connection> all = new LinkedHashSet<>();
    private final Map<NetAddress, Connection> byRemote = new HashMap<>();
    private final Patience patience;
    private final Room room;
    /** What ended where the node cannot be told of it, and why: in the midst of its sending. */
    private Map<NetAddress, String> gone = new LinkedHashMap<>();

    private Set<Connection> toFlush = new LinkedHashSet<>();
    private long bufferedBytes;

    /** Takes any frame whole, so that after a pause of the process one turn completes whatever frame was begun before it. */
    private final ByteBuffer inputBuffer = ByteBuffer.allocateDirect(FrameReader.MAX_BYTES);

    private final ByteBuffer outputBuffer = ByteBuffer.allocateDirect(FrameReader.MAX_BYTES);

    Connections(Wires wires, TransportContext context) {
        this.wires = wires;
        this.context = context;
        limits = context.streamLimits();
        patience = new Patience(limits.frameTimeout());
        room = new Room(context::canSpare);
    }

    /** The connection that stands for an address, or null. */
    Connection to(NetAddress remote) {
        return byRemote.get(remote);
    }

    /** Whether the node is yet to hear that there is no connection to that address. */
    boolean isGone(NetAddress remote) {
        return gone.containsKey(remote);
    }

    /** Has the node hear of it in the next tick. */
    void reportLater(NetAddress remote, String reason) {
        gone.put(remote, reason);
    }

    /** Whether this node may connect to that address, too; somebody may have to go for it. */
    boolean haveRoomToDial(NetAddress remote, long nowNanos) {
        close(room.ofUnanswered(remote, all, limits));
        return haveRoomForSource(remote, nowNanos);
    }

    private boolean haveRoom(NetAddress remote, long nowNanos) {
        if (all.size() < limits.maxConnections()) {
            return true;
        }
        return close(room.ofAll(remote, all, nowNanos));
    }

    private boolean haveRoomForSource(NetAddress remote, long nowNanos) {
        if (room.sources().count(remote) < limits.maxConnectionsPerSource()) {
            return haveRoom(remote, nowNanos);
        }
        return close(room.ofSource(remote, all, nowNanos));
    }

    /** There is no descriptor left: gives one back, if somebody holds one in vain. */
    void freeDescriptor(long nowNanos) {
        close(room.withoutDescriptor(all, nowNanos));
    }

    private boolean close(Connection connection) {
        if (connection == null) {
            return false;
        }
        boolean isUnheardOf = connection.isLeft() || !connection.isAnnounced();
        connection.discard();
        context.fault(TransportFault.TOO_MANY_CONNECTIONS, connection.remote(), null);
        if (!isUnheardOf) {
            reportLater(connection.remote(), "made way for another one");
        }
        return true;
    }

    /** Takes a connection that was accepted, or refuses it by closing it at once. */
    void accept(NetAddress remote, SocketChannel channel, long nowNanos) {
        // Two from one address (of two of ours) could not be told apart; the established one is never replaced.
        if (byRemote.containsKey(remote) || isGone(remote) || !haveRoomForSource(remote, nowNanos)) {
            Sockets.abort(channel);
            context.fault(TransportFault.TOO_MANY_CONNECTIONS, remote, null);
            return;
        }
        Connection connection = connection(remote, false, channel);
        connection.expectFrame(nowNanos);
        try {
            connection.register();
        } catch (IOException | RuntimeException e) {
            Sockets.abort(channel);
            forget(connection);
            context.fault(TransportFault.CONNECTION_LOST, remote, e);
        }
    }

    /**
     * Takes a connection that is being made.
     *
     * @throws IOException if it cannot be registered; the channel is then still the caller's
     */
    Connection add(NetAddress remote, SocketChannel channel) throws IOException {
        Connection connection = connection(remote, true, channel);
        try {
            connection.register();
            return connection;
        } catch (IOException | RuntimeException e) {
            forget(connection);
            throw e;
        }
    }

    private Connection connection(NetAddress remote, boolean dialled, SocketChannel channel) {
        Connection connection = new Connection(remote, dialled, channel, this, limits.maxOutputBytes());
        all.add(connection);
        byRemote.put(remote, connection);
        room.sources().add(remote);
        return connection;
    }

    /** Frames may come from whoever was accepted. */
    void announce(Connection connection) {
        context.accepted(connection.remote());
    }

    /** Lets the connection to an address come to its end, if there is one. */
    void leave(NetAddress remote) {
        Connection connection = byRemote.remove(remote);
        if (connection != null) {
            connection.leave();
        }
    }

    void tick(long nowNanos) {
        wires.collect(connection -> connection.resume(nowNanos));
        if (!toFlush.isEmpty()) {
            flush(nowNanos);
        }
        patience.expire(nowNanos);
        if (!gone.isEmpty()) {
            Map<NetAddress, String> reported = gone;
            gone = new LinkedHashMap<>();
            reported.forEach(context::closed);
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
        wires.close();
    }

    /**
     * Whether so many bytes more may wait to be written: connections that nobody reads must not fill the memory, nor what
     * others may have of it. Who has most goes, unless that is the one that asks.
     */
    boolean mayBuffer(int bytes, Connection asks) {
        while (bufferedBytes + bytes > limits.maxBufferedBytes()) {
            Connection largest = room.largest(all);
            if (largest == null || largest.bufferedBytes() <= asks.bufferedBytes() + bytes) {
                return false;
            }
            close(largest);
        }
        return true;
    }

    /** The same for what has come, and is not whole yet. */
    void keepWithinMemory() {
        while (bufferedBytes > limits.maxBufferedBytes() && close(room.largest(all))) {
            // One at a time.
        }
    }

    /** What is kept takes so many bytes more, or fewer. */
    void buffered(int change) {
        bufferedBytes += change;
    }

    SelectionKey register(SelectableChannel channel, int interestOps, ChannelHandler handler) throws IOException {
        return context.register(channel, interestOps, handler);
    }

    void flushLater(Connection connection) {
        toFlush.add(connection);
    }

    Wires wires() {
        return wires;
    }

    Patience patience() {
        return patience;
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

    /** It is not secure. It no longer stands for its address, and stays until it was told why. */
    void distrusted(Connection connection, InsecureException reason) {
        byRemote.remove(connection.remote(), connection);
        report(connection, Ending.insecure(reason));
    }

    /** Called by each connection once, when it is closed. */
    void ended(Connection connection, Ending ending) {
        forget(connection);
        if (!connection.isLeft()) {
            report(connection, ending);
        }
    }

    private void report(Connection connection, Ending ending) {
        NetAddress remote = connection.remote();
        if (ending.fault() != null) {
            context.fault(ending.fault(), remote, ending.cause());
        }
        if (connection.isAnnounced()) {
            context.closed(remote, ending.reason());
        }
    }

    private void forget(Connection connection) {
        if (all.remove(connection)) {
            room.sources().remove(connection.remote());
        }
        patience.forget(connection);
        toFlush.remove(connection);
        byRemote.remove(connection.remote(), connection);
    }
}
