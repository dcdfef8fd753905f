package org.simpledht.protocol;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Frames as bytes: {@code carrier [ extension ]} (docs/PROTOCOL.md, "Frames"). The only door to the wire format; both
 * transports carry these same bytes.
 */
public final class FrameCodec {

    /** The largest frame that UDP carries, save a whole classic Put: it stays below the path MTU nearly everywhere. */
    public static final int DATAGRAM_BYTES = 1_200;

    /** Bytes that the header of an extension adds to a frame. */
    public static final int HEADER_BYTES = ExtensionLayout.HEADER_BYTES;

    /** Bytes that a MAC adds to a frame. */
    public static final int MAC_BYTES = ExtensionLayout.MAC_BYTES;

    /** Bytes that each record adds to a frame besides its body. */
    public static final int RECORD_HEADER_BYTES = ExtensionLayout.RECORD_HEADER_BYTES;

    /** Bytes of a Put besides its content. */
    public static final int PUT_OVERHEAD_BYTES = MessageCodec.PUT_OVERHEAD_BYTES;

    private FrameCodec() {}

    /**
     * Reads one frame, which is all that remains of the buffer. One with a MAC is refused, for nobody can say if it is
     * genuine.
     *
     * @return the frame, or why there is none; nothing is ever thrown, whatever the bytes
     */
    public static Decoded decode(ByteBuffer in) {
        return read(in, null);
    }

    /**
     * Reads one frame, which is all that remains of the buffer. One whose MAC is not genuine is refused; one without any
     * is read like any other, and what it may change is the caller's to decide.
     *
     * @return the frame, or why there is none; nothing is ever thrown, whatever the bytes
     */
    public static Decoded decode(ByteBuffer in, FrameMac mac) {
        return read(in, Objects.requireNonNull(mac, "mac"));
    }

    private static Decoded read(ByteBuffer in, FrameMac mac) {
        Refusal[] why = new Refusal[1];
        int start = in.position();
        Message carrier = MessageCodec.decode(in, why);
        if (carrier == null) {
            return why[0];
        }
        if (!ExtensionCodec.begins(in)) {
            return Frame.classic(carrier);
        }
        Extension extension = ExtensionCodec.decode(in, mac, start, why);
        return extension == null ? why[0] : Frame.extended(carrier, extension);
    }

    /** Bytes that {@link #encode(Frame, ByteBuffer)} writes; with a MAC it is {@link #MAC_BYTES} more. */
    public static int size(Frame frame) {
        Extension extension = frame.extension().orElse(null);
        return MessageCodec.size(frame.carrier()) + (extension == null ? 0 : ExtensionCodec.size(extension));
    }

    /** Bytes that a record adds to a frame. */
    public static int size(ExtensionRecord record) {
        return ExtensionSizes.of(record);
    }

    /**
     * Writes one frame without a MAC; the buffer advances.
     *
     * @throws java.nio.BufferOverflowException if fewer than {@link #size(Frame)} bytes remain
     */
    public static void encode(Frame frame, ByteBuffer out) {
        MessageCodec.encode(frame.carrier(), out);
        Extension extension = frame.extension().orElse(null);
        if (extension != null) {
            ExtensionCodec.encode(extension, out);
        }
    }

    /**
     * Writes one frame with a MAC; the buffer advances.
     *
     * @param receiverId the node id of the addressee, 0 if unknown
     * @throws IllegalArgumentException if the frame has no extension, and so no place for a MAC
     * @throws java.nio.BufferOverflowException if fewer than {@link #size(Frame)} and {@link #MAC_BYTES} bytes remain
     */
    public static void encode(Frame frame, FrameMac mac, long receiverId, ByteBuffer out) {
        Extension extension = frame.extension()
                .orElseThrow(() -> new IllegalArgumentException("only a frame with an extension can have a MAC"));
        int start = out.position();
        MessageCodec.encode(frame.carrier(), out);
        ExtensionCodec.encode(extension, mac, receiverId, out, start);
    }
}
