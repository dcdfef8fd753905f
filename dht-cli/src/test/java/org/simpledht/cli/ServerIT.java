package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Server and client as processes, without a terminal. */
final class ServerIT {

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void clientGetsTheExactBytesThatWerePut(String transport) {
        byte[] content = new byte[60_000];
        new Random(1).nextBytes(content);
        try (Program server = Program.start("server", "--transport", transport, "127.0.0.1:0")) {
            String address = transport + "://" + server.address();
            try (Program put = Program.start("client", address, "put", "2a", "-")) {
                put.type(content).endInput();
                assertThat(put.exit()).as(put.toString()).isZero();
                assertThat(put.out()).isEqualTo("stored 000000000000002a, 60000 bytes\n");
            }
            try (Program get = Program.run("client", address, "get", "2a")) {
                assertThat(get.exit()).isZero();
                assertThat(get.outBytes()).isEqualTo(content);
            }
        }
    }

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

    @Test
    void missIsOneAndSaysSo() {
        try (Program server = Program.start("server", "127.0.0.1:0");
                Program get = Program.run("client", server.address(), "get", "2a", "--json")) {
            assertThat(get.exit()).isEqualTo(ExitCode.NO_SUCH_HASH);
            assertThat(get.err()).contains("no such hash 000000000000002a").hasLineCount(1);
            assertThat(get.out()).startsWith("{\"error\":\"no such hash").endsWith("\"exit\":1}\n");
        }
    }

    @Test
    void textOfAnyScriptSurvivesALocaleWithoutOne() {
        try (Program server = Program.start("server", "127.0.0.1:0")) {
            String text = "h\u00e9 \u20ac \ud83d\ude00";
            ProcessBuilder put = new ProcessBuilder(
                    "env",
                    "LC_ALL=C",
                    "sh",
                    "-c",
                    "exec \"$0\" \"$@\" \"$(printf 'h\\303\\251 \\342\\202\\254 \\360\\237\\230\\200')\"");
            put.command().addAll(Program.java());
            put.command().addAll(List.of("client", server.address(), "put", "2a"));
            assertThat(Program.start(put).exit()).isZero();
            try (Program get = Program.run("client", server.address(), "get", "2a")) {
                assertThat(get.exit()).isZero();
                assertThat(new String(get.outBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
            }
        }
    }

    @Test
    void linesOfItsInputAreExecutedInOrder() {
        try (Program server = Program.start("server", "127.0.0.1:0")) {
            server.type("put 2a \"two words\"\nput 2a two words\nput 2b \"open\nget 2a\n\nnope\nquit\n");

            assertThat(server.exit()).isZero();
            assertThat(server.out().lines().skip(1)).containsExactly("stored 000000000000002a, 9 bytes", "two words");
            assertThat(server.err().lines()).hasSize(3);
            assertThat(server.err()).contains("too many words", "unbalanced quote", "no such command: \"nope\"");
        }
    }

    @Test
    void everyAddressHasItsLineBeforeAnythingElse() {
        try (Program server = Program.start("server", "udp://127.0.0.1:0", "tcp://127.0.0.1:0", "udp://127.0.0.1:0")) {
            server.type("put 2a x\nquit\n");

            assertThat(server.exit()).isZero();
            assertThat(server.out())
                    .matches("listening on udp 127\\.0\\.0\\.1:[1-9][0-9]*\n"
                            + "listening on tcp 127\\.0\\.0\\.1:[1-9][0-9]*\n"
                            + "listening on udp 127\\.0\\.0\\.1:[1-9][0-9]*\n"
                            + "stored 000000000000002a, 1 byte\n");
        }
    }

    @Test
    void endOfInputDoesNotEndTheServer() {
        try (Program server = Program.start("server", "127.0.0.1:0")) {
            server.type("put 2a x\n").endInput();
            server.says("stored");
            try (Program get = Program.run("client", server.address(), "get", "2a")) {
                assertThat(get.out()).isEqualTo("x");
            }
            assertThat(server.isAlive()).isTrue();
        }
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
    void nodeWithoutRoomDeclines() {
        ProcessBuilder small = new ProcessBuilder(Program.java());
        small.command().addAll(List.of("server", "127.0.0.1:0"));
        small.environment().put("DHT_MAX_ENTRIES", "1");
        try (Program server = Program.start(small)) {
            String address = server.address();
            assertThat(Program.run("client", address, "put", "1", "x").exit()).isZero();
            try (Program second = Program.run("client", address, "put", "2", "x")) {
                assertThat(second.exit()).as(second.toString()).isEqualTo(ExitCode.DECLINED);
                assertThat(second.err()).hasLineCount(1);
            }
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
