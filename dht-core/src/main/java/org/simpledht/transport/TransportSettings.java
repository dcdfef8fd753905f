package org.simpledht.transport;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a configuration says to transports, by name: each takes the settings whose names begin with its scheme, such as
 * {@code tls-key}. Secrets have names of their own, and are in no text that this class makes.
 */
public final class TransportSettings {

    /** Nothing is said. */
    public static final TransportSettings NONE = new TransportSettings(Map.of(), Map.of());

    private final Map<String, String> values;
    private final Map<String, String> secrets;

    /**
     * @param values settings that anybody may see, by name
     * @param secrets others
     */
    public TransportSettings(Map<String, String> values, Map<String, String> secrets) {
        this.values = Map.copyOf(values);
        this.secrets = Map.copyOf(secrets);
    }

    /** The value of that name; empty if none is set. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(Objects.requireNonNull(name, "name")));
    }

    /** The secret of that name; empty if none is set. */
    public Optional<String> secret(String name) {
        return Optional.ofNullable(secrets.get(Objects.requireNonNull(name, "name")));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TransportSettings that && values.equals(that.values) && secrets.equals(that.secrets);
    }

    @Override
    public int hashCode() {
        // Not of the secrets: a hash tells of them, too.
        return values.hashCode();
    }

    /** The values, and the names of the secrets. */
    @Override
    public String toString() {
        Map<String, String> shown = new TreeMap<>(values);
        secrets.keySet().forEach(name -> shown.put(name, "(secret)"));
        return shown.toString();
    }
}
