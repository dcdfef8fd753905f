package org.simpledht.transport.tcp;

import java.io.IOException;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportProvider;
import org.simpledht.transport.TransportSettings;
import org.simpledht.types.NetAddress;

/**
 * Opens TCP transports whose connections are secured by TLS 1.3 or 1.2; within it everything is as over TCP. Its settings are those
 * whose names begin with {@code tls-}, see README.md.
 *
 * <p>The files are read anew when {@link org.simpledht.Dht#rereadTransportFiles} asks for it; connections that are there go on as they
 * began.
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
        // Asked now, as the files are read anew on other threads than the context may be called on.
        TransportSettings settings = context.settings();
        boolean accepts = context.accepts();
        Wires wires = new TlsWires(
                () -> read(settings, accepts, bind), context.streamLimits().maxConnections());
        return TcpTransport.open(scheme(), bind, wires, context);
    }

    private Tls read(TransportSettings settings, boolean accepts, NetAddress bind) {
        Tls tls = TlsFiles.read(settings);
        if (accepts && !tls.isCertified()) {
            throw new IllegalArgumentException("a node at " + scheme() + "://" + bind
                    + " needs a certificate; name its file with tls-certificate, and its key's with tls-key");
        }
        return tls;
    }
}
