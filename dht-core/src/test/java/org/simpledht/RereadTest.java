package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are read anew while a node runs: which, by whom, and when they count. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RereadTest {

    private static final DhtConfig TWO_BINDINGS =
            DhtConfig.builder().bind("127.0.0.1:0", "127.0.0.1:4001").build();

    @TempDir
    private Path directory;

    private final Queue<Supplier<Optional<Runnable>>> found = new ArrayDeque<>();
    private final RealThreads runtime = new RealThreads() {
        @Override
        Optional<Runnable> reread() {
            return found.remove().get();
        }
    };

    @Test
    void whatIsFoundCountsFromATurnOfTheLoopOn() {
        List<Thread> reading = new ArrayList<>();
        List<Thread> changing = new ArrayList<>();
        Supplier<Optional<Runnable>> file = () -> {
            reading.add(Thread.currentThread());
            return Optional.of(() -> changing.add(Thread.currentThread()));
        };
        found.addAll(List.of(file, file));
        try (Dht dht = Dht.start(TWO_BINDINGS, runtime)) {
            assertThat(dht.rereadTransportFiles()).isTrue();
            assertThat(reading).hasSize(2).containsOnly(Thread.currentThread());
            assertThat(changing).hasSize(2).doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void nothingChangesIfOneOfTheFilesIsWrong() {
        List<String> changes = new ArrayList<>();
        found.add(() -> Optional.of(() -> changes.add("of the first")));
        found.add(() -> {
            throw new IllegalArgumentException("wrong file");
        });
        try (Dht dht = Dht.start(TWO_BINDINGS, runtime)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(dht::rereadTransportFiles)
                    .withMessage("wrong file");
            // A turn of the loop, in which nothing of it was left.
            dht.statistics();
            assertThat(changes).isEmpty();
        }
    }

    @Test
    void nodeWithoutFilesSaysSo() {
        Dht dht = Dht.start(TWO_BINDINGS, new RealThreads());
        assertThat(dht.rereadTransportFiles()).isFalse();
        dht.close();
        assertThatIllegalStateException().isThrownBy(dht::rereadTransportFiles);
    }

    @Test
    void configurationTellsItsFilesByTheirSettings() throws IOException {
        Path keys = Files.writeString(directory.resolve("keys"), "ab".repeat(ClusterKeys.KEY_BYTES));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        DhtConfig config = DhtConfig.builder()
                .set("tls-trust", "ca.pem")
                .set("tls-key", "/etc/node.key")
                .set("cluster-keys-file", keys.toString())
                .set("tls-verify-address", "true")
                .build();

        assertThat(config.files())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cluster-keys-file",
                        keys,
                        "tls-key",
                        Path.of("/etc/node.key"),
                        "tls-trust",
                        Path.of("ca.pem")));
        assertThat(DhtConfig.defaults().files()).isEmpty();
    }

    @Test
    void keysThatNoFileHeldHaveNone() throws IOException {
        Path keys = Files.writeString(directory.resolve("keys"), "ab".repeat(ClusterKeys.KEY_BYTES));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        ClusterKeys read = ClusterKeys.fromFile(keys);
        DhtConfig config = DhtConfig.builder()
                .set("cluster-keys-file", keys.toString())
                .clusterKeys(ClusterKeys.of(new byte[ClusterKeys.KEY_BYTES]))
                .build();

        assertThat(config.files()).isEmpty();
        assertThat(DhtConfig.builder().clusterKeys(read).build().files()).containsValue(keys);
        assertThat(read.toString()).doesNotContain("keys");
    }
}
