package org.simpledht.transport.tcp;

import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;

/** Wires through TLS, and the threads that do the expensive part of their handshakes. */
final class TlsWires implements Wires {

    private final Supplier<Tls> files;
    private final Handshakes<Connection> handshakes;

    /** Of the next connection; each keeps the one that it began with. On the loop's thread. */
    private Tls tls;

    /**
     * @param files reads them, each time anew; throws an {@link IllegalArgumentException} if they are not what they should be
     */
    TlsWires(Supplier<Tls> files, int maxConnections) {
        this.files = files;
        tls = files.get();
        handshakes = new Handshakes<>(maxConnections);
    }

    @Override
    public Wire between(Connection connection, SocketChannel socket) {
        SSLEngine engine = connection.isDialled() ? tls.dialling(connection.remote()) : tls.accepting();
        return new TlsWire(socket, engine, tls, work -> handshakes.begin(work, connection, connection.selector()));
    }

    @Override
    public void collect(Consumer<Connection> hears) {
        handshakes.collect(hears);
    }

    @Override
    public Optional<Runnable> reread() {
        // With a context of its own: no session that began with what was trusted before can be taken up again.
        Tls read = files.get();
        return Optional.of(() -> tls = read);
    }

    @Override
    public void close() {
        handshakes.close();
    }
}
