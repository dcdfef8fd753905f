package org.simpledht;

import java.io.IOException;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.NetAddress;

/** A provider of datagram transports that a test makes. */
record Opening(String scheme, Opener opener) implements TransportProvider {

    interface Opener {
        Transport open(NetAddress bind, TransportContext context) throws IOException;
    }

    @Override
    public boolean isStream() {
        return false;
    }

    @Override
    public Transport open(NetAddress bind, TransportContext context) throws IOException {
        return opener.open(bind, context);
    }
}
