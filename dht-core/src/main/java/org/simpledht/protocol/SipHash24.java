package org.simpledht.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012) of the 32 bytes of a {@link Meta}, of which reconciliation adds up sums
 * (docs/PROTOCOL.md, "Reconciliation"). Only that length exists here. Immutable; hashing allocates nothing.
 */
public final class SipHash24 {

    /** Bytes of a key. */
    public static final int KEY_BYTES = 16;

    private static final int WORDS = 5;
    /** The last word holds what is left of the message, nothing, and in its highest byte how long it was. */
    private static final long LAST_WORD = (long) Meta.BYTES << 56;

    private static final int COMPRESSION_ROUNDS = 2;
    private static final int FINAL_ROUNDS = 4;

    private final long key0;
    private final long key1;

    /**
     * @throws IllegalArgumentException if the key has not {@link #KEY_BYTES} bytes
     */
    public SipHash24(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key of SipHash has " + KEY_BYTES + " bytes, not " + key.length);
        }
        ByteBuffer bytes = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        key0 = bytes.getLong();
        key1 = bytes.getLong();
    }

    /** The hash of that Meta, as a number. */
    public long of(Meta meta) {
        return of(meta.key().bits(), meta.clock(), meta.digest(), meta.life(), meta.size());
    }

    /** The hash of the Meta with these fields, for tables that keep them without one. */
    public long of(long key, long clock, long digest, int life, int size) {
        // A Meta is big endian and SipHash little.
        long word0 = Long.reverseBytes(key);
        long word1 = Long.reverseBytes(clock);
        long word2 = Long.reverseBytes(digest);
        long word3 = Long.reverseBytes((long) life << 32 | Integer.toUnsignedLong(size));
        long v0 = key0 ^ 0x736f_6d65_7073_6575L;
        long v1 = key1 ^ 0x646f_7261_6e64_6f6dL;
        long v2 = key0 ^ 0x6c79_6765_6e65_7261L;
        long v3 = key1 ^ 0x7465_6462_7974_6573L;
        // Rounds stand in one place and state in local variables: this runs for each entry that changes.
        for (int i = 0; i <= WORDS; i++) {
            boolean last = i == WORDS;
            long word =
                    switch (i) {
                        case 0 -> word0;
                        case 1 -> word1;
                        case 2 -> word2;
                        case 3 -> word3;
                        case 4 -> LAST_WORD;
                        default -> 0;
                    };
            v3 ^= word;
            v2 ^= last ? 0xff : 0;
            int rounds = last ? FINAL_ROUNDS : COMPRESSION_ROUNDS;
            for (int round = 0; round < rounds; round++) {
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32) + v3;
                v2 += v1;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
