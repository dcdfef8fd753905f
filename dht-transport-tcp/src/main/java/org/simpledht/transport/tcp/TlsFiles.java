package org.simpledht.transport.tcp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.simpledht.transport.TransportSettings;

/** From the settings to keys: reads the files that they name, PEM or PKCS#12, and says what is wrong with them. */
final class TlsFiles {

    private static final String CERTIFICATE = "tls-certificate";
    private static final String KEY = "tls-key";
    private static final String TRUST = "tls-trust";
    private static final String PASSWORD_FILE = "tls-password-file";

    private static final String WITH_PASSWORD = "name a file with tls-password-file, or set DHT_TLS_PASSWORD";

    /** Of the key stores that are made here, in memory alone. */
    private static final char[] NO_PASSWORD = {};

    private TlsFiles() {}

    /**
     * @throws IllegalArgumentException naming the setting, the file and the remedy; never a secret
     */
    static Tls read(TransportSettings settings) {
        char[] password = password(settings);
        List<X509Certificate> trusted = trusted(settings, password);
        Optional<KeyStore> keys = settings.get(CERTIFICATE).map(file -> keys(file, settings.get(KEY), password));
        try {
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys.orElseGet(TlsFiles::emptyStore), NO_PASSWORD);
            KeyStore anchors = emptyStore();
            for (X509Certificate anchor : trusted) {
                anchors.setCertificateEntry("anchor-" + anchors.size(), anchor);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
            return new Tls(
                    context,
                    keys.isPresent(),
                    isTrue(settings, "tls-client-auth", true),
                    isTrue(settings, "tls-verify-address", false));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "this Java cannot do TLS with what tls-certificate, tls-key and tls-trust" + " name: "
                            + e.getMessage(),
                    e);
        }
    }

    private static boolean isTrue(TransportSettings settings, String name, boolean otherwise) {
        return settings.get(name).map(Boolean::parseBoolean).orElse(otherwise);
    }

    private static char[] password(TransportSettings settings) {
        Optional<String> file = settings.get(PASSWORD_FILE);
        if (file.isPresent()) {
            String text = new String(bytes(PASSWORD_FILE, file.get()), StandardCharsets.UTF_8);
            return text.lines().findFirst().orElse("").toCharArray();
        }
        return settings.secret("tls-password").map(String::toCharArray).orElse(null);
    }

    private static List<X509Certificate> trusted(TransportSettings settings, char[] password) {
        String file = settings.get(TRUST)
                .orElseThrow(() -> new IllegalArgumentException("tls:// needs " + TRUST
                        + ", a file with the certificates of the authorities that vouch for nodes; those of the web would"
                        + " vouch for anybody"));
        byte[] bytes = bytes(TRUST, file);
        try {
            List<X509Certificate> found = Pem.isPem(bytes) ? Pem.certificates(text(bytes)) : ofStore(bytes, password);
            if (found.isEmpty()) {
                throw new GeneralSecurityException("no trusted certificate is in it");
            }
            return found;
        } catch (GeneralSecurityException | IOException e) {
            throw wrong(TRUST, file, e);
        }
    }

    private static List<X509Certificate> ofStore(byte[] bytes, char[] password)
            throws GeneralSecurityException, IOException {
        KeyStore store = store(bytes, password);
        List<X509Certificate> found = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isCertificateEntry(alias)) {
                found.add((X509Certificate) store.getCertificate(alias));
            }
        }
        return found;
    }

    private static KeyStore keys(String file, Optional<String> keyFile, char[] password) {
        String blamed = CERTIFICATE;
        String blamedFile = file;
        try {
            byte[] bytes = bytes(CERTIFICATE, file);
            if (!Pem.isPem(bytes)) {
                return oneKey(store(bytes, password), password);
            }
            List<X509Certificate> chain = Pem.certificates(text(bytes));
            if (chain.isEmpty()) {
                throw new GeneralSecurityException("no certificate is in it");
            }
            requireValid(chain.get(0));
            blamed = keyFile.isPresent() ? KEY : CERTIFICATE;
            blamedFile = keyFile.orElse(file);
            String keyText = text(bytes(blamed, blamedFile));
            PrivateKey key = Pem.key(keyText, password)
                    .orElseThrow(() -> new GeneralSecurityException("no private key is in it; " + KEY + " names it"));
            return store(key, chain.toArray(Certificate[]::new));
        } catch (GeneralSecurityException | IOException e) {
            throw wrong(blamed, blamedFile, e);
        }
    }

    /** The key of a store that has one. Only with its password is it there. */
    private static KeyStore oneKey(KeyStore store, char[] password) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && password == null) {
                throw new GeneralSecurityException("its key opens with no password; " + WITH_PASSWORD);
            }
            if (store.isKeyEntry(alias)) {
                Certificate[] chain = store.getCertificateChain(alias);
                requireValid((X509Certificate) chain[0]);
                return store((PrivateKey) store.getKey(alias, password), chain);
            }
        }
        throw new GeneralSecurityException("no private key is in it");
    }

    private static KeyStore store(byte[] bytes, char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(bytes), password);
        } catch (IOException e) {
            throw new IOException(
                    "it is neither PEM nor a PKCS#12 store that opens with "
                            + (password == null
                                    ? "no password; " + WITH_PASSWORD
                                    : "the password of tls-password-file or DHT_TLS_PASSWORD"),
                    e);
        }
        return store;
    }

    private static KeyStore store(PrivateKey key, Certificate[] chain) throws GeneralSecurityException {
        requirePair(key, chain[0].getPublicKey());
        KeyStore store = emptyStore();
        store.setKeyEntry("node", key, NO_PASSWORD, chain);
        return store;
    }

    private static void requireValid(X509Certificate own) throws GeneralSecurityException {
        try {
            own.checkValidity();
        } catch (CertificateException e) {
            throw new GeneralSecurityException("its first certificate is not valid now: " + e.getMessage(), e);
        }
    }

    /** The certificate of another key would fail in every handshake, and nobody could say why. */
    private static void requirePair(PrivateKey key, PublicKey of) throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(of.getAlgorithm())) {
            throw new GeneralSecurityException("the key is not that of the first certificate");
        }
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        byte[] something = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(something);
        byte[] signed = signature.sign();
        signature.initVerify(of);
        signature.update(something);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key is not that of the first certificate");
        }
    }

    private static KeyStore emptyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java has no PKCS#12", e);
        }
    }

    private static byte[] bytes(String setting, String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(setting + ": there is no file " + file + "; check the path", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(setting + ": cannot read " + file + ": " + e, e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static IllegalArgumentException wrong(String setting, String file, Exception cause) {
        return new IllegalArgumentException(setting + ": " + file + ": " + cause.getMessage(), cause);
    }
}
