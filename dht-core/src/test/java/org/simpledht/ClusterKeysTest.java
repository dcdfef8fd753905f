package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where cluster keys come from, and that they go nowhere. */
class ClusterKeysTest {

    private static final String HEX = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210";
    private static final byte[] BYTES = HexFormat.of().parseHex(HEX);
    private static final String BASE64 = Base64.getEncoder().encodeToString(BYTES);
    private static final String SECOND = "ff".repeat(32);
    private static final ClusterKeys KEYS = ClusterKeys.of(BYTES);

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("keys"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void fileHasAKeyALine() throws IOException {
        assertThat(ClusterKeys.fromFile(file("# of us\n\n" + HEX + "\r\n  " + SECOND + "  \n")))
                .isEqualTo(ClusterKeys.of(BYTES, HexFormat.of().parseHex(SECOND)));
        assertThat(ClusterKeys.fromFile(file(BASE64))).isEqualTo(KEYS);
        assertThat(ClusterKeys.fromFile(file(BASE64.replace("=", "")))).isEqualTo(KEYS);
        assertThat(ClusterKeys.fromFile(file(HEX.toUpperCase(java.util.Locale.ROOT))))
                .isEqualTo(KEYS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "K,c2VjcmV0 | line 2: a key of 6 bytes, but it must have 32",
                "K,hunter2! | line 2: neither hexadecimal digits nor base64",
                "K,#x,,K | line 4: the same key as in line 1",
                "K,Kffff | line 2: a key of 51 bytes, but it must have 32",
                "#nothing | there are 0 keys, but must be 1 to 4",
            })
    void whatIsNoKeyIsRefusedWithItsLineAndWithoutItsContent(String lines, String message) throws IOException {
        Path file = file(lines.strip().replace(',', '\n').replace("K", HEX));
        Throwable thrown = catchThrowable(() -> ClusterKeys.fromFile(file));

        assertThat(thrown).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message.strip());
        tellsNothing(thrown, "c2VjcmV0", "hunter2", HEX);
    }

    @Test
    void fifthKeyIsRefused() throws IOException {
        StringBuilder keys = new StringBuilder();
        for (int i = 1; i <= 5; i++) {
            keys.append(HexFormat.of().toHexDigits((byte) i).repeat(32)).append('\n');
        }
        Path file = file(keys.toString());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterKeys.fromFile(file))
                .withMessageContaining("must be 1 to 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
    void fileThatOthersMayReadOrWriteIsRefused(String permissions) throws IOException {
        Path file = Files.setPosixFilePermissions(file(HEX), PosixFilePermissions.fromString(permissions));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterKeys.fromFile(file))
                .withMessageContaining("chmod 600 " + file);
    }

    @Test
    void fileThatIsNoneIsRefused() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterKeys.fromFile(directory.resolve("absent")))
                .withMessageContaining("there is no cluster keys file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterKeys.fromFile(directory))
                .withMessageContaining("cannot read the cluster keys file");
        Path huge = file("#".repeat(20_000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterKeys.fromFile(huge))
                .withMessageContaining("16384 bytes");
    }

    /** What a shell makes of {@code <(...)}: a path of a process to a pipe that has no name. */
    @Test
    void pipeWithoutANameIsReadLikeAFile() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs Linux");
        Process reader = new ProcessBuilder("sleep", "60").start();
        try {
            try (OutputStream pipe = reader.getOutputStream()) {
                pipe.write((HEX + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            Path pipe = Path.of("/proc/" + reader.pid() + "/fd/0");

            assertThat(ClusterKeys.fromFile(pipe)).isEqualTo(KEYS);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ClusterKeys.fromFile(pipe))
                    .withMessageContaining("there are 0 keys");
        } finally {
            reader.destroy();
        }
    }

    @Test
    void keysOfAnotherLengthAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterKeys.of(new byte[31]))
                .withMessage("a cluster key has 32 bytes, not 31");
        assertThatIllegalArgumentException().isThrownBy(() -> ClusterKeys.of());
    }

    @Test
    void settingsNameTheFile() throws IOException {
        Path file = file(HEX);
        assertThat(DhtConfig.builder()
                        .set("cluster-keys-file", file.toString())
                        .build()
                        .clusterKeys())
                .isEqualTo(KEYS);
        assertThat(DhtConfig.builder()
                        .clusterKeys(ClusterKeys.of(HexFormat.of().parseHex(SECOND)))
                        .set("cluster-keys-file", file.toString())
                        .build()
                        .clusterKeys())
                .as("what was set last")
                .isEqualTo(KEYS);
        assertThat(DhtConfig.builder()
                        .set("cluster-keys-file", "absent")
                        .clusterKeys(KEYS)
                        .build()
                        .clusterKeys())
                .isEqualTo(KEYS);
    }

    @Test
    void environmentHoldsTheKeysOrNamesTheirFile() throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of("DHT_CLUSTER_KEYS", SECOND + ", " + BASE64 + "\n"));
        assertThat(ConfigSources.fromEnvironment(new Properties(), environment)
                        .build()
                        .clusterKeys())
                .isEqualTo(ClusterKeys.of(HexFormat.of().parseHex(SECOND), BYTES));

        environment.put("DHT_CLUSTER_KEYS_FILE", file(HEX).toString());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfigSources.fromEnvironment(new Properties(), environment))
                .withMessageContaining("both set");

        environment.remove("DHT_CLUSTER_KEYS");
        assertThat(ConfigSources.fromEnvironment(new Properties(), environment)
                        .build()
                        .clusterKeys())
                .isEqualTo(KEYS);

        environment.put("DHT_CLUSTER_KEYS", "hunter2!");
        environment.remove("DHT_CLUSTER_KEYS_FILE");
        Throwable thrown = catchThrowable(() -> ConfigSources.fromEnvironment(new Properties(), environment));
        assertThat(thrown).hasMessageStartingWith("environment variable DHT_CLUSTER_KEYS, key 1: neither");
        tellsNothing(thrown, "hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster-keys-file", "cluster-keys"})
    void keyAmongTheSettingsIsRefusedAndNotRepeated(String name) {
        for (String key : new String[] {HEX, BASE64, SECOND + "," + HEX}) {
            Throwable thrown = catchThrowable(() -> DhtConfig.builder().set(name, key));
            assertThat(thrown).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("file");
            tellsNothing(thrown, HEX, BASE64, SECOND);
        }
    }

    @Test
    void noTextTellsAnything() {
        DhtConfig config = DhtConfig.builder().clusterKeys(KEYS).build();

        assertThat(config.toString()).contains("clusterKeys=ids [");
        for (String secret : new String[] {HEX, BASE64, Arrays.toString(BYTES)}) {
            assertThat(config.toString() + KEYS + KEYS.ring()).doesNotContain(secret);
        }
        assertThat(ClusterKeys.none()).hasToString("none");
    }

    private static void tellsNothing(Throwable thrown, String... secrets) {
        StringWriter all = new StringWriter();
        thrown.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContainIgnoringCase(secrets);
    }
}
