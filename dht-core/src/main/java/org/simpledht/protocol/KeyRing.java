package org.simpledht.protocol;

import java.util.List;

/**
 * The keys that a node accepts; the first signs. So a key is replaced without a break: add the new one everywhere, make it
 * the first everywhere, remove the old one (docs/PROTOCOL.md, "Hostile networks").
 *
 * @param keys 1 to {@link #MAX_KEYS}, with ids of their own
 */
public record KeyRing(List<ClusterKey> keys) {

    /** Keys at most. */
    public static final int MAX_KEYS = 4;

    public KeyRing {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("a ring has 1 to " + MAX_KEYS + " keys, not " + keys.size());
        }
        long ids = keys.stream().mapToInt(ClusterKey::id).distinct().count();
        if (ids < keys.size()) {
            throw new IllegalArgumentException(
                    "two of the cluster keys have the same id: " + keys + "; replace one of them");
        }
    }

    public static KeyRing of(ClusterKey... keys) {
        return new KeyRing(List.of(keys));
    }

    /** The key that signs. */
    public ClusterKey first() {
        return keys.get(0);
    }
}
