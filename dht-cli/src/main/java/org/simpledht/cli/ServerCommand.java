package org.simpledht.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "server", description = "Run a node, with a prompt if standard input is a terminal.")
final class ServerCommand implements Callable<Integer> {

    @ParentCommand
    RootCommand root;

    @Parameters(
            paramLabel = "host:port",
            arity = "0..*",
            description = "Where to listen, several if you like, also udp://, tcp:// or tls://host:port."
                    + " Port 0 is any free one. Without it: [::]:0, every address of this machine.")
    List<String> bind = List.of();

    @Option(
            names = "--seed",
            paramLabel = "<host:port>",
            description = "A node to contact, again and again while it is not heard of. May be repeated.")
    List<String> seeds = List.of();

    @Option(
            names = "--advertise",
            paramLabel = "<host:port>",
            description = "Where others can reach this node, if that is not where they see it: behind a router that"
                    + " forwards a port, or in a container. May be repeated.")
    List<String> advertise = List.of();

    @Option(
            names = "--trusted-networks",
            paramLabel = "<networks>",
            split = ",",
            description = "Networks whose addresses nobody can forge, such as 10.0.0.0/8,fd00::/8, or none."
                    + " Who speaks from elsewhere shows first that it is there. Without it: loopback alone.")
    List<String> trusted = List.of();

    private final Console console;

    ServerCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        boolean prompts = Terminals.INPUT.isTerminal() && Terminals.OUTPUT.isTerminal();
        Events events = new Events(console);
        DhtConfig config = config();
        Rereading rereading = new Rereading(config.files(), console);
        // From the first one on, though they are told only after the lines that say where it listens.
        Dht dht = prompts || console.isJson() ? Dht.start(config, events) : Dht.start(config);
        Shutdown.closes(dht);
        dht.closed().exceptionally(this::nodeFailed);
        dht.endpoints().forEach(endpoint -> console.print(Line.listening(endpoint)));
        events.begin();
        rereading.begin(dht);

        PromptCommands commands = new PromptCommands(dht, root.options.timeout, console);
        return prompts ? prompt(commands) : readLines(commands);
    }

    /** A server without its node serves nobody; whoever supervises it is to know. */
    private Void nodeFailed(Throwable failure) {
        console.error("the node has failed: " + failure + "; please report this", ExitCode.INTERNAL);
        System.exit(ExitCode.INTERNAL);
        return null;
    }

    private DhtConfig config() {
        DhtConfig.Builder config = root.options.config();
        if (!bind.isEmpty()) {
            config.bind(bind.toArray(String[]::new));
        }
        if (!seeds.isEmpty()) {
            config.seeds(seeds.toArray(String[]::new));
        }
        if (!advertise.isEmpty()) {
            config.advertise(advertise.toArray(String[]::new));
        }
        if (!trusted.isEmpty()) {
            config.trustedNetworks(trusted.toArray(String[]::new));
        }
        return config.build();
    }

    private int prompt(PromptCommands commands) throws IOException {
        return switch (new Prompt(console).run(commands::execute)) {
            case QUIT -> ExitCode.DONE;
            case INTERRUPTED -> ExitCode.INTERRUPTED;
            case CLOSED -> {
                if (!Shutdown.hasBegun()) {
                    console.note("input closed, still serving; stop with Ctrl-C");
                }
                yield Shutdown.awaitSignal();
            }
        };
    }

    /** Without a terminal there is nobody to prompt, and the end of input says nothing about the server. */
    private int readLines(PromptCommands commands) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!commands.execute(line)) {
                    return ExitCode.DONE;
                }
            }
        } catch (IOException e) {
            console.note("standard input cannot be read any more, still serving: " + e.getMessage());
        }
        return Shutdown.awaitSignal();
    }
}
