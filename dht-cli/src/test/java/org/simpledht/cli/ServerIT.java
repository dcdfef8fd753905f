package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers as processes, without a terminal: how they begin, meet and end. */
final class ServerIT {

    @Test
    void nodesOnBothTransportsShareWhatIsPut() {
        try (Program a = Program.start("server", "127.0.0.1:0");
                Program bridge =
                        Program.start("server", "udp://127.0.0.1:0", "tcp://127.0.0.1:0", "--seed", a.address())) {
            bridge.says("listening on tcp ");
            String tcp = "tcp://"
                    + bridge.out().lines().skip(1).findFirst().orElseThrow().split(" ")[3];
            try (Program c = Program.start("server", "--transport", "tcp", "127.0.0.1:0", "--seed", tcp, "--json")) {
                c.says("peerJoined");
                assertThat(Program.run("client", a.address(), "put", "2a", "from one end")
                                .exit())
                        .isZero();
                c.says("\"content\":\"from one end\"");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void peersCommandSaysWhereTwoPeersSeeTheServer(String transport) {
        try (Program a = Program.start(
                        "server", "--transport", transport, "127.0.0.1:0", "--advertise", "[2001:db8::1]:4000");
                Program b = Program.start("server", "--transport", transport, "127.0.0.1:0", "--seed", a.address());
                Program c = Program.start("server", "--transport", transport, "127.0.0.1:0", "--seed", a.address())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(a.type("peers\n").out())
                            .contains("\nseen by them at " + transport + ' ' + a.address() + '\n'));
            assertThat(b.type("peers\n").says("capable").out() + c.out())
                    .as("nobody has shown that it is there")
                    .doesNotContain("2001:db8");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, not an address",
        "127.0.0.1:0, has port 0",
        "tcp://127.0.0.1:4000, bind names no tcp address",
        "224.0.0.1:4000, is no address at which others could reach this node"
    })
    void whatCannotBeAdvertisedIsSaid(String advertise, String reason) {
        Program program = Program.run("server", "127.0.0.1:0", "--advertise", advertise);

        assertThat(program.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(program.err()).contains(reason).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void signalEndsTheServerInOrder(String signal, int exit) {
        try (Program server = Program.start("server", "127.0.0.1:0");
                Program peer = Program.start("server", "127.0.0.1:0", "--seed", server.address(), "--json")) {
            peer.says("peerJoined");
            server.signal(signal);

            assertThat(server.exit()).isEqualTo(exit);
            assertThat(server.err()).isEmpty();
        }
    }

    @Test
    void portInUseIsFiveAndNamed() {
        try (Program first = Program.start("server", "127.0.0.1:0");
                Program second = Program.run("server", first.address())) {
            assertThat(second.exit()).isEqualTo(ExitCode.CANNOT_LISTEN);
            assertThat(second.err()).contains(first.address(), "choose").hasLineCount(1);
        }
    }

    @Test
    void discoverIntroducesTwoNodes() {
        try (Program a = Program.start("server", "127.0.0.1:0", "--json");
                Program b = Program.start("server", "127.0.0.1:0", "--json")) {
            b.says("\n");
            a.says("\n");
            String addressOfA = a.out().replaceAll("(?s).*udp://([^\"]*).*", "$1");
            String addressOfB = b.out().replaceAll("(?s).*udp://([^\"]*).*", "$1");
            assertThat(Program.run("client", addressOfA, "discover", addressOfB).exit())
                    .isZero();

            b.says("{\"event\":\"peerJoined\",\"peer\":\"udp://" + addressOfA + "\"}");
            a.says("{\"event\":\"peerJoined\",\"peer\":\"udp://" + addressOfB + "\"}");
        }
    }
}
