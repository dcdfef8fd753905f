package org.simpledht;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.simpledht.transport.TransportSettings;
import org.simpledht.types.Address;
import org.simpledht.types.IpNetwork;

/**
 * How a node is to be: an immutable value, made by {@link #builder}, {@link #fromProperties} or {@link #fromEnvironment}.
 *
 * @param transport the scheme of addresses that are written without one, such as {@code udp} or {@code tcp}
 * @param bind where the node listens; every address that a host name resolves to
 * @param seeds nodes to be contacted, again and again while they are not heard of; each of a transport that {@code bind} has
 * @param advertise where others can reach this node, if that is not where they see it, as behind a router that forwards a port or
 *     in a container; each of a transport that {@code bind} has. They are told so, and believe it when they have tried it
 * @param keepAliveInterval time between two signs of life to each peer
 * @param peerTimeout how long a peer may be silent before it is dropped
 * @param maxLease how long an entry lives at most without being renewed, and how long nodes remember what was removed or has
 *     ended: from 5 minutes to 30 days, whole seconds, the same at all nodes of a network
 * @param trustedNetworks networks whose addresses nobody can forge, so that who speaks from there need not show that it is there
 * @param clusterName the name of the network, empty for none: nodes of other names are no neighbours, and share nothing
 * @param clusterKeys what all that take part must have; {@link ClusterKeys#none} if everybody may
 * @param keepJvmAlive true if the node's loop keeps the JVM from ending
 * @param limits bounds of everything that can grow
 * @param transportSettings what transports are told, such as where the keys for TLS are
 */
