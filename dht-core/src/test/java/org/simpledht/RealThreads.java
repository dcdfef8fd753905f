package org.simpledht;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.NetAddress;

/** The real threads and clocks, on a network where nothing ever arrives. A test overrides what is to go wrong. */
class RealThreads implements DhtRuntime {

    final AtomicInteger closedTransports = new AtomicInteger();
    private final DhtRuntime real = DhtRuntime.system();

    /** What closing a transport does, besides being counted. */
    void closing() {}

    /** What a transport finds when it reads its files anew. */
    Optional<Runnable> reread() {
        return Optional.empty();
    }

    @Override
    public TransportProvider transport(String scheme) {
        return new Opening(scheme, (bind, context) -> new Void(bind.withPort(bind.port() == 0 ? 4_000 : bind.port())));
    }

    @Override
    public long nanoTime() {
        return real.nanoTime();
    }

    @Override
    public long currentTimeMillis() {
        return real.currentTimeMillis();
    }

    @Override
    public long randomLong() {
        return real.randomLong();
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        return real.resolve(host);
    }

    @Override
    public ExecutorService helpers(String name) {
        return real.helpers(name);
    }

    @Override
    public Running start(String name, boolean keepsJvmAlive, Turns turns) {
        return real.start(name, keepsJvmAlive, turns);
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws InterruptedException, ExecutionException {
        return real.await(future);
    }

    @Override
    public void relieve() {
        real.relieve();
    }

    private final class Void implements Transport {
        private final NetAddress local;

        Void(NetAddress local) {
            this.local = local;
        }

        @Override
        public NetAddress local() {
            return local;
        }

        @Override
        public int maxFrameBytes(NetAddress to) {
            return to.isV6() == local.isV6() ? 1_400 : 0;
        }

        @Override
        public void send(NetAddress to, ByteBuffer frame) {}

        @Override
        public void disconnect(NetAddress remote) {}

        @Override
        public void tick(long nowNanos) {}

        @Override
        public Optional<Runnable> reread() {
            return RealThreads.this.reread();
        }

        @Override
        public void close() {
            closedTransports.incrementAndGet();
            closing();
        }
    }
}
