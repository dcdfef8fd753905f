package org.simpledht.cli;

import java.time.Duration;
import org.simpledht.DhtConfig;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every command understands, wherever in the line it is written. */
final class Options {

    @Option(
            names = "--transport",
            paramLabel = "udp|tcp",
            scope = ScopeType.INHERIT,
            description = "How addresses without udp:// or tcp:// are reached. Without it: the system property"
                    + " dht.transport, the variable DHT_TRANSPORT, the file that DHT_CONFIG names, or udp.")
    String transport;

    @Option(
            names = "--timeout",
            paramLabel = "<time>",
            scope = ScopeType.INHERIT,
            defaultValue = "5s",
            converter = Timeouts.class,
            description = "How long to wait for an answer: 5s, 500ms, 1m or a number of seconds."
                    + " Without it: ${DEFAULT-VALUE}.")
    Duration timeout;

    @Option(
            names = "--cluster-keys-file",
            paramLabel = "<file>",
            scope = ScopeType.INHERIT,
            description =
                    "The network's secrets, one a line: 32 random bytes in hexadecimal digits or base64. Who has none"
                            + " of them is not heard. Without it: DHT_CLUSTER_KEYS, which holds the keys, or the file that"
                            + " DHT_CLUSTER_KEYS_FILE names.")
    String clusterKeysFile;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print one JSON object a line, failures included.")
    boolean json;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Log more than warnings. Repeat for more: -vv, -vvv.")
    boolean[] verbosity = {};

    /** The environment's configuration, with what the command line says before it. */
    DhtConfig.Builder config() {
        DhtConfig.Builder config = DhtConfig.fromEnvironment();
        if (transport != null) {
            config.transport(transport);
        }
        if (clusterKeysFile != null) {
            config.set("cluster-keys-file", clusterKeysFile);
        }
        return config;
    }
}
