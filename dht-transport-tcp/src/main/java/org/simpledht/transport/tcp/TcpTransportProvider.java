package org.simpledht.transport.tcp;

import java.io.IOException;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.NetAddress;

/**
 * Opens TCP transports: each frame travels behind its length, an unsigned 32-bit big-endian number (docs/PROTOCOL.md, "Frames").
 *
 * <p>{@code [::]} serves IPv4 too, and means {@code 0.0.0.0} on a host without IPv6.
 */
public final class TcpTransportProvider implements TransportProvider {

    /** For {@link java.util.ServiceLoader}. */
    public TcpTransportProvider() {}

    @Override
    public String scheme() {
        return "tcp";
    }

    @Override
    public boolean isStream() {
        return true;
    }

    @Override
    public Transport open(NetAddress bind, TransportContext context) throws IOException {
        return TcpTransport.open(scheme(), bind, Wires.PLAIN, context);
    }
}
