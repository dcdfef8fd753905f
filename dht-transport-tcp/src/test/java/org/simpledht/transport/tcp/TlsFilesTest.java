package org.simpledht.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.transport.TransportSettings;

/** Which files are read, and what is said of others. */
class TlsFilesTest {

    private static final String PASSWORD = "open sesame";
    private static final byte[] PBES2 = Der.identifier(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d);
    private static final String CIPHER = "PBEWithHmacSHA256AndAES_128";

    @TempDir
    private static Path directory;

    private static Authority authority;
    private static Authority.Identity node;

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> secrets = new HashMap<>();

    @BeforeAll
    static void issue() throws Exception {
        authority = new Authority("authority");
        node = authority.issue("node");
    }

    @Test
    void chainKeyAndBundleInPemAreRead() throws Exception {
        set("tls-certificate", node.certificatePem() + authority.pem());
        set("tls-key", "some words before it\n" + node.keyPem());
        set("tls-trust", new Authority("another").pem() + authority.pem());
        assertThat(read().isCertified()).isTrue();
    }

    @Test
    void keyMayStandWithItsCertificate() throws Exception {
        set("tls-certificate", node.keyPem() + node.certificatePem());
        set("tls-trust", authority.pem());
        assertThat(read().isCertified()).isTrue();
    }

    @Test
    void trustAloneIsEnoughForWhoIsNotAsked() throws Exception {
        set("tls-trust", authority.pem());
        assertThat(read().isCertified()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void keysOfManyKindsAreRead(String kind) throws Exception {
        Authority.Identity other =
                authority.issue("node", Authority.keys(kind), Instant.now().plus(Duration.ofHours(1)));
        set("tls-certificate", other.certificatePem());
        set("tls-key", other.keyPem());
        set("tls-trust", authority.pem());
        assertThat(read().isCertified()).isTrue();
    }

    @Test
    void storesOpenWithThePasswordOfAFile() throws Exception {
        set("tls-password-file", PASSWORD + "\n");
        values.put("tls-certificate", keyStore().toString());
        values.put("tls-trust", trustStore().toString());
        assertThat(read().isCertified()).isTrue();
    }

    @Test
    void storesOpenWithTheSecret() throws Exception {
        secrets.put("tls-password", PASSWORD);
        values.put("tls-certificate", keyStore().toString());
        values.put("tls-trust", trustStore().toString());
        assertThat(read().isCertified()).isTrue();
    }

    @Test
    void encryptedKeyOpensWithTheSecret() throws Exception {
        secrets.put("tls-password", PASSWORD);
        set("tls-certificate", node.certificatePem());
        set("tls-key", encryptedKey());
        set("tls-trust", authority.pem());
        assertThat(read().isCertified()).isTrue();
    }

    @Test
    void wrongPasswordIsNamedAndNotRepeated() throws Exception {
        secrets.put("tls-password", "abracadabra");
        set("tls-certificate", node.certificatePem());
        set("tls-key", encryptedKey());
        set("tls-trust", authority.pem());
        refused("tls-key: ", "does not open with that password");

        values.put("tls-certificate", keyStore().toString());
        refused("tls-certificate: ", "the password of");
    }

    @Test
    void missingPasswordIsNamed() throws Exception {
        set("tls-certificate", node.certificatePem());
        set("tls-key", encryptedKey());
        set("tls-trust", authority.pem());
        refused("tls-key: ", "tls-password-file");

        values.put("tls-certificate", keyStore().toString());
        refused("tls-certificate: ", "tls-password-file");
    }

    @Test
    void trustIsNeeded() throws Exception {
        set("tls-certificate", node.certificatePem());
        set("tls-key", node.keyPem());
        refused("tls:// needs tls-trust", "would vouch for anybody");
    }

    @Test
    void missingFileIsNamed() {
        values.put("tls-trust", directory.resolve("nowhere").toString());
        refused("tls-trust: ", "there is no file");
    }

    @Test
    void whatIsInNoneOfTheFormsIsNamed() throws Exception {
        set("tls-trust", "no certificate");
        refused("tls-trust: ", "neither PEM nor");

        set("tls-trust", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        refused("tls-trust: ", "");

        set("tls-trust", node.keyPem());
        refused("tls-trust: ", "no trusted certificate is in it");

        set("tls-trust", authority.pem());
        set("tls-certificate", node.certificatePem());
        refused("tls-certificate: ", "no private key is in it; tls-key names it");

        set("tls-key", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        refused("tls-key: ", "openssl pkcs8");

        set("tls-key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        refused("tls-key: ", "its key is none of");
    }

    @Test
    void keyOfAnotherCertificateIsNamed() throws Exception {
        set("tls-trust", authority.pem());
        set("tls-certificate", node.certificatePem());
        set("tls-key", authority.issue("other").keyPem());
        refused("tls-key: ", "not that of the first certificate");
    }

    private Tls read() {
        return TlsFiles.read(new TransportSettings(values, secrets));
    }

    private void refused(String start, String part) {
        assertThatIllegalArgumentException()
                .isThrownBy(this::read)
                .withMessageStartingWith(start)
                .withMessageContaining(part)
                .withMessageNotContaining("abracadabra")
                .withMessageNotContaining("MII");
    }

    private void set(String setting, String text) throws IOException {
        values.put(setting, Authority.write(directory, setting, text));
    }

    private static Path keyStore() throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        Certificate[] chain = {node.certificate(), authority.certificate()};
        store.setKeyEntry("node", node.key(), PASSWORD.toCharArray(), chain);
        return write(store);
    }

    private static Path trustStore() throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        store.setCertificateEntry("authority", authority.certificate());
        return write(store);
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Path write(KeyStore store) throws GeneralSecurityException, IOException {
        Path file = Files.createTempFile(directory, "store", ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static String encryptedKey() throws GeneralSecurityException, IOException {
        SecretKey secret = SecretKeyFactory.getInstance(CIPHER).generateSecret(new PBEKeySpec(PASSWORD.toCharArray()));
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(Cipher.ENCRYPT_MODE, secret, new PBEParameterSpec(new byte[8], 1_000));
        byte[] encrypted = cipher.doFinal(node.key().getEncoded());
        // EncryptedPrivateKeyInfo reads this, and cannot write it.
        byte[] cipherName = Der.sequence(PBES2, cipher.getParameters().getEncoded());
        byte[] der = Der.sequence(cipherName, Der.octets(encrypted));
        return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(der) + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    }
}
