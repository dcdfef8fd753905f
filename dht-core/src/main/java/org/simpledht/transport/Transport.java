package org.simpledht.transport;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.simpledht.types.NetAddress;

/**
 * One bound socket, or whatever takes its place, that carries frames: opaque bytes up to a stated size.
 *
 * <p>All methods but {@link #reread} are called on the loop's thread. None of these may block or throw, because everything that
 * the node does waits behind it: a frame that cannot be sent is reported to {@link TransportContext#fault} and forgotten. Frames may be
 * lost, repeated and reordered; they must not be cut, joined or changed.
 */
public interface Transport {

    /** Where this transport is bound, with the port that was really given. */
    NetAddress local();

    /**
     * The largest frame that can go to an address, in bytes; 0 if the address cannot be reached at all from this socket, for
     * instance because it is of another family.
     */
    int maxFrameBytes(NetAddress to);

    /**
     * Whether a frame of so many bytes to that address would have room now. If not, the transport counts it as one that it has
     * dropped, and the node need not make it: answers to thousands of questions of somebody who reads none of them cost little.
     */
    default boolean takes(NetAddress to, int bytes) {
        return true;
    }

    /**
     * Sends what remains of the buffer as one frame, or drops it. A stream transport opens a connection if it has none to
     * that address. The buffer is the caller's again when the method returns; where its position is then does not matter.
     */
    void send(NetAddress to, ByteBuffer frame);

    /**
     * Ends the connection to an address once its output is written, without reporting it to {@link TransportContext#closed}.
     * Without a connection, and for a transport without any, nothing happens.
     */
    void disconnect(NetAddress remote);

    /** Called in every turn of the loop after its sends, at least ten times a second: for deadlines, and for what is better sent together. */
    void tick(long nowNanos);

    /**
     * Reads the files anew that the settings name, such as certificates that were renewed, and changes nothing yet. Called on any
     * thread but the loop's, while the loop runs, and never twice at once: it may take its time, and must not touch what the loop uses.
     *
     * @return what has new connections go by what was read, to be run on the loop's thread, where it must not block or throw; those
     *     that are there go on as they began. Empty if this transport reads no files
     * @throws IllegalArgumentException if a file is missing, or not what it should be; the message names it and the remedy, and never
     *     a secret
     */
    default Optional<Runnable> reread() {
        return Optional.empty();
    }

    /** Gives back everything: sockets, connections, descriptors. Called once; output that is not yet written may be tried once. Ports may
     * be free only after the loop has closed its selector. */
    void close();
}
