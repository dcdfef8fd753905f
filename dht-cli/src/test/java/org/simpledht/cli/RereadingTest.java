package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.simpledht.ClusterKeys;
import org.simpledht.Dht;
import org.simpledht.DhtClient;
import org.simpledht.DhtConfig;
import org.simpledht.DhtTimeoutException;
import org.simpledht.UnreachableException;
import org.simpledht.types.Hash;

/** A node whose files change, looked at by hand. */
final class RereadingTest {

    private static final Hash HASH = Hash.parse("2a");
    private static final String OLD = "0123456789abcdef".repeat(4);
    private static final String NEW = "fedcba9876543210".repeat(4);

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(out, err);
    private Path keys;
    private Rereading rereading;
    private Dht dht;

    @AfterEach
    void close() {
        dht.close();
    }

    private void startWithKeys() throws IOException {
        keys = Files.writeString(directory.resolve("keys"), OLD);
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        start(DhtConfig.builder().bind("127.0.0.1:0").set("cluster-keys-file", keys.toString()));
    }

    private void start(DhtConfig.Builder builder) {
        DhtConfig config = builder.build();
        rereading = new Rereading(config.files(), console);
        dht = Dht.start(config);
        dht.put(HASH, "ours");
    }

    @Test
    void keysOfAChangedFileCountAndAreSaidByTheirIds() throws IOException {
        startWithKeys();
        look();
        assertThat(said()).isEmpty();
        Files.writeString(keys, OLD + "\n" + NEW + "\n");
        look();

        assertThat(said())
                .containsExactly("cluster keys are read anew: " + ClusterKeys.fromFile(keys) + ", the first one signs");
        requireHeard(OLD);
        requireHeard(NEW, OLD);
        Files.writeString(keys, NEW + "\n");
        look();
        assertThat(said()).hasSize(2);
        requireHeard(NEW);
        try (DhtClient client = client(OLD)) {
            assertThatThrownBy(() -> client.get(HASH, Duration.ofMillis(500))).isInstanceOf(DhtTimeoutException.class);
        }
    }

    @Test
    void whatIsNoKeyIsSaidOnceForEachChangeAndTheOldOnesStay() throws IOException {
        startWithKeys();
        Files.writeString(keys, NEW + "\nhunter2!\n");
        look();
        look();
        assertThat(said()).hasSize(1);
        assertThat(said().get(0))
                .startsWith("warning: the cluster keys of before stay in force: cluster keys file ")
                .contains("line 2: neither hexadecimal digits nor base64; write");
        Files.writeString(keys, NEW + "\nhunter2!!!\n");
        look();
        Files.delete(keys);
        look();
        look();
        assertThat(said()).hasSize(3);
        assertThat(said().get(2)).contains("there is no cluster keys file", "check the path");
        requireHeard(OLD);

        Files.writeString(keys, NEW);
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
        look();
        assertThat(said().get(3)).contains("can be read or written by other users", "chmod 600");
        requireHeard(OLD);
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        look();
        assertThat(said().get(4)).startsWith("cluster keys are read anew");
        requireHeard(NEW);
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("hunter2", OLD, NEW);
        assertThat(out.size()).isZero();
    }

    @Test
    void programsReadItAsJson() throws IOException {
        startWithKeys();
        console.useJson();
        Files.writeString(keys, NEW + "\n");
        look();
        Files.delete(keys);
        look();

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        read -> assertThat(read)
                                .isEqualTo("{\"event\":\"reread\",\"what\":\"cluster keys\",\"ok\":true}"),
                        failed -> assertThat(failed)
                                .startsWith("{\"event\":\"reread\",\"what\":\"cluster keys\",\"ok\":false,\"error\":"
                                        + "\"there is no cluster keys file"));
    }

    @Test
    void nodeThatIsClosedNeedsNoKeys() throws IOException {
        startWithKeys();
        dht.close();
        Files.writeString(keys, NEW + "\n");
        look();

        assertThat(said()).isEmpty();
    }

    @Test
    void certificatesOfChangedFilesAreShownToWhoComesThen() throws Exception {
        Path first = certificate("first");
        Path second = certificate("second");
        Path own = Files.copy(first, directory.resolve("own"));
        start(tls(own, first).bind("tls://127.0.0.1:0"));
        requireServing(first);
        Files.writeString(own, "hunter2");
        look();
        look();
        assertThat(said()).hasSize(1);
        assertThat(said().get(0))
                .startsWith("warning: the certificates of before stay in force: tls-certificate: " + own)
                .doesNotContain("hunter2");
        requireServing(first);

        Files.copy(second, own, StandardCopyOption.REPLACE_EXISTING);
        look();
        assertThat(said().get(1)).isEqualTo("certificates are read anew, for new connections");
        requireServing(second);
        try (DhtClient client = client(tls(first, first))) {
            assertThatThrownBy(() -> client.get(HASH, Duration.ofSeconds(5))).isInstanceOf(UnreachableException.class);
        }
    }

    @Test
    void whatFailedIsTriedAgainQuietly() throws IOException {
        startWithKeys();
        Files.writeString(keys, NEW + "\n");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
        look();
        look();
        assertThat(said()).hasSize(1);
        String user = System.getProperty("user.name");
        try {
            // Then the file is somebody else's, who may do so: what was wrong with it is right without a change of the
            // file.
            System.setProperty("user.name", "somebody else");
            rereading.look(dht);
        } finally {
            System.setProperty("user.name", user);
        }

        assertThat(said()).hasSize(2);
        assertThat(said().get(1)).startsWith("cluster keys are read anew");
        requireHeard(NEW);
    }

    private DhtConfig.Builder tls(Path certificate, Path trusted) {
        return DhtConfig.builder()
                .set("tls-certificate", certificate.toString())
                .set("tls-trust", trusted + ".pem")
                .set("tls-client-auth", "false")
                .tlsPassword("open sesame");
    }

    /** Vouches for itself: a store, and beside it what is to be trusted. */
    private Path certificate(String name) throws Exception {
        Path store = directory.resolve(name);
        keytool("-genkeypair -alias node -dname CN=" + name + " -keyalg EC -validity 2", store.toString());
        keytool("-exportcert -alias node -rfc -file " + store + ".pem", store.toString());
        return store;
    }

    private static void keytool(String words, String store) {
        ProcessBuilder keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        keytool.command().addAll(List.of(words.split(" ")));
        keytool.command().addAll(List.of("-storetype", "PKCS12", "-storepass", "open sesame", "-keystore", store));
        Program program = Program.start(keytool);
        assertThat(program.exit()).as(program.toString()).isZero();
    }

    /** Twice, since a change counts when it is over. */
    private void look() {
        rereading.look(dht);
        rereading.look(dht);
    }

    private List<String> said() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void requireServing(Path trusted) {
        try (DhtClient client = client(tls(trusted, trusted))) {
            assertThat(client.get(HASH, Program.PATIENCE)).isPresent();
        }
    }

    private void requireHeard(String... ring) {
        try (DhtClient client = client(ring)) {
            assertThat(client.get(HASH, Program.PATIENCE)).isPresent();
        }
    }

    private DhtClient client(String... ring) {
        byte[][] keysOfRing = Stream.of(ring).map(HexFormat.of()::parseHex).toArray(byte[][]::new);
        return client(DhtConfig.builder().clusterKeys(ClusterKeys.of(keysOfRing)));
    }

    private DhtClient client(DhtConfig.Builder config) {
        return DhtClient.connect(dht.endpoints().get(0).toString(), config.build());
    }
}
