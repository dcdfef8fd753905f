package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes of a network that has keys. */
final class ClusterKeysIT {

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void clientNeedsTheKeyOfTheServer(String transport, @TempDir Path directory) throws IOException {
        Path keys = Files.writeString(directory.resolve("keys"), "# ours\n" + "0123456789abcdef".repeat(4) + "\n");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        try (Program server = Program.start(
                "server", "--transport", transport, "127.0.0.1:0", "--cluster-keys-file", keys.toString())) {
            String address = transport + "://" + server.address();
            String file = keys.toString();
            assertThat(Program.client(address, "put", "2a", "ours", "--cluster-keys-file", file)
                            .out())
                    .isEqualTo("stored 000000000000002a, 4 bytes\n");
            assertThat(Program.client(address, "get", "2a", "--cluster-keys-file", file)
                            .out())
                    .isEqualTo("ours");
            assertThat(Program.client(address, "get", "2a", "--timeout", "1s").exit())
                    .isEqualTo(ExitCode.UNREACHABLE);

            Files.writeString(keys, "\nhunter2!\n");
            Program wrong = Program.client(address, "get", "2a", "--cluster-keys-file", file);
            assertThat(wrong.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(wrong.err()).contains("keys, line 2: neither").doesNotContain("hunter2");
        }
    }

    @Test
    void keyIsReplacedWhileServersRun(@TempDir Path directory) throws IOException {
        String old = "0123456789abcdef".repeat(4);
        String next = "fedcba9876543210".repeat(4);
        Path keys = Files.writeString(directory.resolve("keys"), old + '\n');
        Path nextAlone = Files.writeString(directory.resolve("next"), next + '\n');
        for (Path each : List.of(keys, nextAlone)) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rw-------"));
        }
        String[] withKeys = {"--cluster-keys-file", keys.toString()};
        try (Program a = Program.start("server", "127.0.0.1:0", withKeys[0], withKeys[1]);
                Program b = Program.start(
                        "server", "127.0.0.1:0", "--seed", a.address(), "--json", withKeys[0], withKeys[1])) {
            b.says("peerJoined");
            List<String> steps = List.of(old + '\n' + next, next + '\n' + old, next);
            for (int step = 0; step < steps.size(); step++) {
                int read = step + 1;
                Files.writeString(keys, steps.get(step) + '\n');
                Awaitility.await().atMost(Program.PATIENCE).untilAsserted(() -> assertThat(
                                a.err().lines().filter(line -> line.startsWith("cluster keys are read anew: ids ")))
                        .hasSize(read));
                Awaitility.await().atMost(Program.PATIENCE).untilAsserted(() -> assertThat(
                                b.out().lines().filter(line -> line.contains("\"event\":\"reread\"")))
                        .hasSize(read));
                a.type("put " + step + " x\n");
                b.says("\"hash\":\"000000000000000" + step + '"');
            }
            assertThat(Program.client(a.address(), "get", "0", "--cluster-keys-file", nextAlone.toString())
                            .out())
                    .isEqualTo("x");
            assertThat(a.toString() + b).doesNotContain(old, next, "peerLost");
        }
    }

    /** As with {@code --cluster-keys-file <(pass show cluster)}: the key is in no file, and is read once, at the start. */
    @Test
    void keyMayComeThroughAPipe() {
        String key = "0123456789abcdef".repeat(4);
        try (Program server = throughAPipe(key, "server", "127.0.0.1:0")) {
            String address = server.address();
            Program put = throughAPipe(key, "client", address, "put", "2a", "ours");
            assertThat(put.exit()).as(put.toString()).isZero();
            Program get = throughAPipe(key, "client", address, "get", "2a");
            assertThat(get.exit()).isZero();
            assertThat(get.out()).isEqualTo("ours");
            Program other = throughAPipe(key.replace('0', '1'), "client", address, "get", "2a", "--timeout", "1s");
            assertThat(other.exit()).isEqualTo(ExitCode.UNREACHABLE);
        }
    }

    private static Program throughAPipe(String key, String... words) {
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                "-c",
                "printf '%s\\n' \"$KEY\" | exec \"$0\" \"$@\" --cluster-keys-file /dev/fd/3 3<&0 0</dev/null");
        builder.command().addAll(Program.java());
        builder.command().addAll(List.of(words));
        builder.environment().put("KEY", key);
        return Program.start(builder);
    }
}
