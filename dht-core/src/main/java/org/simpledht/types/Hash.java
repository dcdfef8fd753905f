package org.simpledht.types;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * The key of an entry: 64 bits, chosen by whoever puts it. Nothing requires it to be a digest of the content.
 *
 * <p>Ordered as an unsigned number, which is the order of its notation.
 *
 * @param bits the 64 bits, big endian on the wire
 */
public record Hash(long bits) implements Comparable<Hash> {

    private static final Pattern NOTATION = Pattern.compile("[0-9a-fA-F]{1,16}");

    /**
     * Reads the original's notation: 1 to 16 hexadecimal digits, filled with zeros on the left.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Hash parse(String text) {
        if (!NOTATION.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "not a hash: " + Printable.quote(text) + "; a hash is 1 to 16 hexadecimal digits, such as 2a");
        }
        return new Hash(Long.parseUnsignedLong(text, 16));
    }

    /** The hash of any text: the first 8 bytes of the SHA-256 of its UTF-8. */
    public static Hash ofText(String text) {
        return new Hash(
                ByteBuffer.wrap(sha256(text.getBytes(StandardCharsets.UTF_8))).getLong());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    // Written out: looked up several times for every frame, and what a record does by itself takes several times as
    // long.

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && bits == hash.bits;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bits);
    }

    @Override
    public int compareTo(Hash other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    /** 16 hexadecimal digits, in lower case. */
    @Override
    public String toString() {
        String digits = Long.toHexString(bits);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