public record DhtConfig(
        String transport,
        List<Address> bind,
        List<Address> seeds,
        List<Address> advertise,
        Duration keepAliveInterval,
        Duration peerTimeout,
        Duration maxLease,
        List<IpNetwork> trustedNetworks,
        String clusterName,
        ClusterKeys clusterKeys,
        boolean keepJvmAlive,
        DhtLimits limits,
        TransportSettings transportSettings) {

    /** Where a node listens when nothing is said: any free port, on every address of the machine, IPv4 and IPv6. */
    public static final String DEFAULT_BIND = "[::]:0";

    /** The name of a secret, see {@link TransportSettings#secret}. */
    private static final String TLS_PASSWORD = "tls-password";

    private static final Duration SHORTEST_LEASE = Duration.ofMinutes(5);
    private static final Duration LONGEST_LEASE = Duration.ofDays(30);

    public DhtConfig {
        Objects.requireNonNull(transport, "transport");
        bind = List.copyOf(Objects.requireNonNull(bind, "bind"));
        seeds = List.copyOf(Objects.requireNonNull(seeds, "seeds"));
        if (bind.isEmpty()) {
            throw new IllegalArgumentException(
                    "bind names no address; a node needs at least one, such as " + DEFAULT_BIND);
        }
        advertise = List.copyOf(Objects.requireNonNull(advertise, "advertise"));
        requireReachable("seeds", seeds, bind);
        requireReachable("advertise", advertise, bind);
        DhtLimits.span("keep-alive-interval", "keepAliveInterval", keepAliveInterval);
        DhtLimits.span("peer-timeout", "peerTimeout", peerTimeout);
        if (peerTimeout.compareTo(keepAliveInterval.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("peer-timeout is " + peerTimeout
                    + ", but must be at least twice the keep-alive-interval of " + keepAliveInterval);
        }
        Objects.requireNonNull(maxLease, "maxLease");
        boolean isLease = maxLease.compareTo(SHORTEST_LEASE) >= 0 && maxLease.compareTo(LONGEST_LEASE) <= 0;
        if (!isLease || maxLease.getNano() != 0) {
            throw new IllegalArgumentException(
                    "max-lease is " + maxLease + ", but must be whole seconds, from 5 minutes to 30 days");
        }
        trustedNetworks = List.copyOf(Objects.requireNonNull(trustedNetworks, "trustedNetworks"));
        clusterName = ConfigText.name(Objects.requireNonNull(clusterName, "clusterName"));
        Objects.requireNonNull(clusterKeys, "clusterKeys");
        Objects.requireNonNull(transportSettings, "transportSettings");
        Objects.requireNonNull(limits, "limits");
        if (limits.idleTimeout().compareTo(keepAliveInterval) <= 0) {
            throw new IllegalArgumentException("idle-timeout is " + limits.idleTimeout()
                    + ", but must be longer than the keep-alive-interval of " + keepAliveInterval
                    + ", or streams close between two signs of life");
        }
    }

    private static void requireReachable(String setting, List<Address> addresses, List<Address> bind) {
        for (Address address : addresses) {
            if (address.port() == 0) {
                throw new IllegalArgumentException(
                        setting + ": " + address + " has port 0, where nothing can be reached");
            }
            if (bind.stream().noneMatch(own -> own.scheme().equals(address.scheme()))) {
                throw new IllegalArgumentException(setting + ": " + address + " cannot be reached, as bind names no "
                        + address.scheme() + " address; add one, such as " + address.scheme() + "://" + DEFAULT_BIND);
            }
        }
    }

    /**
     * The files that this configuration names and that hold keys or certificates, by the names of their settings, such as
     * {@code tls-key}; in the order of README.md, and without those that are not set. A node reads them when it starts. When one has
     * changed, {@link Dht#replaceClusterKeys} with {@link ClusterKeys#fromFile}, or {@link Dht#rereadTransportFiles} for the others,
     * has a running node go by what it holds then.
     */
    public Map<String, Path> files() {
        Map<String, Path> files = new LinkedHashMap<>();
        clusterKeys.file().ifPresent(file -> files.put(ConfigKey.CLUSTER_KEYS_FILE.key(), file));
        for (ConfigKey key : ConfigKey.FILES_OF_TRANSPORTS) {
            transportSettings.get(key.key()).ifPresent(file -> files.put(key.key(), Path.of(file)));
        }
        return Collections.unmodifiableMap(files);
    }

    /** UDP at {@link #DEFAULT_BIND}, without seeds. Reads neither properties nor environment. */
    public static DhtConfig defaults() {
        return builder().build();
    }

    /** A builder with nothing set. Reads neither properties nor environment. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A builder with the given properties set, under the names of the configuration table in README.md.
     *
     * @throws IllegalArgumentException if a name is unknown, or a value is not what its name needs
     */
    public static Builder fromProperties(Properties properties) {
        Objects.requireNonNull(properties, "properties");
        return fromProperties(properties, "");
    }

    private static Builder fromProperties(Properties properties, String where) {
        Builder builder = builder();
        properties.stringPropertyNames().stream()
                .sorted()
                .forEach(name -> builder.set(name, properties.getProperty(name), where + "property " + name));
        return builder;
    }

    /**
     * A builder with what the process was started with: system properties ({@code dht.transport=tcp}), else environment
     * variables ({@code DHT_TRANSPORT=tcp}), else the properties file that {@code dht.config} or {@code DHT_CONFIG} names
     * ({@code transport=tcp}). What is then set on the builder comes before all of them.
     *
     * @throws IllegalArgumentException if a value is not what its name needs, or the file cannot be read
     */
    public static Builder fromEnvironment() {
        return ConfigSources.fromEnvironment(System.getProperties(), System.getenv());
    }

    /**
     * A builder with what a properties file says.
     *
     * @throws IllegalArgumentException if it cannot be read, a name is unknown, or a value is not what its name needs
     */
    public static Builder fromFile(Path file) {
        return fromProperties(ConfigSources.load(Objects.requireNonNull(file, "file")), file + ": ");
    }

    /** Collects settings. Not for use by several threads. Each method returns the builder. */
    public static final class Builder {

        private final ConfigValues values = new ConfigValues();
        private ClusterKeys keys = ClusterKeys.none();
        private final Map<String, String> secrets = new LinkedHashMap<>();

        private Builder() {}

        /** The scheme of addresses without one, {@code udp} if not set. */
        public Builder transport(String scheme) {
            return put(ConfigKey.TRANSPORT, Objects.requireNonNull(scheme, "scheme"));
        }

        /** Where to listen: {@code host:port}, or {@code scheme://host:port}. Replaces what was set before. */
        public Builder bind(String... addresses) {
            return put(ConfigKey.BIND, list(addresses));
        }

        /** Nodes to contact: {@code host:port}, or {@code scheme://host:port}. Replaces what was set before. */
        public Builder seeds(String... addresses) {
            return put(ConfigKey.SEEDS, list(addresses));
        }

        /**
         * Where others can reach this node, if that is not where they see it: {@code host:port}, or {@code scheme://host:port}, none
         * if not set. Names are resolved once, at the start. Replaces what was set before.
         */
        public Builder advertise(String... addresses) {
            return put(ConfigKey.ADVERTISE, list(addresses));
        }

        /** Time between two signs of life, 1 s if not set. */
        public Builder keepAliveInterval(Duration interval) {
            return put(ConfigKey.KEEP_ALIVE_INTERVAL, Objects.requireNonNull(interval, "interval"));
        }

        /** How long a peer may be silent, 10 s if not set. */
        public Builder peerTimeout(Duration timeout) {
            return put(ConfigKey.PEER_TIMEOUT, Objects.requireNonNull(timeout, "timeout"));
        }

        /** The longest lease, the same at all nodes of a network; 1 h if not set. */
        public Builder maxLease(Duration lease) {
            return put(ConfigKey.MAX_LEASE, Objects.requireNonNull(lease, "lease"));
        }

        /**
         * Networks whose addresses nobody can forge, such as {@code 10.0.0.0/8}: who speaks from there need not show that it is
         * there. {@code none} for none. Loopback alone if not set. Replaces what was set before.
         */
        public Builder trustedNetworks(String... networks) {
            return put(ConfigKey.TRUSTED_NETWORKS, list(networks));
        }

        /** The name of the network, the same at all of its nodes; none if not set. */
        public Builder clusterName(String name) {
            return set(ConfigKey.CLUSTER_NAME.key(), Objects.requireNonNull(name, "name"), "setting cluster-name");
        }

        /** The keys of the network; none if not set. Replaces those of a file that was named before. */
        public Builder clusterKeys(ClusterKeys clusterKeys) {
            keys = Objects.requireNonNull(clusterKeys, "clusterKeys");
            values.remove(ConfigKey.CLUSTER_KEYS_FILE);
            return this;
        }

        /** Whether the node keeps the JVM from ending; false if not set. */
        public Builder keepJvmAlive(boolean keep) {
            return put(ConfigKey.KEEP_JVM_ALIVE, keep);
        }

        /** All bounds at once. Replaces those that were set before; those that are set afterwards replace these. */
        public Builder limits(DhtLimits limits) {
            values.put(Objects.requireNonNull(limits, "limits"));
            return this;
        }

        /**
         * What opens the store or the key that {@code tls-certificate} or {@code tls-key} names, for who keeps it neither
         * in the file that {@code tls-password-file} names nor in {@code DHT_TLS_PASSWORD}. No text that this
         * configuration makes has it.
         */
        public Builder tlsPassword(String password) {
            secrets.put(TLS_PASSWORD, Objects.requireNonNull(password, "password"));
            return this;
        }

        /**
         * Any setting by its name in the configuration table of README.md, as text: {@code set("max-peers", "100")}.
         *
         * @throws IllegalArgumentException if the name is unknown, or the value is not what the name needs
         */
        public Builder set(String name, String value) {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
            return set(name, value, "setting " + name);
        }

        Builder set(String name, String value, String origin) {
            ConfigKey key = ConfigKey.named(name, origin);
            key.check(value, origin);
            return put(key, value);
        }

        private Builder put(ConfigKey key, Object value) {
            values.put(key, value);
            if (key == ConfigKey.CLUSTER_KEYS_FILE) {
                keys = ClusterKeys.none();
            }
            return this;
        }

        /**
         * Reads the file of the cluster keys, if one is named.
         *
         * @throws IllegalArgumentException if a setting is not what its name needs, that file does not hold keys, or two contradict each other
         */
        public DhtConfig build() {
            String transport = values.text(ConfigKey.TRANSPORT);
            return new DhtConfig(
                    transport,
                    values.addresses(ConfigKey.BIND, transport),
                    values.addresses(ConfigKey.SEEDS, transport),
                    values.addresses(ConfigKey.ADVERTISE, transport),
                    values.duration(ConfigKey.KEEP_ALIVE_INTERVAL),
                    values.duration(ConfigKey.PEER_TIMEOUT),
                    values.duration(ConfigKey.MAX_LEASE),
                    IpNetwork.parseAll(values.text(ConfigKey.TRUSTED_NETWORKS)),
                    ConfigText.name(values.text(ConfigKey.CLUSTER_NAME)),
                    readKeys(),
                    ConfigText.bool(values.text(ConfigKey.KEEP_JVM_ALIVE)),
                    values.limits(),
                    values.transportSettings(secrets));
        }

        private ClusterKeys readKeys() {
            String file = values.text(ConfigKey.CLUSTER_KEYS_FILE).strip();
            return file.isEmpty() ? keys : ClusterKeys.fromFile(Path.of(file));
        }

        private static String list(String... addresses) {
            for (String address : Objects.requireNonNull(addresses, "addresses")) {
                Objects.requireNonNull(address, "address");
            }
            return String.join(",", addresses);
        }
    }
}
