package org.simpledht.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The parts of the help that are more than a description: examples first, since they are what people look for. */
final class Help {

    private static final String ROOT_EXAMPLES = """
            Examples:
              simple_dht server 127.0.0.1:4000
              simple_dht server 127.0.0.1:4001 --seed 127.0.0.1:4000
              simple_dht client 127.0.0.1:4000 put 2a "Hello, world!"
              simple_dht client 127.0.0.1:4001 get 2a

            A replicated hash table: what is put at one node is everywhere.
            """;

    private static final String SERVER_EXAMPLES = """
            Examples:
              simple_dht server
              simple_dht server 127.0.0.1:4000 --seed example.org:4000
              simple_dht server udp://[::]:4000 tcp://[::]:4000     a bridge between both
              simple_dht server tls://[::]:443 --tls-certificate n.p12 --tls-trust ca.pem
              echo 'put 2a "Hello, world!"' | simple_dht server

            The first lines say where it listens. In a terminal it then takes commands; help
            lists them. Else it executes the lines of its input, and serves on after them.
            It looks every two seconds whether its files of cluster keys, certificates and
            their keys have changed, and goes by them without a restart. What is wrong with
            them it says, and goes by those of before.
            """;

    private static final String CLIENT_EXAMPLES = """
            Examples:
              simple_dht client 127.0.0.1:4000 get 2a
              simple_dht client 127.0.0.1:4000 put 2a "Hello, world!"
              simple_dht client 127.0.0.1:4000 put 2a - < picture.png
              simple_dht client 127.0.0.1:4000 get 2a > picture.png
              simple_dht client 127.0.0.1:4000 get 2a --raw       unescaped in a terminal
              simple_dht client 127.0.0.1:4000 put 2a "back at noon" --ttl 30m
              simple_dht client 127.0.0.1:4000 remove 2a
              simple_dht client tcp://[::1]:4000 put 2a -- -5     a content with - before
              simple_dht client 127.0.0.1:4000 discover 192.0.2.1:4000
            """;

    private static final Map<String, String> EXIT_CODES = exitCodes();

    private Help() {}

    static void complete(CommandLine root) {
        UsageMessageSpec usage = root.getCommandSpec().usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n").exitCodeList(EXIT_CODES);
        usage.footer(
                "",
                "Settings come from the command line, else system properties (dht.transport), else the environment"
                        + " (DHT_TRANSPORT), else the file that DHT_CONFIG names.",
                "The launcher hands JAVA_OPTS to java.");
        CommandLine server = root.getSubcommands().get("server");
        server.getCommandSpec().usageMessage().customSynopsis("simple_dht server [<option>]... [<host:port>]...");
        CommandLine client = root.getSubcommands().get("client");
        client.getCommandSpec().usageMessage().customSynopsis("simple_dht client [<option>]... <host:port> <command>");
        headings(root);
        examples(root, ROOT_EXAMPLES);
        examples(server, SERVER_EXAMPLES);
        examples(client, CLIENT_EXAMPLES);
    }

    private static void headings(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n");
        command.getSubcommands().values().forEach(Help::headings);
    }

    /** As a section of their own: picocli would list a command with its header, were they that. */
    private static void examples(CommandLine command, String examples) {
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_HEADER, help -> examples + '\n');
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "done");
        codes.put("1", "no such hash");
        codes.put("2", "wrong usage");
        codes.put("3", "the node is unreachable, or did not answer in time");
        codes.put("4", "the node declined");
        codes.put("5", "cannot listen there");
        codes.put("69", "no java or no Maven to be started with");
        codes.put("70", "a fault of this program");
        codes.put("74", "standard input or output failed");
        codes.put("130, 143", "ended by SIGINT, by SIGTERM");
        return codes;
    }
}
