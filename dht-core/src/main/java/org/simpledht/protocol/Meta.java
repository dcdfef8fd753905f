package org.simpledht.protocol;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.simpledht.types.Content;
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

    /** Bytes that {@link #writeTo} writes and {@link #read} reads. */
    public static final int BYTES = 32;

    private static final int CLOCK_COUNTER_BITS = 16;
    private static final long MILLIS_PER_SECOND = 1_000;

    public Meta {
        Objects.requireNonNull(key, "key");
    }

    /**
     * The version that this content is.
     *
     * @param life unsigned seconds
     */
    public static Meta of(Hash key, long clock, int life, Content content) {
        return new Meta(key, clock, ContentDigest.of(content), life, content.size());
    }

    /** A version without content, which is how a removal is written. */
    public static Meta removal(Hash key, long clock) {
        return new Meta(key, clock, 0, 0, 0);
    }

    /** The answer to a question about a key of which nothing is held. */
    public static Meta nothing(Hash key) {
        return new Meta(key, 0, 0, 0, 0);
    }

    public boolean isNothing() {
        return clock == 0;
    }

    public boolean isRemoval() {
        return digest == 0 && clock != 0;
    }

    /** Unix milliseconds of the write. */
    public long clockMillis() {
        return clock >>> CLOCK_COUNTER_BITS;
    }

    /** Unix milliseconds from which on it is no longer visible. */
    public long endMillis() {
        return clockMillis() + MILLIS_PER_SECOND * Integer.toUnsignedLong(life);
    }

    /** The version without its lease: a renewal has the same. */
    public Version version() {
        return new Version(key, clock, digest);
    }

    /**
     * The order in which the larger wins: clock, digest, life, size, each unsigned. The key plays no part.
     *
     * @return negative, zero or positive, like {@link Comparable}
     */
    public int compareVersion(Meta other) {
        int order = Long.compareUnsigned(clock, other.clock);
        if (order == 0) {
            order = Long.compareUnsigned(digest, other.digest);
        }
        if (order == 0) {
            order = Integer.compareUnsigned(life, other.life);
        }
        return order == 0 ? Integer.compareUnsigned(size, other.size) : order;
    }

    /** True if this one wins over another of its key. */
    public boolean isLargerThan(Meta other) {
        return compareVersion(other) > 0;
    }

    /**
     * Writes {@link #BYTES} bytes; the buffer advances.
     *
     * @throws java.nio.BufferOverflowException if fewer remain
     */
    public void writeTo(ByteBuffer out) {
        out.putLong(key.bits()).putLong(clock).putLong(digest).putInt(life).putInt(size);
    }

    /**
     * Reads {@link #BYTES} bytes, which are always a Meta; the buffer advances.
     *
     * @throws java.nio.BufferUnderflowException if fewer remain
     */
    public static Meta read(ByteBuffer in) {
        return new Meta(new Hash(in.getLong()), in.getLong(), in.getLong(), in.getInt(), in.getInt());
    }
}
