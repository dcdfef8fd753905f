package org.simpledht.transport.tcp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Certificates and keys in PEM (RFC 7468): what OpenSSL writes, and authorities hand out. */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final List<String> KEY_KINDS = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");

    private Pem() {}

    /** True if that is PEM at all, and not binary. */
    static boolean isPem(byte[] file) {
        String start = new String(file, 0, Math.min(file.length, 1 << 16), StandardCharsets.ISO_8859_1);
        return start.contains("-----BEGIN ");
    }

    /** All certificates, in their order. */
    static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        for (MatchResult block : blocks.results().toList()) {
            if (block.group(1).equals("CERTIFICATE") || block.group(1).equals("TRUSTED CERTIFICATE")) {
                certificates.add(
                        (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes(block.group(2)))));
            }
        }
        return certificates;
    }

    /**
     * The first private key; empty if there is none.
     *
     * @param password opens it if it is encrypted; null if there is none
     */
    static Optional<PrivateKey> key(String text, char[] password) throws GeneralSecurityException {
        for (MatchResult block : BLOCK.matcher(text).results().toList()) {
            String kind = block.group(1);
            if (kind.equals("PRIVATE KEY")) {
                return Optional.of(key(bytes(block.group(2))));
            }
            if (kind.equals("ENCRYPTED PRIVATE KEY")) {
                return Optional.of(key(decrypted(bytes(block.group(2)), password)));
            }
            if (kind.endsWith(" PRIVATE KEY")) {
                throw new GeneralSecurityException("its key has the old form " + kind
                        + "; make it PKCS#8 with: openssl pkcs8 -topk8 -nodes -in old.pem -out new.pem");
            }
        }
        return Optional.empty();
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        for (String kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                // It is one of another kind.
                continue;
            }
        }
        throw new GeneralSecurityException("its key is none of " + KEY_KINDS);
    }

    private static byte[] decrypted(byte[] der, char[] password) throws GeneralSecurityException {
        if (password == null) {
            throw new GeneralSecurityException(
                    "its key is encrypted; name the file with its password with tls-password-file, or set DHT_TLS_PASSWORD");
        }
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            AlgorithmParameters parameters = info.getAlgParameters();
            // Of PBES2 the parameters alone name the ciphers.
            String algorithm = parameters == null ? info.getAlgName() : parameters.toString();
            SecretKeyFactory factory = SecretKeyFactory.getInstance(algorithm);
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, factory.generateSecret(new PBEKeySpec(password)), parameters);
            return info.getKeySpec(cipher).getEncoded();
        } catch (IOException e) {
            throw new GeneralSecurityException("its encrypted key is malformed", e);
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException("its key does not open with that password", e);
        }
    }

    private static byte[] bytes(String base64) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("it is damaged", e);
        }
    }
}
