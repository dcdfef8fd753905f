package org.simpledht;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.simpledht.transport.TransportSettings;
import org.simpledht.types.Address;

/** The settings that were said, as texts under their names, and what they mean together with the defaults. For use by one thread. */
final class ConfigValues {

    private final Map<ConfigKey, String> said = new LinkedHashMap<>();

    void put(ConfigKey key, Object value) {
        said.put(key, value.toString());
    }

    void remove(ConfigKey key) {
        said.remove(key);
    }

    /** What was said, or else the default. */
    String text(ConfigKey key) {
        return said.getOrDefault(key, key.defaultValue());
    }

    Duration duration(ConfigKey key) {
        return ConfigText.duration(text(key));
    }

    private int number(ConfigKey key) {
        return ConfigText.number(text(key));
    }

    private long bytes(ConfigKey key) {
        return ConfigText.bytes(text(key));
    }

    private int intBytes(ConfigKey key) {
        return ConfigText.intBytes(text(key));
    }

    /** Addresses with commas between them. */
    List<Address> addresses(ConfigKey key, String transport) {
        List<Address> addresses = new ArrayList<>();
        for (String part : text(key).split(",")) {
            if (!part.isBlank()) {
                addresses.add(Address.parse(part.strip(), transport));
            }
        }
        return addresses;
    }

    TransportSettings transportSettings(Map<String, String> secrets) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (ConfigKey key : ConfigKey.OF_TRANSPORTS) {
            if (!text(key).isBlank()) {
                settings.put(key.key(), text(key));
            }
        }
        return new TransportSettings(settings, secrets);
    }

    /** All bounds, each as {@link #limits} reads it. */
    void put(DhtLimits limits) {
        put(ConfigKey.MAX_PEERS, limits.maxPeers());
        put(ConfigKey.MAX_ENTRIES, limits.maxEntries());
        put(ConfigKey.MAX_STORE_BYTES, limits.maxStoreBytes());
        put(ConfigKey.MAX_PENDING_GETS, limits.maxPendingGets());
        put(ConfigKey.MAX_PENDING_GETS_PER_SOURCE, limits.maxPendingGetsPerSource());
        put(ConfigKey.PENDING_GET_TIMEOUT, limits.pendingGetTimeout());
        put(ConfigKey.MAX_LOOKUPS, limits.maxLookups());
        put(ConfigKey.MAX_WANTS, limits.maxWants());
        put(ConfigKey.MAX_VALUE_BYTES, limits.maxValueBytes());
        put(ConfigKey.MAX_FETCHING_BYTES, limits.maxFetchingBytes());
        put(ConfigKey.MAX_COMMANDS, limits.maxCommands());
        put(ConfigKey.MAX_CALLBACKS, limits.maxCallbacks());
        put(ConfigKey.MAX_CONNECTIONS, limits.maxConnections());
        put(ConfigKey.MAX_CONNECTIONS_PER_SOURCE, limits.maxConnectionsPerSource());
        put(ConfigKey.MAX_OUTPUT_BYTES, limits.maxOutputBytes());
        put(ConfigKey.MAX_GUEST_BYTES_PER_SECOND, limits.maxGuestBytesPerSecond());
        put(ConfigKey.MAX_GUEST_BYTES_PER_NETWORK, limits.maxGuestBytesPerNetwork());
        put(ConfigKey.MAX_GUEST_FRAMES_PER_SECOND, limits.maxGuestFramesPerSecond());
        put(ConfigKey.MAX_GUEST_WRITES_PER_SECOND, limits.maxGuestWritesPerSecond());
        put(ConfigKey.FRAME_TIMEOUT, limits.frameTimeout());
        put(ConfigKey.IDLE_TIMEOUT, limits.idleTimeout());
    }

    DhtLimits limits() {
        return new DhtLimits(
                number(ConfigKey.MAX_PEERS),
                number(ConfigKey.MAX_ENTRIES),
                bytes(ConfigKey.MAX_STORE_BYTES),
                number(ConfigKey.MAX_PENDING_GETS),
                number(ConfigKey.MAX_PENDING_GETS_PER_SOURCE),
                duration(ConfigKey.PENDING_GET_TIMEOUT),
                number(ConfigKey.MAX_LOOKUPS),
                number(ConfigKey.MAX_WANTS),
                intBytes(ConfigKey.MAX_VALUE_BYTES),
                bytes(ConfigKey.MAX_FETCHING_BYTES),
                number(ConfigKey.MAX_COMMANDS),
                number(ConfigKey.MAX_CALLBACKS),
                number(ConfigKey.MAX_CONNECTIONS),
                number(ConfigKey.MAX_CONNECTIONS_PER_SOURCE),
                intBytes(ConfigKey.MAX_OUTPUT_BYTES),
                intBytes(ConfigKey.MAX_GUEST_BYTES_PER_SECOND),
                intBytes(ConfigKey.MAX_GUEST_BYTES_PER_NETWORK),
                number(ConfigKey.MAX_GUEST_FRAMES_PER_SECOND),
                number(ConfigKey.MAX_GUEST_WRITES_PER_SECOND),
                duration(ConfigKey.FRAME_TIMEOUT),
                duration(ConfigKey.IDLE_TIMEOUT));
    }
}
