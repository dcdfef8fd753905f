package org.simpledht.transport;

import java.io.IOException;
import org.simpledht.types.NetAddress;

/** Opens transports of one kind. Found with {@link java.util.ServiceLoader}, so it has a public constructor without arguments. */
public interface TransportProvider {

    /** The scheme that stands for this transport in addresses and configuration, such as {@code udp}. */
    String scheme();

    /**
     * True if frames travel in connections, which have a beginning and an end, arrive in order and are not lost while
     * the connection lives; false if each frame travels alone.
     */
    boolean isStream();

    /**
     * Binds. Called on the thread that starts the node, before its loop runs; everything else that a transport does
     * happens on the loop's thread.
     *
     * @param bind a local address; port 0 means any free one
     * @param context what the node offers; valid until the transport is closed
     * @throws IOException if nothing can be bound there; the node's start fails with it, so the message says why
     */
    Transport open(NetAddress bind, TransportContext context) throws IOException;
}
