package org.simpledht.transport.tcp;

import org.simpledht.testkit.StreamTransportContract;
import org.simpledht.transport.TransportProvider;

class TcpTransportContractTest extends StreamTransportContract {

    @Override
    protected TransportProvider provider() {
        return new TcpTransportProvider();
    }
}
