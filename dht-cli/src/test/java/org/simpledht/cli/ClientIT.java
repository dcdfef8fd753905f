package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client as a process, and what it says of a server's answers. */
final class ClientIT {

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

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void clientGetsAtOneWhatIsReplacedAndRemovedAtOthers(String transport) {
        try (Program a = Program.start("server", "--transport", transport, "127.0.0.1:0");
                Program b = Program.start(
                        "server", "--transport", transport, "127.0.0.1:0", "--seed", a.address(), "--json")) {
            b.says("peerJoined");
            String atA = transport + "://" + a.address();
            assertThat(Program.client(atA, "put", "2a", "one").out()).isEqualTo("stored 000000000000002a, 3 bytes\n");
            b.says("{\"event\":\"entryChanged\",\"hash\":\"000000000000002a\",\"reason\":\"put\",\"size\":3,"
                    + "\"content\":\"one\"}");
            assertThat(Program.client(atA, "put", "2a", "another").exit()).isZero();
            b.says("\"content\":\"another\"");
            assertThat(Program.client(atA, "remove", "2a").out()).isEqualTo("removed 000000000000002a\n");
            b.says("{\"event\":\"entryChanged\",\"hash\":\"000000000000002a\",\"reason\":\"removed\"}");

            String atB = transport + "://" + b.out().replaceAll("(?s).*?://([^\"]*)\".*", "$1");
            assertThat(Program.client(atB, "get", "2a").exit()).isEqualTo(ExitCode.NO_SUCH_HASH);
            assertThat(Program.client(atB, "remove", "2a", "--json").out())
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
            assertThat(Program.client(address, "put", "2a", "one", "--ttl", "2s")
                            .out())
                    .isEqualTo("stored 000000000000002a, 3 bytes, for 2 s\n");
            b.says("\"content\":\"one\"");
            b.says("{\"event\":\"entryChanged\",\"hash\":\"000000000000002a\",\"reason\":\"expired\"}");

            assertThat(Program.client(address, "get", "2a").exit()).isEqualTo(ExitCode.NO_SUCH_HASH);
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
}
