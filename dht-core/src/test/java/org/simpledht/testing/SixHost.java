package org.simpledht.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.simpledht.DhtRuntime;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.NetAddress;

/** A host that has an IPv6 address, alone or beside its IPv4 one, as the runtime of a node: all else is as with any host. */
final class SixHost implements DhtRuntime {

    private final Homes homes;
    private final SimulatedHost host;
    private final List<NetAddress> addresses;

    SixHost(Homes homes, SimulatedHost host, List<NetAddress> addresses) {
        this.homes = homes;
        this.host = host;
        this.addresses = addresses;
    }

    @Override
    public TransportProvider transport(String scheme) {
        return new TransportProvider() {
            @Override
            public String scheme() {
                return scheme;
            }

            @Override
            public boolean isStream() {
                return false;
            }

            @Override
            public Transport open(NetAddress bind, TransportContext context) throws IOException {
                List<NetAddress> bound = new ArrayList<>();
                for (NetAddress address : addresses) {
                    host.ports().address(address.address());
                    bound.add(host.ports().bind(bind.port()));
                }
                return new SimulatedSocket(homes.wire(), host, bound, context);
            }
        };
    }

    @Override
    public List<InetAddress> resolve(String name) throws UnknownHostException {
        return homes.resolve(name, host);
    }

    @Override
    public long nanoTime() {
        return host.nanoTime();
    }

    @Override
    public long currentTimeMillis() {
        return host.currentTimeMillis();
    }

    @Override
    public long randomLong() {
        return host.randomLong();
    }

    @Override
    public ExecutorService helpers(String name) {
        return host.helpers(name);
    }

    @Override
    public Running start(String name, boolean keepsJvmAlive, Turns turns) {
        return host.start(name, keepsJvmAlive, turns);
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws InterruptedException, ExecutionException {
        return host.await(future);
    }

    @Override
    public void relieve() {
        host.relieve();
    }
}
