package org.simpledht.transport.tcp;

import java.io.IOException;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.NetAddress;

/**
 * Opens TCP transports whose connections are secured by TLS 1.3 or 1.2; within it everything is as over TCP. Its settings are those
 * whose names begin with {@code tls-}, see README.md.
 *
 * <p>Who is connected to must show a certificate that {@code tls-trust} vouches for; who connects as well, unless
 * {@code tls-client-auth} says otherwise.
 */
public final class TlsTransportProvider implements TransportProvider {

    /** For {@link java.util.ServiceLoader}. */
    public TlsTransportProvider() {}

    @Override
    public String scheme() {
        return "tls";
    }

    @Override
    public boolean isStream() {
        return true;
    }

    /**
     * @throws IllegalArgumentException if a setting is missing, or names a file that is not what it should be
     */
    @Override
    public Transport open(NetAddress bind, TransportContext context) throws IOException {
        Tls tls = TlsFiles.read(context.settings());
        if (context.accepts() && !tls.isCertified()) {
            throw new IllegalArgumentException("a node at " + scheme() + "://" + bind
                    + " needs a certificate; name its file with tls-certificate, and its key's with tls-key");
        }
        return TcpTransport.open(
                scheme(), bind, new TlsWires(tls, context.streamLimits().maxConnections()), context);
    }
}
