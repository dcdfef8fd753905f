package org.simpledht.transport.tcp;

import org.simpledht.testkit.ReplicationContract;

class TcpReplicationTest extends ReplicationContract {

    @Override
    protected String bind() {
        return "tcp://127.0.0.1:0";
    }
}
