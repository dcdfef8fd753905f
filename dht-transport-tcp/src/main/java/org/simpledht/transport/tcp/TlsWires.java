package org.simpledht.transport.tcp;

import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;

/** Wires through TLS, and the threads that do the expensive part of their handshakes. */
final class TlsWires implements Wires {

    private final Tls tls;
    private final Handshakes<Connection> handshakes;

    TlsWires(Tls tls, int maxConnections) {
        this.tls = tls;
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
    public void close() {
        handshakes.close();
    }
}
