package org.simpledht.transport.udp;

import org.simpledht.testkit.ReplicationContract;

class UdpReplicationTest extends ReplicationContract {

    @Override
    protected String bind() {
        return "udp://127.0.0.1:0";
    }
}
