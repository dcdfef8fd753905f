package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client prints of a content: in a pipe, and in a pseudo-terminal, which {@code script} of util-linux makes. */
final class RawIT {

    private static final String WARNING = "warning: it holds what a terminal may act on";

    private Program server;

    @BeforeEach
    void start() {
        server = Program.start("server", "127.0.0.1:0");
        server.address();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void bytesArePipedAsTheyAre() {
        byte[] content = new byte[256];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) i;
        }
        put(content);
        for (List<String> words : List.of(List.of("get", "2a", "--raw"), List.of("get", "2a"))) {
            try (Program get = client(words)) {
                assertThat(get.exit()).isZero();
                assertThat(get.outBytes()).isEqualTo(content);
                assertThat(get.err()).isEmpty();
            }
        }
    }

    @Test
    void terminalGetsThemIfThatIsAskedForWithAWarningBefore() {
        put("\u001b[31mred\u001b[0m".getBytes(StandardCharsets.UTF_8));

        assertThat(inATerminal("get", "2a")).isEqualTo("\\u001b[31mred\\u001b[0m\r\nended with 0\r\n");
        assertThat(inATerminal("get", "2a", "--raw"))
                .startsWith(WARNING)
                .endsWith("\r\n\u001b[31mred\u001b[0mended with 0\r\n");
    }

    @Test
    void bytesThatAreNoTextAreWarnedOfAsWell() {
        put(new byte[] {'a', (byte) 0x9b, 'm'});

        assertThat(inATerminal("get", "2a", "--raw")).startsWith(WARNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines\n", "h\u00e9 \u20ac \ud83d\ude00\ttab", "C:\\new", ""})
    void textIsNoneToBeWarnedOf(String text) {
        put(text.getBytes(StandardCharsets.UTF_8));

        assertThat(inATerminal("get", "2a", "--raw")).isEqualTo(text.replace("\n", "\r\n") + "ended with 0\r\n");
    }

    private void put(byte[] content) {
        try (Program put = Program.start("client", server.address(), "put", "2a", "-")) {
            put.type(content).endInput();
            assertThat(put.exit()).as(put.toString()).isZero();
        }
    }

    private Program client(List<String> words) {
        return Program.run(Stream.concat(Stream.of("client", server.address()), words.stream())
                .toArray(String[]::new));
    }

    private String inATerminal(String... words) {
        String java = Stream.of(Program.java(), List.of("client", server.address()), List.of(words))
                .flatMap(List::stream)
                .map(word -> '\'' + word + '\'')
                .collect(Collectors.joining(" "));
        ProcessBuilder script = new ProcessBuilder("script", "-qfc", java + "; echo \"ended with $?\"", "/dev/null");
        script.environment().put("SHELL", "/bin/sh");
        try (Program terminal = Program.start(script)) {
            return terminal.says("ended with 0\r\n").out();
        }
    }
}
