package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is built, as people run it: alone, with {@code java -jar}. */
final class JarIT {

    @Test
    void bothTransportsAreNamedInTheServices() throws IOException {
        try (JarFile jar = new JarFile(Program.JAR.toFile())) {
            byte[] services = jar.getInputStream(
                            jar.getEntry("META-INF/services/org.simpledht.transport.TransportProvider"))
                    .readAllBytes();

            assertThat(new String(services, StandardCharsets.UTF_8)).contains("udp", "tcp");
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .noneMatch(name -> name.endsWith("module-info.class"))
                    .anyMatch(name -> name.startsWith("META-INF/LICENSE"))
                    .anyMatch(name -> name.startsWith("META-INF/NOTICE"))
                    .contains("META-INF/THIRD-PARTY.txt");
        }
    }

    @Test
    void versionIsTheBuilds() {
        try (Program program = Program.run("--version")) {
            assertThat(program.exit()).isZero();
            assertThat(program.out()).matches("simple_dht [0-9]+\\.[0-9]+\\..*\n");
        }
    }

    @Test
    void helpIsPrinted() {
        try (Program program = Program.run("--help")) {
            assertThat(program.exit()).isZero();
            assertThat(program.out()).startsWith("Examples:").contains("Exit codes:");
        }
    }

    @Test
    void wrongUsageIsTwo() {
        fails(ExitCode.USAGE, "too many words", "client", "127.0.0.1:9", "put", "2a", "two", "words");
        fails(ExitCode.USAGE, "not a hash", "client", "127.0.0.1:9", "get", "nope");
    }

    @Test
    void silentPortIsThree() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + silent.getLocalPort();
            fails(ExitCode.UNREACHABLE, "no answer from", "client", address, "get", "2a", "--timeout", "300ms");
        }
    }

    @Test
    void refusedConnectionIsThree() {
        fails(ExitCode.UNREACHABLE, "connection refused", "client", "tcp://127.0.0.1:9", "get", "2a");
    }

    @Test
    void unknownNameIsThree() {
        fails(ExitCode.UNREACHABLE, "nosuch.invalid", "client", "nosuch.invalid:4000", "get", "2a");
    }

    @Test
    void addressOfAnotherMachineIsFive() {
        fails(ExitCode.CANNOT_LISTEN, "cannot listen", "server", "192.0.2.1:4000");
    }

    @Test
    void transportThatIsMissingIsNamed() {
        fails(ExitCode.USAGE, "no transport sctp", "server", "--transport", "sctp");
    }

    private static void fails(int exit, String message, String... arguments) {
        try (Program program = Program.run(arguments)) {
            assertThat(program.exit()).as(program.toString()).isEqualTo(exit);
            assertThat(program.out()).isEmpty();
            assertThat(program.err()).startsWith("simple_dht: ").contains(message);
            assertThat(program.err().lines()).hasSize(1);
        }
    }
}
