package org.simpledht.transport.tcp;

import org.simpledht.testkit.TransportJarContract;

class TcpJarIT extends TransportJarContract {

    @Override
    protected String scheme() {
        return "tcp";
    }
}
