package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    @ValueSource(strings = {"udp", "tcp"})
    void clientGetsAtOneWhatIsReplacedAndRemovedAtOthers(String transport) {
        try (Program a = Program.start("server", "--transport", transport, "127.0.0.1:0");
                Program b = Program.start(
                        "server", "--transport", transport, "127.0.0.1:0", "--seed", a.address(), "--json")) {
            b.says("peerJoined");
            String atA = transport + "://" + a.address();
            assertThat(client(atA, "put", "2a", "one").out()).isEqualTo("stored 000000000000002a, 3 bytes\n");
            b.says("{\"event\":\"entryChanged\",\"hash\":\"000000000000002a\",\"reason\":\"put\",\"size\":3,"
                    + "\"content\":\"one\"}");
            assertThat(client(atA, "put", "2a", "another").exit()).isZero();
            b.says("\"content\":\"another\"");
            assertThat(client(atA, "remove", "2a").out()).isEqualTo("removed 000000000000002a\n");
            b.says("{\"event\":\"entryChanged\",\"hash\":\"000000000000002a\",\"reason\":\"removed\"}");

            String atB = transport + "://" + b.out().replaceAll("(?s).*?://([^\"]*)\".*", "$1");
            assertThat(client(atB, "get", "2a").exit()).isEqualTo(ExitCode.NO_SUCH_HASH);
            assertThat(client(atB, "remove", "2a", "--json").out())
                    .isEqualTo("{\"hash\":\"000000000000002a\",\"ok\":true}\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void contentWithATtlEndsEverywhere(String transport) {
        try (Program a = Program.start("server", "--transport", transport, "127.0.0.1:0");
                Program b = Program.start(
                        "server", "--transport", transport, "127.0.0.1:0", "--seed", a.address(), "--json")) {
            b.says("peerJoined");
            String address = transport + "://" + a.address();
            assertThat(client(address, "put", "2a", "one", "--ttl", "2s").out())
                    .isEqualTo("stored 000000000000002a, 3 bytes, for 2 s\n");
            b.says("\"content\":\"one\"");
            b.says("{\"event\":\"entryChanged\",\"hash\":\"000000000000002a\",\"reason\":\"expired\"}");

            assertThat(client(address, "get", "2a").exit()).isEqualTo(ExitCode.NO_SUCH_HASH);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void clientNeedsTheKeyOfTheServer(String transport, @TempDir Path directory) throws IOException {
        Path keys = Files.writeString(directory.resolve("keys"), "# ours\n" + "0123456789abcdef".repeat(4) + "\n");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        try (Program server = Program.start(
                "server", "--transport", transport, "127.0.0.1:0", "--cluster-keys-file", keys.toString())) {
            String address = transport + "://" + server.address();
            String file = keys.toString();
            assertThat(client(address, "put", "2a", "ours", "--cluster-keys-file", file)
                            .out())
                    .isEqualTo("stored 000000000000002a, 4 bytes\n");
            assertThat(client(address, "get", "2a", "--cluster-keys-file", file).out())
                    .isEqualTo("ours");
            assertThat(client(address, "get", "2a", "--timeout", "1s").exit()).isEqualTo(ExitCode.UNREACHABLE);

            Files.writeString(keys, "\nhunter2!\n");
            Program wrong = client(address, "get", "2a", "--cluster-keys-file", file);
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
            assertThat(client(a.address(), "get", "0", "--cluster-keys-file", nextAlone.toString())
                            .out())
                    .isEqualTo("x");
            assertThat(a.toString() + b).doesNotContain(old, next, "peerLost");
        }
    }

    private static Program client(String address, String... words) {
        List<String> all = new ArrayList<>(List.of("client", address));
        all.addAll(List.of(words));
        return Program.run(all.toArray(String[]::new));
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
    void lifeAndRemovalAreLinesOfItsInputAsWell() {
        try (Program server = Program.start("server", "127.0.0.1:0")) {
            server.type("put 2a --ttl\nput 2b x --ttl 1h\nremove 2a\nget 2b\nput 2c x --ttl soon\nput 2c x --ttl\n"
                    + "put 2c x --ttl 5s y\nput 2c x --ttl 2h\nremove\nflush --all\nquit\n");

            assertThat(server.exit()).isZero();
            assertThat(server.out().lines().skip(1))
                    .containsExactly(
                            "stored 000000000000002a, 5 bytes",
                            "stored 000000000000002b, 1 byte, for 3600 s",
                            "removed 000000000000002a",
                            "x");
            assertThat(server.err().lines()).hasSize(6);
            assertThat(server.err())
                    .contains(
                            "not a ttl: \"soon\"; write 30s",
                            "too few words; write put <hash> <content> [--ttl <time>]",
                            "too many words, from \"y\" on; write put <hash> <content> [--ttl <time>]",
                            "at most max-lease",
                            "too few words; write remove <hash>",
                            "too many words, from \"--all\" on; write flush");
        }
    }

    @Test
    void flushSaysWhetherTheNeighboursHaveIt() {
        try (Program a = Program.start("server", "127.0.0.1:0", "--timeout", "1s");
                Program b = Program.start("server", "127.0.0.1:0", "--json")) {
            a.type("put 2a x\nflush\n").says("stored");
            Awaitility.await().until(() -> a.err().contains("not flushed: within 1000 ms"));
            b.says("\n");
            a.type("discover " + b.out().replaceAll("(?s).*udp://([^\"]*).*", "$1") + "\n");
            b.says("\"content\":\"x\"");

            a.type("put 2a y\nflush\n").says("every neighbour holds what was put here");
            b.says("\"content\":\"y\"");
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
