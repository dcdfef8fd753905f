package org.simpledht.transport.tcp;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

/** A blocking socket with the JDK's own TLS in place of the other node. */
final class TlsPeer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final char[] NO_PASSWORD = {};

    private final SSLContext context;
    private final NetAddress to;
    private final String protocol;
    private final SSLSocket socket;
    private final DataInputStream input;

    private TlsPeer(SSLContext context, NetAddress to, String protocol) throws IOException {
        this.context = context;
        this.to = to;
        this.protocol = protocol;
        socket = (SSLSocket) context.getSocketFactory().createSocket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.connect(to.toSocketAddress());
        input = new DataInputStream(socket.getInputStream());
    }

    /** Shows a certificate. */
    static TlsPeer with(Authority.Identity identity, Authority trusted, NetAddress to, String protocol)
            throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, NO_PASSWORD);
        keys.setKeyEntry("own", identity.key(), NO_PASSWORD, new Certificate[] {identity.certificate()});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, NO_PASSWORD);
        TlsPeer peer = new TlsPeer(context(managers, trusted), to, protocol);
        peer.startHandshake();
        return peer;
    }

    /** The same once more, which remembers the session that it had; it has not shaken hands yet. */
    TlsPeer again() throws IOException {
        return new TlsPeer(context, to, protocol);
    }

    /** What the node has shown. */
    Certificate shown() throws IOException {
        return socket.getSession().getPeerCertificates()[0];
    }

    /** Shows none, and has not shaken hands yet. */
    static TlsPeer without(Authority trusted, NetAddress to, String protocol)
            throws IOException, GeneralSecurityException {
        return new TlsPeer(context(null, trusted), to, protocol);
    }

    private static SSLContext context(KeyManagerFactory managers, Authority trusted)
            throws IOException, GeneralSecurityException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, NO_PASSWORD);
        anchors.setCertificateEntry("anchor", trusted.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers == null ? null : managers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** The first time it makes the connection secure; after that it renegotiates (TLS 1.2) or renews the keys (TLS 1.3). */
    void startHandshake() throws IOException {
        socket.startHandshake();
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void writeFrame(byte[] frame) throws IOException {
        write(ByteBuffer.allocate(4 + frame.length)
                .putInt(frame.length)
                .put(frame)
                .array());
    }

    Content readFrame() throws IOException {
        byte[] frame = new byte[input.readInt()];
        input.readFully(frame);
        return Content.of(frame);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
