package org.simpledht;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.simpledht.types.Address;
import org.simpledht.types.IpNetwork;
import org.simpledht.types.Printable;

/** The settings by name: one table for builder, properties, environment and files. */
enum ConfigKey {
    TRANSPORT("udp", text -> Address.parse("localhost:0", text)),
    BIND(DhtConfig.DEFAULT_BIND, ConfigKey::addresses),
    SEEDS("", ConfigKey::addresses),
    ADVERTISE("", ConfigKey::addresses),
    KEEP_ALIVE_INTERVAL("1s", ConfigText::duration),
    PEER_TIMEOUT("10s", ConfigText::duration),
    MAX_LEASE("1h", ConfigText::duration),
    TRUSTED_NETWORKS("127.0.0.0/8,::1/128", IpNetwork::parseAll),
    CLUSTER_NAME("", ConfigText::name),
    CLUSTER_KEYS_FILE("", ConfigText::keysFile),
    KEEP_JVM_ALIVE("false", ConfigText::bool),
    MAX_PEERS(DhtLimits.DEFAULTS.maxPeers()),
    MAX_ENTRIES(DhtLimits.DEFAULTS.maxEntries()),
    MAX_STORE_BYTES(Long.toString(DhtLimits.DEFAULTS.maxStoreBytes()), ConfigText::bytes),
    MAX_PENDING_GETS(DhtLimits.DEFAULTS.maxPendingGets()),
    MAX_PENDING_GETS_PER_SOURCE(DhtLimits.DEFAULTS.maxPendingGetsPerSource()),
    PENDING_GET_TIMEOUT(DhtLimits.DEFAULTS.pendingGetTimeout().toString(), ConfigText::duration),
    MAX_LOOKUPS(DhtLimits.DEFAULTS.maxLookups()),
    MAX_WANTS(DhtLimits.DEFAULTS.maxWants()),
    MAX_VALUE_BYTES(Integer.toString(DhtLimits.DEFAULTS.maxValueBytes()), ConfigText::intBytes),
    MAX_FETCHING_BYTES(Long.toString(DhtLimits.DEFAULTS.maxFetchingBytes()), ConfigText::bytes),
    MAX_COMMANDS(DhtLimits.DEFAULTS.maxCommands()),
    MAX_CALLBACKS(DhtLimits.DEFAULTS.maxCallbacks()),
    MAX_CONNECTIONS(DhtLimits.DEFAULTS.maxConnections()),
    MAX_CONNECTIONS_PER_SOURCE(DhtLimits.DEFAULTS.maxConnectionsPerSource()),
    MAX_OUTPUT_BYTES(Integer.toString(DhtLimits.DEFAULTS.maxOutputBytes()), ConfigText::intBytes),
    MAX_GUEST_BYTES_PER_SECOND(Integer.toString(DhtLimits.DEFAULTS.maxGuestBytesPerSecond()), ConfigText::intBytes),
    MAX_GUEST_BYTES_PER_NETWORK(Integer.toString(DhtLimits.DEFAULTS.maxGuestBytesPerNetwork()), ConfigText::intBytes),
    MAX_GUEST_FRAMES_PER_SECOND(DhtLimits.DEFAULTS.maxGuestFramesPerSecond()),
    MAX_GUEST_WRITES_PER_SECOND(DhtLimits.DEFAULTS.maxGuestWritesPerSecond()),
    FRAME_TIMEOUT(DhtLimits.DEFAULTS.frameTimeout().toString(), ConfigText::duration),
    IDLE_TIMEOUT(DhtLimits.DEFAULTS.idleTimeout().toString(), ConfigText::duration),
    TLS_CERTIFICATE("", ConfigText::file),
    TLS_KEY("", ConfigText::file),
    TLS_TRUST("", ConfigText::file),
    TLS_PASSWORD_FILE("", ConfigText::file),
    TLS_CLIENT_AUTH("true", ConfigText::bool),
    TLS_VERIFY_ADDRESS("false", ConfigText::bool);

    /** What the configuration only carries to a transport, which alone knows what it means. */
    static final List<ConfigKey> OF_TRANSPORTS =
            List.of(TLS_CERTIFICATE, TLS_KEY, TLS_TRUST, TLS_PASSWORD_FILE, TLS_CLIENT_AUTH, TLS_VERIFY_ADDRESS);

    /** Those of them that name a file, in which keys or certificates may change while a node runs. */
    static final List<ConfigKey> FILES_OF_TRANSPORTS = List.of(TLS_CERTIFICATE, TLS_KEY, TLS_TRUST, TLS_PASSWORD_FILE);

    /** The environment variable that holds keys rather than the name of their file. */
    static final String KEYS_VARIABLE = "DHT_CLUSTER_KEYS";

    private static final String KEYS_THEMSELVES = "cluster-keys";

    private final String defaultValue;
    private final Consumer<String> parser;

    ConfigKey(String defaultValue, Consumer<String> parser) {
        this.defaultValue = defaultValue;
        this.parser = parser;
    }

    ConfigKey(int defaultValue) {
        this(Integer.toString(defaultValue), ConfigText::number);
    }

    private static void addresses(String text) {
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                Address.parse(part.strip(), "udp");
            }
        }
    }

    /** The name in properties and files, such as {@code max-peers}. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name as a system property. */
    String systemProperty() {
        return "dht." + key();
    }

    /** The name as an environment variable. */
    String variable() {
        return "DHT_" + name();
    }

    String defaultValue() {
        return defaultValue;
    }

    /** Fails with the origin's name if there is no such setting. */
    static ConfigKey named(String key, String origin) {
        for (ConfigKey candidate : values()) {
            if (candidate.key().equals(key)) {
                return candidate;
            }
        }
        if (KEYS_THEMSELVES.equals(key)) {
            throw new IllegalArgumentException(
                    origin + ": cluster keys do not stand among the settings, where others see them;"
                            + " write them into a file and name it with " + CLUSTER_KEYS_FILE.key()
                            + ", or into the environment variable " + KEYS_VARIABLE);
        }
        StringBuilder known = new StringBuilder();
        for (ConfigKey candidate : values()) {
            known.append(known.isEmpty() ? "" : ", ").append(candidate.key());
        }
        throw new IllegalArgumentException(
                origin + ": unknown setting " + Printable.quote(key) + "; the settings are " + known);
    }

    /** Fails with the origin's name if the value cannot be this setting's. */
    void check(String value, String origin) {
        try {
            parser.accept(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(origin + ": " + e.getMessage(), e);
        }
    }
}
