package org.simpledht.transport.tcp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.simpledht.types.NetAddress;

/** How the connections of one binding are secured, and the buffers that they lend each other. */
final class Tls {

    /** One record on the wire, header and tag included, is never longer (RFC 8446, 5.2; RFC 5246, 6.2.3). */
    static final int MAX_RECORD_BYTES = 5 + 16_384 + 2_048;

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** Sessions to be taken up again; each takes some KiB. */
    private static final int MAX_SESSIONS = 256;

    private final SSLContext context;
    private final String[] suites;
    private final boolean certified;
    private final boolean asksClients;
    private final boolean verifiesAddress;

    /** For one read: as much as a connection's input buffer takes, since no record grows by being opened. */
    private final ByteBuffer input = ByteBuffer.allocateDirect(FrameReader.MAX_BYTES);

    private final ByteBuffer output = ByteBuffer.allocateDirect(FrameReader.MAX_BYTES + MAX_RECORD_BYTES);

    /**
     * @param context has keys and trust
     * @param certified whether there is a certificate to be shown, without which nobody can be accepted
     * @param asksClients whether who connects must show a certificate that is trusted
     * @param verifiesAddress whether who is connected to must have a certificate of the address
     */
    Tls(SSLContext context, boolean certified, boolean asksClients, boolean verifiesAddress) {
        this.context = context;
        this.certified = certified;
        this.asksClients = asksClients;
        this.verifiesAddress = verifiesAddress;
        context.getClientSessionContext().setSessionCacheSize(MAX_SESSIONS);
        context.getServerSessionContext().setSessionCacheSize(MAX_SESSIONS);
        suites = Stream.of(context.getSupportedSSLParameters().getCipherSuites())
                .filter(Tls::isStrong)
                .toArray(String[]::new);
    }

    /** All of TLS 1.3; of TLS 1.2 those with forward secrecy whose authenticity is part of the cipher. */
    private static boolean isStrong(String suite) {
        boolean ofNewest = List.of("TLS_AES_", "TLS_CHACHA20_").stream().anyMatch(suite::startsWith);
        return ofNewest || suite.startsWith("TLS_ECDHE_") && (suite.contains("_GCM_") || suite.contains("_CHACHA20_"));
    }

    boolean isCertified() {
        return certified;
    }

    /** For a connection that somebody else began. */
    SSLEngine accepting() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = parameters();
        parameters.setNeedClientAuth(asksClients);
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** For a connection that this node begins. */
    SSLEngine dialling(NetAddress to) {
        SSLEngine engine = context.createSSLEngine(host(to), to.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = parameters();
        if (verifiesAddress) {
            // What HTTPS asks of a certificate (RFC 2818): here that it names the IP address.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters(suites, PROTOCOLS);
        parameters.setUseCipherSuitesOrder(true);
        return parameters;
    }

    private static String host(NetAddress address) {
        return address.toSocketAddress().getAddress().getHostAddress();
    }

    /** Empty, for one read. */
    ByteBuffer input() {
        return input.clear();
    }

    /** Empty, for one write. */
    ByteBuffer output() {
        return output.clear();
    }
}
