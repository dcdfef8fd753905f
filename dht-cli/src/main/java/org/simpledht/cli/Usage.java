package org.simpledht.cli;

import java.util.List;
import java.util.Locale;
import org.simpledht.types.Printable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what was wrong with a command line, and what would be right. */
final class Usage {

    private static final String BEGINS_WITH_DASH = "; write -- before a content that begins with -";

    private Usage() {}

    static String explain(ParameterException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String remedy = "; see simple_dht help" + path(command);
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched(), command) + remedy;
        }
        if (e instanceof MissingParameterException && isPut(command)) {
            // picocli takes --foo for an option that it does not know, and then misses the content.
            return lowerCased(e.getMessage()) + BEGINS_WITH_DASH + remedy;
        }
        return lowerCased(e.getMessage()) + remedy;
    }

    private static String unmatched(List<String> words, CommandSpec command) {
        String first = words.get(0);
        if (first.length() > 1 && first.startsWith("-")) {
            return "no such option: " + Printable.quote(first) + (isPut(command) ? BEGINS_WITH_DASH : "");
        }
        if (!command.subcommands().isEmpty()) {
            return "no such command: " + Printable.quote(first) + "; there are "
                    + String.join(", ", command.subcommands().keySet());
        }
        return "too many words, from " + Printable.quote(first) + " on"
                + (isPut(command) ? "; quote a content that has spaces" : "");
    }

    private static boolean isPut(CommandSpec command) {
        return command.name().equals("put");
    }

    private static String lowerCased(String message) {
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    private static String path(CommandSpec command) {
        return command.parent() == null ? "" : path(command.parent()) + ' ' + command.name();
    }
}
