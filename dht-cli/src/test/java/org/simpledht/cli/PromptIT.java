package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The prompt in a pseudo-terminal, which {@code script} of util-linux makes. */
final class PromptIT {

    private static final String PROMPT = "simple_dht> ";
    private static final String ENTER = "\r";
    private static final String UP = "\u001bOA";
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";

    private Program terminal;
    private String address;

    @BeforeEach
    void openTerminal() {
        openTerminal("stty cols 100 rows 30");
    }

    private void openTerminal(String preparation) {
        String java = Program.java().stream().map(word -> '\'' + word + '\'').collect(Collectors.joining(" "));
        // The exit code is printed, since script itself has its own when a signal ends it; and the shell must outlive
        // the Ctrl-C that is meant for the server.
        String command = "trap : INT; " + preparation + "; " + java + " server 127.0.0.1:0; echo \"ended with $?\"";
        ProcessBuilder script = new ProcessBuilder("script", "-qfc", command, "/dev/null");
        script.environment().put("TERM", "xterm");
        script.environment().put("SHELL", "/bin/sh");
        terminal = Program.start(script);
        address = terminal.address();
        terminal.says(PROMPT);
    }

    @AfterEach
    void closeTerminal() {
        terminal.close();
    }

    @Test
    void whatHappensIsPrintedAboveTheLineBeingTyped() {
        terminal.type("put 1f half").says("put 1f half");
        int typed = terminal.out().length();
        put("2a", "from elsewhere");

        terminal.says("* 000000000000002a holds 14 bytes: \"from elsewhere\"", typed);
        terminal.says(PROMPT + "put 1f half", typed);
        assertThat(terminal.out().lastIndexOf(PROMPT + "put 1f half"))
                .isGreaterThan(terminal.out().indexOf("* 000000000000002a holds"));

        terminal.type("way" + ENTER).says("stored 000000000000001f, 7 bytes");
        assertThat(get("1f")).isEqualTo("halfway");
    }

    @Test
    void peersAreAnnounced() {
        int start = terminal.out().length();
        try (Program peer = Program.start("server", "127.0.0.1:0", "--seed", address)) {
            terminal.says("* peer udp://" + peer.address() + " joined", start);
            peer.signal("TERM");
            terminal.says("* peer udp://" + peer.address() + " is gone", start);
        }
    }

    @Test
    void unbalancedQuoteGetsOneMessageAndThePromptGoesOn() {
        terminal.type("put 1f \"open" + ENTER).says("unbalanced quote");
        terminal.type("put 1f closed" + ENTER).says("stored 000000000000001f, 6 bytes");

        assertThat(terminal.out().split("unbalanced quote", -1)).hasSize(2);
        assertThat(terminal.out()).doesNotContain("dquote>");
    }

    @Test
    void wordsTooManyAreRefusedWithAHint() {
        terminal.type("put 1f two words" + ENTER).says("quote a content that has spaces");
        terminal.type("put 1f 'two words!!'" + ENTER).says("stored");

        assertThat(get("1f")).isEqualTo("two words!!");
    }

    @Test
    void contentFromTheNetworkIsEscaped() {
        int start = terminal.out().length();
        put("2a", "\u001b[2Jgone\nforged");
        terminal.says("\"\\u001b[2Jgone\\nforged\"", start);

        int asked = terminal.out().length();
        terminal.type("get 2a" + ENTER).says("\\u001b[2Jgone\\nforged", asked);
        assertThat(terminal.out()).doesNotContain("\u001b[2J", "\nforged");
    }

    @Test
    void removalsAndEndsArePrintedAboveTheLineBeingTyped() {
        put("2a", "from elsewhere");
        terminal.says("* 000000000000002a holds 14 bytes");
        terminal.type("put 2b 'back at noon' --ttl 1s" + ENTER).says("stored 000000000000002b, 12 bytes, for 1 s");
        terminal.type("put 1f half").says("put 1f half");
        int typed = terminal.out().length();
        try (Program remove = Program.run("client", address, "remove", "2a")) {
            assertThat(remove.exit()).as(remove.toString()).isZero();
        }

        terminal.says("* 000000000000002a is removed", typed).says("* 000000000000002b has ended");
        terminal.says(PROMPT + "put 1f half", typed);
    }

    @Test
    void historyBringsTheLineBack() {
        terminal.type("get 77" + ENTER).says("0000000000000077 is not here");
        int start = terminal.out().length();
        terminal.type(UP + ENTER).says("0000000000000077 is not here", start);
    }

    @Test
    void terminalWithoutASizeHasAPromptAsWell() {
        terminal.close();
        openTerminal("stty cols 0 rows 0");
        terminal.type("put 1f half").says(PROMPT + "put 1f half");
        int typed = terminal.out().length();
        put("2a", "x");
        terminal.says("* 000000000000002a holds 1 byte: \"x\"", typed).says(PROMPT + "put 1f half", typed);
    }

    @Test
    void quitEndsWithZero() {
        terminal.type("quit" + ENTER).says("ended with 0");
    }

    @Test
    void interruptClearsTheLineAndThenEndsTheServer() {
        terminal.type("put 1f half").says("put 1f half");
        int start = terminal.out().length();
        terminal.type(CTRL_C).says(PROMPT, start);
        assertThat(terminal.isAlive()).isTrue();
        terminal.type(CTRL_C).says("ended with 130");
    }

    @Test
    void endOfInputLeavesTheServerServing() {
        terminal.type(CTRL_D).says("input closed, still serving; stop with Ctrl-C");
        put("2a", "x");
        assertThat(get("2a")).isEqualTo("x");
        terminal.type(CTRL_C).says("ended with 130");
    }

    private void put(String hash, String content) {
        try (Program put = Program.run("client", address, "put", hash, content)) {
            assertThat(put.exit()).as(put.toString()).isZero();
        }
    }

    private String get(String hash) {
        try (Program get = Program.run("client", address, "get", hash)) {
            assertThat(get.exit()).as(get.toString()).isZero();
            return get.out();
        }
    }
}
