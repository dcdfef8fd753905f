package org.simpledht.testing;

import java.io.IOException;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.NetAddress;

/** Opens the sockets of one host. */
final class SimulatedProvider implements TransportProvider {

    private final SimulatedNetwork network;
    private final SimulatedHost host;

    SimulatedProvider(SimulatedNetwork network, SimulatedHost host) {
        this.network = network;
        this.host = host;
    }

    @Override
    public String scheme() {
        return "udp";
    }

    @Override
    public boolean isStream() {
        return false;
    }

    @Override
    public Transport open(NetAddress bind, TransportContext context) throws IOException {
        return new SimulatedSocket(network.wire(), host, host.bind(bind.port()), context);
    }
}
