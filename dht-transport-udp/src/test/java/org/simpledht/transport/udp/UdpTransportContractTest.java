package org.simpledht.transport.udp;

import org.simpledht.testkit.TransportContract;
import org.simpledht.transport.TransportProvider;

class UdpTransportContractTest extends TransportContract {

    @Override
    protected TransportProvider provider() {
        return new UdpTransportProvider();
    }
}
