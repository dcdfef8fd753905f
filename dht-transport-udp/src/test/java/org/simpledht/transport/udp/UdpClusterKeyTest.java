package org.simpledht.transport.udp;

import org.simpledht.testkit.ClusterKeyContract;

class UdpClusterKeyTest extends ClusterKeyContract {

    @Override
    protected String bind() {
        return "udp://127.0.0.1:0";
    }
}
