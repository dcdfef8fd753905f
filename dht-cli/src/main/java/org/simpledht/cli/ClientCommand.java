package org.simpledht.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.simpledht.DhtClient;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "client", description = "Ask a running node: get, put, remove or discover.")
final class ClientCommand implements Runnable {

    private static final String STANDARD_INPUT = "-";

    /** More than any transport carries; whatever is larger is refused without being read to its end. */
    private static final int MAX_INPUT_BYTES = 64 << 20;

    @ParentCommand
    RootCommand root;

    @Parameters(paramLabel = "<host:port>", description = "The node to ask, also udp://, tcp:// or tls://host:port.")
    String node;

    @Spec
    CommandSpec spec;

    private final Console console;

    ClientCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to ask the node: get, put, remove or discover");
    }

    @Command(name = "get", description = "Print what a hash holds: its exact bytes, or escaped in a terminal.")
    int get(
            @Parameters(paramLabel = "<hash>", description = "1 to 16 hexadecimal digits.") String hashText,
            @Option(
                            names = "--raw",
                            description = "Print the exact bytes in a terminal as well, with no line break behind them."
                                    + " A warning comes before what a terminal may act on: others wrote it, and it may"
                                    + " hide or forge what stands there. Into a pipe or a file it is always so.")
                    boolean raw) {
        if (raw && console.isJson()) {
            throw new ParameterException(
                    spec.commandLine(), "--raw and --json exclude each other: write the one that is meant");
        }
        Hash hash = Hash.parse(hashText);
        Optional<Content> content;
        try (DhtClient client = connect()) {
            content = client.get(hash, root.options.timeout);
        }
        if (content.isEmpty()) {
            console.error(
                    "no such hash " + hash + " at " + node + "; put it there, or ask another node",
                    ExitCode.NO_SUCH_HASH);
            return ExitCode.NO_SUCH_HASH;
        }
        if (console.isJson() || !raw && Terminals.OUTPUT.isTerminal()) {
            console.print(Line.content(hash, content.get()));
        } else {
            byte[] bytes = content.get().toBytes();
            if (raw && turnsATerminal(bytes) && Terminals.OUTPUT.isTerminal()) {
                console.note("warning: it holds what a terminal may act on; without --raw that is shown escaped");
            }
            console.write(bytes);
        }
        return ExitCode.DONE;
    }

    /** Whether more than text, line breaks and tabs is in it. */
    private static boolean turnsATerminal(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8).replaceAll("[\n\t\\\\]", "");
        // What was no UTF-8 is a replacement character by now, which is as good as anything else that is no text.
        return text.indexOf('\ufffd') >= 0 || !Printable.escape(text).equals(text);
    }

    @Command(name = "put", description = "Store a content at the node, which announces it to its peers.")
    int put(
            @Parameters(paramLabel = "<hash>", description = "1 to 16 hexadecimal digits.") String hashText,
            @Parameters(
                            paramLabel = "<content>",
                            description = "Text, taken as UTF-8; or - for all of standard input, which other users of"
                                    + " the machine cannot see in the process list.")
                    String contentText,
            @Option(
                            names = "--ttl",
                            paramLabel = "<time>",
                            converter = Ttls.class,
                            description = "How long it is to live: 30s, 10m, 1h or a number of seconds, and at most"
                                    + " the node's max-lease. Without it: as long as the node runs, and max-lease"
                                    + " longer.")
                    Duration ttl) {
        Hash hash = Hash.parse(hashText);
        Content content = contentText.equals(STANDARD_INPUT) ? standardInput() : Content.ofText(contentText);
        try (DhtClient client = connect()) {
            if (ttl == null) {
                client.put(hash, content, root.options.timeout);
            } else {
                client.put(hash, content, ttl, root.options.timeout);
            }
        }
        console.print(Line.stored(hash, content, Optional.ofNullable(ttl)));
        return ExitCode.DONE;
    }

    @Command(name = "remove", description = "Remove what a hash holds, at the node and everywhere.")
    int remove(@Parameters(paramLabel = "<hash>", description = "1 to 16 hexadecimal digits.") String hashText) {
        Hash hash = Hash.parse(hashText);
        try (DhtClient client = connect()) {
            client.remove(hash, root.options.timeout);
        }
        console.print(Line.removed(hash));
        return ExitCode.DONE;
    }

    @Command(name = "discover", description = "Tell the node of another one.")
    int discover(
            @Parameters(paramLabel = "<host:port>", description = "Where the other node listens.") String address) {
        try (DhtClient client = connect()) {
            client.discover(address, root.options.timeout);
        }
        console.print(Line.discovered(address));
        return ExitCode.DONE;
    }

    private DhtClient connect() {
        return DhtClient.connect(node, root.options.config().build());
    }

    private static Content standardInput() {
        try {
            byte[] bytes = System.in.readNBytes(MAX_INPUT_BYTES + 1);
            if (bytes.length > MAX_INPUT_BYTES) {
                throw new IllegalArgumentException(
                        "standard input holds more than " + MAX_INPUT_BYTES + " bytes, which no node takes");
            }
            return Content.of(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read standard input: " + e.getMessage(), e);
        }
    }
}
