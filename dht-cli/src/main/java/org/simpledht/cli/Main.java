package org.simpledht.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Where the process begins and ends. */
public final class Main {

    private Main() {}

    /** Runs one command, and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Arguments.utf8(args), Console.ofProcess()));
    }

    /** Runs one command; never throws. */
    static int run(String[] args, Console console) {
        // Asked for before the line is understood, so that a misunderstanding is told in JSON as well.
        if (Arrays.asList(args).contains("--json")) {
            console.useJson();
        }
        StringWriter help = new StringWriter();
        int exit = commandLine(console).setOut(new PrintWriter(help)).execute(args);
        if (!help.toString().isEmpty()) {
            console.output(help.toString().stripTrailing());
        }
        IOException failure = console.outputFailure();
        if (exit != ExitCode.DONE || failure == null) {
            return exit;
        }
        if (Console.isBrokenPipe(failure)) {
            return ExitCode.BROKEN_PIPE;
        }
        console.error("cannot write standard output: " + failure.getMessage(), ExitCode.INPUT_OUTPUT);
        return ExitCode.INPUT_OUTPUT;
    }

    static CommandLine commandLine(Console console) {
        RootCommand root = new RootCommand();
        CommandLine line = new CommandLine(root)
                .addSubcommand(new ServerCommand(console))
                .addSubcommand(new ClientCommand(console))
                .addSubcommand(new HelpCommand());
        // A content is what was typed: not a file's name behind @, and no quotes are taken off.
        line.setExpandAtFiles(false)
                .setTrimQuotes(false)
                .setParameterExceptionHandler((e, words) -> misunderstood(e, console))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, console))
                .setExecutionStrategy(parsed -> {
                    LogLines.to(console, root.options.verbosity.length);
                    return new CommandLine.RunLast().execute(parsed);
                });
        Help.complete(line);
        return line;
    }

    private static int misunderstood(ParameterException e, Console console) {
        console.error(Usage.explain(e), ExitCode.USAGE);
        return ExitCode.USAGE;
    }

    private static int failed(Exception thrown, Console console) {
        Failure failure = Failure.of(thrown);
        console.error(failure.message(), failure.exit());
        return failure.exit();
    }
}
