package org.simpledht.cli;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.testing.SimulatedNetwork;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Whatever is typed, as lines at the prompt or as the words of a command line, is done or refused in words, and nothing of it or
 * of what a content holds reaches a terminal that a terminal might act on.
 */
class LineFuzzTest {

    private static final int JSON = 1;
    private static final int AT_PROMPT = 2;
    private static final int COMMAND_LINE = 4;
    private static final int MOST_LINES = 8;
    private static final int KIND_CHARS = 8;
    private static final CommandLine COMMANDS = Main.commandLine(Console.ofProcess());

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    /** The first byte says where it is typed. */
    @FuzzTest
    void anyLines(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        shown.reset();
        Console console = new Console(shown, shown);
        if ((bytes[0] & JSON) != 0) {
            console.useJson();
        }
        if ((bytes[0] & AT_PROMPT) != 0) {
            console.attach(line -> shown.writeBytes((line + '\n').getBytes(StandardCharsets.UTF_8)));
        }
        String text = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
        if ((bytes[0] & COMMAND_LINE) != 0) {
            parse(text, console);
        } else {
            execute(text.split("\n", MOST_LINES), console);
        }
        lookAtShown();
    }

    /** The same, and which kinds of lines were shown, told by how they begin. */
    static Map<String, Long> counted(byte[] bytes) {
        LineFuzzTest test = new LineFuzzTest();
        test.anyLines(bytes);
        Map<String, Long> counted = new HashMap<>();
        test.shown
                .toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.substring(0, Math.min(line.length(), KIND_CHARS)))
                .forEach(kind -> counted.merge(kind.replaceAll("[0-9a-f]{2,}|'.*", "*"), 1L, Long::sum));
        return counted;
    }

    private static void parse(String text, Console console) {
        try {
            COMMANDS.parseArgs(Words.split(text).toArray(String[]::new));
        } catch (ParameterException e) {
            console.error(Usage.explain(e), ExitCode.USAGE);
        } catch (IllegalArgumentException e) {
            console.error(e.getMessage(), ExitCode.USAGE);
        }
    }

    private static void execute(String[] lines, Console console) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        DhtConfig config = DhtConfig.builder()
                .set("max-entries", "3")
                .set("max-store-bytes", "200")
                .build();
        Events events = new Events(console);
        events.begin();
        try (Dht dht = Dht.start(config, network.host("a"), events)) {
            PromptCommands commands = new PromptCommands(dht, Duration.ofMillis(50), console);
            for (String line : lines) {
                if (!commands.execute(line)) {
                    break;
                }
            }
            network.advance(Duration.ofMillis(100));
        }
    }

    private void lookAtShown() {
        byte[] bytes = shown.toByteArray();
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("not UTF-8", e);
        }
        text.codePoints().filter(LineFuzzTest::isUnsafe).findFirst().ifPresent(c -> {
            throw new AssertionError("U+" + Integer.toHexString(c) + " in what is shown: " + text);
        });
    }

    private static boolean isUnsafe(int c) {
        boolean breaksOrTurns = c == 0x2028
                || c == 0x2029
                || c == 0x200e
                || c == 0x200f
                || c == 0x061c
                || c >= 0x202a && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069;
        return Character.isISOControl(c) && c != '\n' || breaksOrTurns;
    }
}
