package org.simpledht.examples;

import java.net.BindException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportFault;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.NetAddress;

/** Carries frames between nodes of one JVM. Its name stands in META-INF/services. */
public final class MemoryTransportProvider implements TransportProvider {

    private static final int MAX_FRAME_BYTES = 65_507;
    private static final Map<NetAddress, TransportContext> BOUND = new ConcurrentHashMap<>();
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(50_000);

    @Override
    public String scheme() {
        return "memory";
    }

    @Override
    public boolean isStream() {
        return false;
    }

    @Override
    public Transport open(NetAddress bind, TransportContext context) throws BindException {
        NetAddress local = bind.port() == 0 ? bind.withPort(NEXT_PORT.getAndIncrement()) : bind;
        if (BOUND.putIfAbsent(local, context) != null) {
            throw new BindException(local + " is in use");
        }
        return new MemoryTransport(local, context);
    }

    private record MemoryTransport(NetAddress local, TransportContext context) implements Transport {

        @Override
        public int maxFrameBytes(NetAddress to) {
            return to.isUnicast() && to.isV6() == local.isV6() ? MAX_FRAME_BYTES : 0;
        }

        @Override
        public void send(NetAddress to, ByteBuffer frame) {
            if (frame.remaining() > maxFrameBytes(to)) {
                context.fault(TransportFault.FRAME_TOO_LARGE, to, null);
                return;
            }
            TransportContext receiver = BOUND.get(to);
            // The receiver's thread is another one, hence offer, which copies and never waits, and not received.
            if (receiver == null || !receiver.offer(local, frame)) {
                context.fault(TransportFault.SEND_FAILED, to, null);
            }
        }

        @Override
        public void disconnect(NetAddress remote) {
            // There are no connections.
        }

        @Override
        public void tick(long nowNanos) {
            // There are no deadlines.
        }

        @Override
        public void close() {
            BOUND.remove(local);
        }
    }
}
