package org.simpledht.testing;

import java.io.IOException;
import java.util.List;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.NetAddress;

/** Opens the sockets of one host: datagrams, or streams. */
final class SimulatedProvider implements TransportProvider {

    private final World world;
    private final SimulatedHost host;
    private final String scheme;
    private final boolean isStream;

    SimulatedProvider(World world, SimulatedHost host, String scheme) {
        this.world = world;
        this.host = host;
        this.scheme = scheme;
        isStream = scheme.equals("tcp");
        if (!isStream && !scheme.equals("udp")) {
            throw new IllegalArgumentException("a simulated network carries udp and tcp, not " + scheme);
        }
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public boolean isStream() {
        return isStream;
    }

    @Override
    public Transport open(NetAddress bind, TransportContext context) throws IOException {
        return isStream
                ? new SimulatedStreams(world.wire(), host, host.ports().bindStreams(bind.port()), context)
                : new SimulatedSocket(world.wire(), host, List.of(host.ports().bind(bind.port())), context);
    }
}
