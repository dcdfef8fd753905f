package org.simpledht.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;

/** A loop on the test's own thread, with a clock that is made up, and a node that answers back from within callbacks. */
final class HandTurnedLoop implements TransportContext, AutoCloseable {

    private static final long PATIENCE_MILLIS = 20_000;

    /** All that was reported, one word each. */
    final List<String> seen = new ArrayList<>();

    Runnable onReceived = () -> {};
    Runnable onClosed = () -> {};

    private final StreamLimits limits;
    private final Selector selector = Selector.open();
    private final Transport transport;

    HandTurnedLoop(StreamLimits limits) throws IOException {
        this.limits = limits;
        transport = new TcpTransportProvider().open(RawPeer.address("127.0.0.1", 0), this);
    }

    Transport transport() {
        return transport;
    }

    /** Waits until some channel is ready, and does what a node's loop does in a turn. */
    void turn(long nowNanos) throws IOException {
        selector.select(PATIENCE_MILLIS);
        for (SelectionKey key : selector.selectedKeys()) {
            ((ChannelHandler) key.attachment()).ready(key, nowNanos);
        }
        selector.selectedKeys().clear();
        transport.tick(nowNanos);
    }

    @Override
    public void close() throws IOException {
        transport.close();
        selector.close();
    }

    @Override
    public StreamLimits streamLimits() {
        return limits;
    }

    @Override
    public SelectionKey register(SelectableChannel channel, int interestOps, ChannelHandler handler)
            throws IOException {
        return channel.register(selector, interestOps, handler);
    }

    @Override
    public void received(NetAddress from, ByteBuffer frame) {
        seen.add("received");
        onReceived.run();
    }

    @Override
    public boolean offer(NetAddress from, ByteBuffer frame) {
        throw new AssertionError("TCP has no thread of its own");
    }

    @Override
    public void accepted(NetAddress remote) {
        seen.add("accepted");
    }

    @Override
    public void closed(NetAddress remote, String reason) {
        seen.add("closed");
        onClosed.run();
    }

    @Override
    public void fault(TransportFault fault, NetAddress remote, Throwable cause) {
        seen.add(fault.name());
    }
}
