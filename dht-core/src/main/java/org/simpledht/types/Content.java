package org.simpledht.types;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * What an entry holds: immutable bytes, compared by value. A record would compare its array by identity, hence a class.
 *
 * <p>Safe to share between threads.
 */
public final class Content {

    /** No bytes at all, which is a content like any other. */
    public static final Content EMPTY = new Content(new byte[0]);

    private final byte[] bytes;

    private Content(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of the given bytes. */
    public static Content of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Content(bytes.clone());
    }

    /** The text in UTF-8. */
    public static Content ofText(String text) {
        return text.isEmpty() ? EMPTY : new Content(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the next {@code length} bytes of the buffer, which advances by them. */
    public static Content read(ByteBuffer buffer, int length) {
        if (length == 0) {
            return EMPTY;
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return new Content(bytes);
    }

    /** Number of bytes. */
    public int size() {
        return bytes.length;
    }

    /**
     * A copy of some of the bytes.
     *
     * @throws IndexOutOfBoundsException if there are not so many from there on
     */
    public Content slice(int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return length == 0 ? EMPTY : new Content(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** The bytes read as UTF-8; what is not UTF-8 becomes U+FFFD. Not escaped: see {@link Printable}. */
    public String toText() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The bytes themselves, read-only and without a copy. */
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /**
     * Writes the bytes to the buffer, which advances by them.
     *
     * @throws java.nio.BufferOverflowException if they do not fit
     */
    public void writeTo(ByteBuffer buffer) {
        buffer.put(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The size alone: a content may be large, secret or hostile, and this text ends up in logs. */
    @Override
    public String toString() {
        return "Content[" + bytes.length + " bytes]";
    }
}
