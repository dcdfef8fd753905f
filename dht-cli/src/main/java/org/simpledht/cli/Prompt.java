package org.simpledht.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.completer.ArgumentCompleter;
import org.jline.reader.impl.completer.NullCompleter;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Reads commands from a terminal. What comes meanwhile is printed above the line being typed, which stays as it is. */
final class Prompt {

    /** Why the prompt ended. */
    enum End {
        /** A command asked for it. */
        QUIT,
        /** Ctrl-C on an empty line. */
        INTERRUPTED,
        /** Ctrl-D, or the terminal is gone. */
        CLOSED
    }

    private static final String PROMPT = "simple_dht> ";
    private static final Size USUAL_SIZE = new Size(80, 24);

    private final Console console;

    Prompt(Console console) {
        this.console = console;
    }

    /**
     * Reads and executes until the prompt ends.
     *
     * @param execute does a line; false ends the prompt
     */
    End run(Predicate<String> execute) throws IOException {
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .dumb(true)
                .encoding(StandardCharsets.UTF_8)
                .build()) {
            if (terminal.getWidth() == 0 || terminal.getHeight() == 0) {
                // A pseudo-terminal that nobody gave a size, as tools make them: JLine would show no line at all.
                terminal.setSize(USUAL_SIZE);
            }
            LineReader reader = reader(terminal);
            console.attach(reader::printAbove);
            try {
                return read(reader, execute);
            } finally {
                console.detach();
            }
        }
    }

    private static End read(LineReader reader, Predicate<String> execute) {
        while (true) {
            try {
                if (!execute.test(reader.readLine(PROMPT))) {
                    return End.QUIT;
                }
            } catch (UserInterruptException e) {
                if (e.getPartialLine().isEmpty()) {
                    return End.INTERRUPTED;
                }
            } catch (EndOfFileException e) {
                return End.CLOSED;
            }
        }
    }

    private static LineReader reader(Terminal terminal) {
        // An unclosed quote ends the line like any other, and the command says what is wrong with it: JLine would
        // rather
        // ask for the rest on a second line. The words themselves are split by Words, so the parser need not unescape.
        DefaultParser parser = new DefaultParser();
        parser.setEofOnUnclosedQuote(false);
        parser.setEofOnEscapedNewLine(false);
        return LineReaderBuilder.builder()
                .appName("simple_dht")
                .terminal(terminal)
                .parser(parser)
                .completer(new ArgumentCompleter(new StringsCompleter(PromptCommands.NAMES), NullCompleter.INSTANCE))
                // A content may hold an exclamation mark.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
                .build();
    }
}
