package org.simpledht;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.simpledht.core.Now;
import org.simpledht.core.Path;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportFault;
import org.simpledht.transport.TransportSettings;
import org.simpledht.types.NetAddress;

/** A loop as one of its transports sees it. */
final class BindingContext implements TransportContext {

    private final Loop loop;
    private final Reports reports;
    private final int binding;

    BindingContext(Loop loop, Reports reports, int binding) {
        this.loop = loop;
        this.reports = reports;
        this.binding = binding;
    }

    @Override
    public StreamLimits streamLimits() {
        return loop.terms().streamLimits();
    }

    @Override
    public TransportSettings settings() {
        return loop.terms().settings();
    }

    @Override
    public boolean accepts() {
        return loop.terms().accepts();
    }

    @Override
    public boolean canSpare(NetAddress remote) {
        return reports.canSpare(new Path(binding, remote));
    }

    @Override
    public boolean hasShown(NetAddress remote) {
        return reports.hasShown(new Path(binding, remote));
    }

    @Override
    public SelectionKey register(SelectableChannel channel, int interestOps, ChannelHandler handler)
            throws IOException {
        return loop.register(channel, interestOps, handler);
    }

    @Override
    public void received(NetAddress from, ByteBuffer frame) {
        reports.received(new Path(binding, from), frame);
    }

    @Override
    public boolean offer(NetAddress from, ByteBuffer frame) {
        byte[] copy = new byte[frame.remaining()];
        frame.duplicate().get(copy);
        return loop.offer(new Inbox.Command() {
            @Override
            public void run(Now now) {
                received(from, ByteBuffer.wrap(copy));
            }

            @Override
            public void abandon() {
                // A frame may always get lost.
            }
        });
    }

    @Override
    public void accepted(NetAddress remote) {
        reports.accepted(new Path(binding, remote));
    }

    @Override
    public void closed(NetAddress remote, String reason) {
        reports.closed(new Path(binding, remote), reason);
    }

    @Override
    public void fault(TransportFault fault, NetAddress remote, Throwable cause) {
        reports.fault(fault, binding, remote, cause);
    }
}
