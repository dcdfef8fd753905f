package org.simpledht.transport.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportContext.ChannelHandler;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;

/**
 * The listening socket. Connections beyond the limit are accepted and closed at once, a bounded number per turn: so the
 * others learn where they stand, instead of waiting in a backlog that looks like a node.
 */
final class Acceptor implements ChannelHandler {

    private static final int ACCEPTS_PER_TURN = 64;

    /**
     * Without a descriptor left accept fails at once and the socket stays ready, so the loop would spin. Meanwhile
     * newcomers wait in the backlog. There is no reserve descriptor to refuse them with: any other part of the process
     * would take it first.
     */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Named here so that its class is loaded by then: without a descriptor, a class can't be read from a directory. */
    private static final TransportFault NO_DESCRIPTOR = TransportFault.TOO_MANY_CONNECTIONS;

    private final ServerSocketChannel channel;
    private final NetAddress local;
    private final Connections connections;
    private final TransportContext context;
    private final SelectionKey key;
    private boolean paused;
    private long pausedNanos;

    Acceptor(ServerSocketChannel channel, Connections connections, TransportContext context) throws IOException {
        this.channel = channel;
        this.connections = connections;
        this.context = context;
        local = NetAddress.of((InetSocketAddress) channel.getLocalAddress());
        key = context.register(channel, SelectionKey.OP_ACCEPT, this);
    }

    NetAddress local() {
        return local;
    }

    @Override
    public void ready(SelectionKey ready, long nowNanos) {
        for (int i = 0; i < ACCEPTS_PER_TURN && channel.isOpen(); i++) {
            SocketChannel accepted = accept(nowNanos);
            if (accepted == null) {
                return;
            }
            welcome(accepted, nowNanos);
        }
    }

    private SocketChannel accept(long nowNanos) {
        try {
            return channel.accept();
        } catch (IOException | RuntimeException e) {
            pause(nowNanos, e);
            return null;
        }
    }

    private void welcome(SocketChannel accepted, long nowNanos) {
        NetAddress remote;
        try {
            remote = NetAddress.of((InetSocketAddress) accepted.getRemoteAddress());
            Sockets.prepare(accepted);
        } catch (IOException | RuntimeException e) {
            // It went before it was seen; nobody has heard of it.
            Sockets.abort(accepted);
            return;
        }
        connections.accept(remote, accepted, nowNanos);
    }

    private void pause(long nowNanos, Throwable cause) {
        if (!key.isValid()) {
            return;
        }
        key.interestOps(0);
        paused = true;
        pausedNanos = nowNanos;
        context.fault(NO_DESCRIPTOR, local, cause);
        connections.freeDescriptor(nowNanos);
    }

    void tick(long nowNanos) {
        if (paused && nowNanos - pausedNanos >= PAUSE_NANOS && key.isValid()) {
            paused = false;
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException | RuntimeException e) {
            // The descriptor is gone, whatever close said.
        }
    }
}
