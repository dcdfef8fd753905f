package org.simpledht.transport.tcp;

import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the wires of one binding's connections: all plain, or all through TLS. */
interface Wires {

    /** Bytes as they are. */
    Wires PLAIN = (connection, socket) -> new PlainWire(socket);

    /** The wire of a connection that has its address already, and is not registered yet. */
    Wire between(Connection connection, SocketChannel socket);

    /** Names whose wire may go on, because what it had done elsewhere is done. */
    default void collect(Consumer<Connection> hears) {
        // Plain ones have nothing done.
    }

    /** As {@link org.simpledht.transport.Transport#reread}. */
    default Optional<Runnable> reread() {
        return Optional.empty();
    }

    default void close() {
        // Nothing is held.
    }
}
