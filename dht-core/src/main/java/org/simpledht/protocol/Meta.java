package org.simpledht.protocol;

import org.simpledht.types.Hash;

/**
 * Which version of an entry is meant, in 32 bytes (docs/PROTOCOL.md, "Entries").
 *
 * @param clock when it was written: Unix milliseconds in the upper 48 bits, a counter in the lower 16; 0 for "nothing held"
 * @param digest the first 8 bytes of the SHA-256 of the content, 0 if there is none
 * @param life unsigned seconds
 * @param size unsigned bytes
 */
public record Meta(Hash key, long clock, long digest, int life, int size) {

    /** The answer to a question about a key of which nothing is held. */
    public static Meta nothing(Hash key) {
        return new Meta(key, 0, 0, 0, 0);
    }

    public boolean isNothing() {
        return clock == 0;
    }
}
