package org.simpledht.cli;

import java.time.Duration;
import org.simpledht.DhtConfig;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every command understands, wherever in the line it is written. */
final class Options {

    @Option(
            names = "--transport",
            paramLabel = "udp|tcp|tls",
            scope = ScopeType.INHERIT,
            description = "How addresses without udp://, tcp:// or tls:// are reached. Without it: the system property"
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
                            + " of them is not heard. A server reads it anew when it changes. Without it:"
                            + " DHT_CLUSTER_KEYS, which holds the keys, or the file that DHT_CLUSTER_KEYS_FILE names.")
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

    @Option(
            names = "--tls-certificate",
            paramLabel = "<file>",
            scope = ScopeType.INHERIT,
            description = "What this side shows over tls://: a certificate chain in PEM, or a PKCS#12 store. A server"
                    + " needs one, and a client of a server that asks for one. Its password is in DHT_TLS_PASSWORD."
                    + " A server reads the files of the four tls options anew when one changes.")
    String tlsCertificate;

    @Option(
            names = "--tls-key",
            paramLabel = "<file>",
            scope = ScopeType.INHERIT,
            description = "The certificate's private key in PEM (PKCS#8), if it stands in a file of its own.")
    String tlsKey;

    @Option(
            names = "--tls-trust",
            paramLabel = "<file>",
            scope = ScopeType.INHERIT,
            description = "The authorities whose certificates the other side may show over tls://: PEM, or a PKCS#12"
                    + " store.")
    String tlsTrust;

    @Option(
            names = "--tls-password-file",
            paramLabel = "<file>",
            scope = ScopeType.INHERIT,
            description = "The file whose first line opens the key or the store.")
    String tlsPasswordFile;

    /** The environment's configuration, with what the command line says before it. */
    DhtConfig.Builder config() {
        DhtConfig.Builder config = DhtConfig.fromEnvironment();
        if (transport != null) {
            config.transport(transport);
        }
        set(config, "cluster-keys-file", clusterKeysFile);
        set(config, "tls-certificate", tlsCertificate);
        set(config, "tls-key", tlsKey);
        set(config, "tls-trust", tlsTrust);
        set(config, "tls-password-file", tlsPasswordFile);
        return config;
    }

    private static void set(DhtConfig.Builder config, String setting, String value) {
        if (value != null) {
            config.set(setting, value);
        }
    }
}
