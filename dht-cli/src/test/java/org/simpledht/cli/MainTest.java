package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines that are answered without a network. */
final class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | say what to do: server, client or help",
                "serve | no such command: \"serve\"; there are server, client, help",
                "--quick | no such option: \"--quick\"",
                "client | missing required parameter: '<host:port>'",
                "client get 2a | missing required parameter: '<host:port>'",
                "client h:1 | say what to ask the node: get, put, remove or discover",
                "client h:1 fetch 2a | no such command: \"fetch\"; there are",
                "client h:1 get | missing required parameter: '<hash>'",
                "client h:1 get 2a 2b | too many words, from \"2b\" on",
                "client h:1 get xyz | not a hash: \"xyz\"; a hash is 1 to 16 hexadecimal digits, such as 2a",
                "client h:1 get 12345678901234567 | not a hash:",
                "client h:1 put 2a | missing required parameter: '<content>'",
                "client h:1 put 2a two words | too many words, from \"words\" on; quote a content that has spaces",
                "client h:1 put 2a --five | write -- before a content that begins with -",
                "client h:1 put 2a x --ttl soon | not a ttl: \"soon\"; write 30s, 10m, 1h or a number of seconds",
                "client h:1 put 2a x --ttl 0 | not a ttl: \"0\"",
                "client h:1 put 2a x --ttl | missing required parameter for option '--ttl' (<time>)",
                "client h:1 put 2a --ttl 5s | missing required parameter: '<content>'",
                "client h:1 remove | missing required parameter: '<hash>'",
                "client h:1 remove xyz | not a hash: \"xyz\"",
                "client h:1 remove 2a 2b | too many words, from \"2b\" on",
                "client h:1 get 2a --ttl 5s | no such option: \"--ttl\"",
                "client h:1 put 2a x --raw | no such option: \"--raw\"; write -- before a content that begins with -",
                "client h:1 put xyz - | not a hash: \"xyz\"",
                "client 127.0.0.1 get 2a | not an address: \"127.0.0.1\"; write host:port",
                "client 127.0.0.1:65536 get 2a | not a port: 65536; a port is 0 to 65535",
                "client h:1 get 2a --timeout soon | not a timeout: \"soon\"; write 5s",
                "client h:1 get 2a --timeout 0 | not a timeout: \"0\"",
                "client h:1 get 2a --timeout 1 --timeout 2 | option '--timeout' (<time>) should be specified only once",
                "client h:1 get 2a --transport UDP | not a transport: \"UDP\"",
                "server 4000 | not an address: \"4000\"",
                "server 127.0.0.1:65536 | not a port: 65536",
                "server --seed | missing required parameter for option '--seed'",
                "server --seed 127.0.0.1:0 | has port 0, where nothing can be reached",
                "help nothing | no such command: \"nothing\"",
            })
    void misunderstandingIsOneLineThatNamesIt(String line, String message) {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ");

        assertThat(run(words)).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(errors()).startsWith("simple_dht: ").contains(message).endsWith("\n");
        assertThat(errors().lines()).hasSize(1);
    }

    @Test
    void misunderstandingIsAlsoJsonIfThatIsAskedFor() {
        assertThat(run("client", "h:1", "get", "xyz", "--json")).isEqualTo(ExitCode.USAGE);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("{\"error\":\"not a hash: \\\"xyz\\\"")
                .endsWith(",\"exit\":2}\n");
        assertThat(errors().lines()).hasSize(1);
    }

    @Test
    void rawAndJsonExcludeEachOther() {
        assertThat(run("client", "h:1", "get", "2a", "--raw", "--json")).isEqualTo(ExitCode.USAGE);
        assertThat(errors())
                .isEqualTo("simple_dht: --raw and --json exclude each other: write the one that is meant;"
                        + " see simple_dht help client\n");
    }

    @ParameterizedTest
    @CsvSource({
        "--help, Usage: simple_dht",
        "-h, Exit codes:",
        "help, Usage: simple_dht",
        "help server, Usage: simple_dht server",
        "server --help, Usage: simple_dht server",
        "help client, Usage: simple_dht client",
        "help client put, --ttl=<time>",
        "help client put, Usage: simple_dht client put",
        "help client get, --raw",
        "help client remove, Usage: simple_dht client remove",
        "client --help, Usage: simple_dht client",
        "client h:1 get --help, Usage: simple_dht client get",
    })
    void helpIsOnStandardOutput(String line, String expected) {
        assertThat(run(line.split(" "))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(expected);
        assertThat(errors()).isEmpty();
    }

    @Test
    void helpBeginsWithExamplesAndFitsATerminal() {
        for (String line : new String[] {"--help", "help server", "help client"}) {
            out.reset();
            run(line.split(" "));

            String help = out.toString(StandardCharsets.UTF_8);
            assertThat(help).startsWith("Examples:\n  simple_dht ");
            assertThat(help.lines()).allMatch(row -> row.length() <= 80);
        }
    }

    @Test
    void contentIsTakenAsItWasTyped() {
        Console console = new Console(out, err);
        for (String content : new String[] {"@file", "\"quoted\"", "${sys:user.name}", "", " ", "-"}) {
            String[] words = {"client", "h:1", "put", "2a", content};
            String parsed = Main.commandLine(console)
                    .parseArgs(words)
                    .subcommand()
                    .subcommand()
                    .matchedPositionalValue(1, null);

            assertThat(parsed).isEqualTo(content);
        }
    }

    @Test
    void contentMayBeginWithADashBehindTwo() {
        String[] words = {"client", "h:1", "put", "2a", "--", "--json"};
        String parsed = Main.commandLine(new Console(out, err))
                .parseArgs(words)
                .subcommand()
                .subcommand()
                .matchedPositionalValue(1, null);

        assertThat(parsed).isEqualTo("--json");
    }

    @Test
    void outputThatCannotBeWrittenIsAFailure() {
        assertThat(Main.run(new String[] {"--help"}, new Console(failing("No space left on device"), err)))
                .isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(errors()).isEqualTo("simple_dht: cannot write standard output: No space left on device\n");
    }

    @Test
    void readerThatHadEnoughIsNoneWorthAMessage() {
        assertThat(Main.run(new String[] {"--help"}, new Console(failing("Broken pipe"), err)))
                .isEqualTo(ExitCode.BROKEN_PIPE);
        assertThat(errors()).isEmpty();
    }

    private int run(String... words) {
        return Main.run(words, new Console(out, err));
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static OutputStream failing(String why) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(why);
            }
        };
    }
}
