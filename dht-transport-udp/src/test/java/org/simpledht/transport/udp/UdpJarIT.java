package org.simpledht.transport.udp;

import org.simpledht.testkit.TransportJarContract;

class UdpJarIT extends TransportJarContract {

    @Override
    protected String scheme() {
        return "udp";
    }
}
