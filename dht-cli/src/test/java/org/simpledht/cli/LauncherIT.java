package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script, in a directory of its own and with a Maven that only copies the jar. */
final class LauncherIT {

    @TempDir
    Path directory;

    private Path launcher;
    private Path builds;

    @BeforeEach
    void layOut() throws IOException {
        Path module = Files.createDirectories(directory.resolve("a house/dht-cli"));
        launcher = module.resolve("simple_dht");
        Files.copy(Path.of("simple_dht"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
        builds = directory.resolve("builds");
        Path tools = Files.createDirectories(directory.resolve("tools"));
        script(
                tools.resolve("mvn"),
                "echo built >>'" + builds + "'",
                "echo 'this is Maven'",
                "sleep 1",
                "mkdir -p '" + module.resolve("target") + "'",
                "cp '" + Program.JAR + "' '" + module.resolve("target/simple_dht.jar") + "'");
    }

    @Test
    void jarIsBuiltOnceHoweverManyStartAtOnce() throws IOException {
        List<Program> terminals =
                Stream.generate(() -> launch("--version")).limit(3).toList();

        for (Program terminal : terminals) {
            assertThat(terminal.exit()).as(terminal.toString()).isZero();
            assertThat(terminal.out()).startsWith("simple_dht ").hasLineCount(1);
        }
        assertThat(terminals).anyMatch(terminal -> terminal.err().contains("this is Maven"));
        assertThat(Files.readAllLines(builds)).hasSize(1);
        assertThat(launcher.resolveSibling(".simple_dht.lock")).doesNotExist();
        try (Program again = launch("--version")) {
            assertThat(again.exit()).isZero();
            assertThat(again.err()).isEmpty();
        }
    }

    @Test
    void lockOfAKilledBuildIsTakenOver() throws IOException {
        Path lock = Files.createDirectories(launcher.resolveSibling(".simple_dht.lock"));
        try (Program dead = Program.start(new ProcessBuilder("sh", "-c", "echo $$"))) {
            assertThat(dead.exit()).isZero();
            Files.writeString(lock.resolve("pid"), dead.out());
        }
        try (Program program = launch("--version")) {
            assertThat(program.exit()).as(program.toString()).isZero();
        }
    }

    @Test
    void linkToTheLauncherIsAsGoodAsItself() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("direct"), bin.relativize(launcher));
        launcher = Files.createSymbolicLink(bin.resolve("dht"), Path.of("direct"));
        try (Program program = launch("client", "127.0.0.1:9", "get", "two words")) {
            assertThat(program.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(program.err()).contains("not a hash: \"two words\"");
        }
    }

    @Test
    void missingJavaIsNamed() {
        ProcessBuilder builder = builder("--version");
        builder.environment().put("JAVA_HOME", "/nowhere");
        failsWith(builder, "there is no java in JAVA_HOME, which is /nowhere");
    }

    @Test
    void oldJavaIsNamed() throws IOException {
        Path home = Files.createDirectories(directory.resolve("old"));
        Files.createDirectories(home.resolve("bin"));
        script(home.resolve("bin/java"), "exit 1");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        ProcessBuilder builder = builder("--version");
        builder.environment().put("JAVA_HOME", home.toString());
        failsWith(builder, "is of version 11.0.2; simple_dht needs 17 or later");
    }

    @Test
    void failedBuildIsNamedAndTheNextStartTriesAgain() throws IOException {
        Path maven = directory.resolve("tools/mvn");
        String working = Files.readString(maven);
        script(maven, "exit 1");
        try (Program program = launch("--version")) {
            assertThat(program.exit()).isEqualTo(69);
            assertThat(program.err()).contains("simple_dht: the build failed");
        }
        Files.writeString(maven, working);
        try (Program program = launch("--version")) {
            assertThat(program.exit()).as(program.toString()).isZero();
        }
    }

    @Test
    void optionsOfJavaAreHandedOn() {
        ProcessBuilder builder = builder("server", "127.0.0.1:0");
        builder.environment().put("JAVA_OPTS", "-Ddht.transport=tcp -Xmx64m");
        try (Program server = Program.start(builder)) {
            server.says("listening on tcp 127.0.0.1:");
        }
    }

    /** Java would get its own files under the number of a closed one, and here put some of its 130 MB of classes. */
    @Test
    void closedStandardInputIsAnEmptyOne() {
        try (Program server = launch("server", "127.0.0.1:0")) {
            ProcessBuilder builder = builder("client", server.address(), "put", "9", "-");
            builder.command().addAll(0, List.of("sh", "-c", "exec \"$0\" \"$@\" <&-"));
            try (Program put = Program.start(builder)) {
                assertThat(put.exit()).as(put.toString()).isZero();
                assertThat(put.out()).isEqualTo("stored 0000000000000009, 0 bytes\n");
            }
        }
    }

    private static void failsWith(ProcessBuilder builder, String message) {
        try (Program program = Program.start(builder)) {
            assertThat(program.exit()).isEqualTo(69);
            assertThat(program.out()).isEmpty();
            assertThat(program.err()).contains(message).hasLineCount(1);
        }
    }

    private Program launch(String... arguments) {
        return Program.start(builder(arguments));
    }

    private ProcessBuilder builder(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().merge("PATH", directory.resolve("tools").toString(), (path, tools) -> tools + ':' + path);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    private static void script(Path file, String... lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
