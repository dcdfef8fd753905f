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
                throw new ParameterException(
                        spec.commandLine(),
                        "no such command: " + Printable.quote(name) + "; there are "
                                + String.join(", ", shown.getSubcommands().keySet()));
            }
            shown = next;
        }
        shown.usage(spec.commandLine().getOut());
    }
}
