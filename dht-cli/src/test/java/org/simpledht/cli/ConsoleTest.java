package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

final class ConsoleTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> above = new ArrayList<>();
    private final Console console = new Console(out, err);

    @AfterEach
    void forgetThisConsole() {
        LogLines.to(Console.ofProcess(), 0);
    }

    @Test
    void everythingGoesThroughThePromptWhileThereIsOne() {
        console.attach(above::add);
        console.print(Line.stored(Hash.parse("1"), Content.EMPTY, Optional.empty()));
        console.error("no", 1);
        console.note("warning: x");
        console.detach();
        console.print(Line.stored(Hash.parse("2"), Content.EMPTY, Optional.empty()));

        assertThat(above).containsExactly("stored 0000000000000001, 0 bytes", "no", "warning: x");
        assertThat(text(out)).isEqualTo("stored 0000000000000002, 0 bytes\n");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void failureIsOneLineWhateverItsMessageHolds() {
        console.error("a\nb\u001b[2J\r\n", 1);

        assertThat(text(err)).isEqualTo("simple_dht: a b [2J\n");
    }

    @Test
    void failureTurnsNoTerminalWhoeverWroteItsWords() {
        console.error("\u009b31m \u202e \u2028 \\u001b", 1);
        console.attach(above::add);
        console.note("\u009b31m \u202e");

        assertThat(text(err)).isEqualTo("simple_dht: \\u009b31m \\u202e \\u2028 \\u001b\n");
        assertThat(above).containsExactly("\\u009b31m \\u202e");
    }

    @Test
    void logLinesUseTheSameDoorAndAreEscaped() {
        LogLines.to(console, 0);
        console.attach(above::add);
        Logger.getLogger("org.simpledht.test").log(Level.WARNING, "bad \u001b {0}", "frame");
        Logger.getLogger("org.simpledht.test").info("not at this level");

        assertThat(above).containsExactly("warning: bad \\u001b frame");
    }

    @Test
    void verboseShowsMore() {
        LogLines.to(console, 1);
        Logger.getLogger("org.simpledht.test").info("started");
        Logger.getLogger("org.other").info("not ours");

        assertThat(text(err)).isEqualTo("info: started\n");
    }

    @Test
    void internalFaultIsOneLineThatAsksForAReport() {
        Failure failure = Failure.of(new NullPointerException());

        assertThat(failure.exit()).isEqualTo(ExitCode.INTERNAL);
        assertThat(failure.message()).contains("internal error: java.lang.NullPointerException", "please report it");
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
