package org.simpledht.protocol;

import java.util.Objects;
import org.simpledht.types.Hash;

/**
 * Which content of a key is meant, whatever its lease (docs/PROTOCOL.md, "Entries"). The clock alone would not do: two
 * writes that tie would stay different for ever.
 *
 * @param clock as in {@link Meta}, 0 for "nothing held"
 * @param digest as in {@link Meta}, 0 if there is no content
 */
public record Version(Hash key, long clock, long digest) {

    public Version {
        Objects.requireNonNull(key, "key");
    }

    /** Of whoever holds nothing under that key. */
    public static Version nothing(Hash key) {
        return new Version(key, 0, 0);
    }
}
