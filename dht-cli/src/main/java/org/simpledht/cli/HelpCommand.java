package org.simpledht.cli;

import java.util.List;
import org.simpledht.types.Printable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "help", description = "Show help, of a command if one is named: help client put.")
final class HelpCommand implements Runnable {

    @Parameters(paramLabel = "<command>", arity = "0..*", description = "The command's name, such as client put.")
    List<String> path = List.of();

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        CommandLine shown = spec.parent().commandLine();
        for (String name : path) {
            CommandLine next = shown.getSubcommands().get(name);
            if (next == null) {
                String known = shown.getSubcommands().isEmpty()
                        ? "the command before it has none of its own"
                        : "there are "
                                + String.join(", ", shown.getSubcommands().keySet());
                throw new ParameterException(
                        spec.commandLine(), "no such command: " + Printable.quote(name) + "; " + known);
            }
            shown = next;
        }
        shown.usage(spec.commandLine().getOut());
    }
}
