package org.simpledht.transport.tcp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.simpledht.transport.TransportSettings;

/** An authority of the test's own, made when the test runs, so that no certificate in the sources ends one day. */
final class Authority {

    private static final byte[] ECDSA_SHA256 =
            Der.sequence(Der.identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
    private static final byte[] COMMON_NAME = Der.identifier(0x55, 0x04, 0x03);
    private static final byte[] BASIC_CONSTRAINTS = Der.identifier(0x55, 0x1d, 0x13);
    private static final byte[] ALTERNATIVE_NAMES = Der.identifier(0x55, 0x1d, 0x11);

    private final String name;
    private final KeyPair keys;
    private final X509Certificate certificate;
    private int serial = 1;

    Authority(String name) throws GeneralSecurityException {
        this.name = name;
        keys = keys("EC");
        certificate = certificate(
                name,
                keys,
                Instant.now().plus(Duration.ofDays(1)),
                Der.sequence(BASIC_CONSTRAINTS, Der.truth(), Der.octets(Der.sequence(Der.truth()))));
    }

    /** Who shows a certificate. */
    record Identity(X509Certificate certificate, PrivateKey key) {

        String certificatePem() throws GeneralSecurityException {
            return pem("CERTIFICATE", certificate.getEncoded());
        }

        String keyPem() {
            return pem("PRIVATE KEY", key.getEncoded());
        }
    }

    static KeyPair keys(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (!algorithm.equals("Ed25519")) {
            generator.initialize(algorithm.equals("EC") ? 256 : 2048);
        }
        return generator.generateKeyPair();
    }

    X509Certificate certificate() {
        return certificate;
    }

    String pem() throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    Identity issue(String subject) throws GeneralSecurityException {
        return issue(subject, keys("EC"), Instant.now().plus(Duration.ofDays(1)));
    }

    /** For a node at 127.0.0.1. */
    Identity issue(String subject, KeyPair pair, Instant end) throws GeneralSecurityException {
        byte[] loopback = Der.tagged(0x87, new byte[] {127, 0, 0, 1});
        return new Identity(
                certificate(subject, pair, end, Der.sequence(ALTERNATIVE_NAMES, Der.octets(Der.sequence(loopback)))),
                pair.getPrivate());
    }

    /** For nobody's address. */
    Identity issueNameless(String subject) throws GeneralSecurityException {
        KeyPair pair = keys("EC");
        Instant end = Instant.now().plus(Duration.ofDays(1));
        return new Identity(certificate(subject, pair, end, new byte[0]), pair.getPrivate());
    }

    private X509Certificate certificate(String subject, KeyPair pair, Instant end, byte[] extension)
            throws GeneralSecurityException {
        byte[] body = Der.sequence(
                Der.explicit(0, Der.integer(2)),
                Der.integer(serial++),
                ECDSA_SHA256,
                name(name),
                Der.sequence(Der.time(end.minus(Duration.ofDays(2))), Der.time(end)),
                name(subject),
                pair.getPublic().getEncoded(),
                extension.length == 0 ? extension : Der.explicit(3, Der.sequence(extension)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(body);
        byte[] whole = Der.sequence(body, ECDSA_SHA256, Der.bits(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.utf8(commonName))));
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }

    /** Settings that name files with these, in a directory of the test's. */
    static TransportSettings settings(Path directory, Identity identity, Authority trusted, String... more)
            throws IOException, GeneralSecurityException {
        Map<String, String> values = new HashMap<>();
        values.put("tls-trust", write(directory, "trust", trusted.pem()));
        if (identity != null) {
            values.put("tls-certificate", write(directory, "certificate", identity.certificatePem()));
            values.put("tls-key", write(directory, "key", identity.keyPem()));
        }
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return new TransportSettings(values, Map.of());
    }

    static String write(Path directory, String name, String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, name, ".pem"), text)
                .toString();
    }
}
