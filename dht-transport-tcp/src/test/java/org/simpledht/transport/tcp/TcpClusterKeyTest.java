package org.simpledht.transport.tcp;

import org.simpledht.testkit.ClusterKeyContract;

class TcpClusterKeyTest extends ClusterKeyContract {

    @Override
    protected String bind() {
        return "tcp://127.0.0.1:0";
    }
}
