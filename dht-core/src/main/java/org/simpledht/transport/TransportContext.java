package org.simpledht.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.simpledht.types.NetAddress;

/**
 * What a node offers to one of its transports. Called on the loop's thread only, save {@link #offer}; not from within
 * {@link Transport#close}.
 */
public interface TransportContext {

    /** What the node's configuration says about streams. */
    StreamLimits streamLimits();

    /** What the node's configuration says to transports. */
    default TransportSettings settings() {
        return TransportSettings.NONE;
    }

    /** False if nobody is to connect to whoever opened this transport: a client asks, and is not asked. */
    default boolean accepts() {
        return true;
    }

    /**
     * Whether the node can do without the connection to that address when one must go so that another can come. False for
     * a neighbour.
     */
    default boolean canSpare(NetAddress remote) {
        return true;
    }

    /**
     * Whether somebody has shown to this node lately that it receives at that address: then frames from there are worth more than
     * others'. Not of whoever has nothing to show.
     */
    default boolean hasShown(NetAddress remote) {
        return false;
    }

    /**
     * Registers a non-blocking channel with the loop's selector. May also be called from {@link TransportProvider#open}.
     * The key's interest set is the transport's to change, on the loop's thread.
     *
     * @param handler called in each turn of the loop in which the channel is ready
     */
    SelectionKey register(SelectableChannel channel, int interestOps, ChannelHandler handler) throws IOException;

    /**
     * Hands a received frame to the node, which has read it when the method returns.
     *
     * @param frame what remains of it is the frame, whole; it may be empty
     */
    void received(NetAddress from, ByteBuffer frame);

    /**
     * The door for a transport with threads of its own: may be called from any thread. The bytes are copied.
     *
     * @return false if the frame was dropped because the node is behind, or closed
     */
    boolean offer(NetAddress from, ByteBuffer frame);

    /** A connection from that address was accepted. A connection that this node opened is not reported. */
    void accepted(NetAddress remote);

    /**
     * A connection to or from that address is gone, or could not be made.
     *
     * @param reason for people, without the address, such as {@code connection refused}
     */
    void closed(NetAddress remote, String reason);

    /**
     * Counts a mishap, and logs it now and then.
     *
     * @param remote the other side; null if nobody in particular
     * @param cause null if nothing was thrown
     */
    void fault(TransportFault fault, NetAddress remote, Throwable cause);

    /** What a transport does when one of its channels is ready. */
    @FunctionalInterface
    interface ChannelHandler {
        /**
         * Must not block. Reads a bounded amount, so that the node's timers and sends never starve; what is left makes the
         * channel ready again in the next turn.
         */
        void ready(SelectionKey key, long nowNanos);
    }
}
