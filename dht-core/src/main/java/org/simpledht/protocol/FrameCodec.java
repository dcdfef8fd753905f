package org.simpledht.protocol;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Frames as bytes: {@code carrier [ extension ]} (docs/PROTOCOL.md, "Frames"). The only door to the wire format; both
 * transports carry these same bytes.
 */
public final class FrameCodec {

    /** The largest frame that UDP carries, save a whole classic Put: it stays below the path MTU nearly everywhere. */
    public static final int DATAGRAM_BYTES = 1_200;

    /** Bytes that the header of an extension adds to a frame. */
    public static final int HEADER_BYTES = ExtensionCodec.HEADER_BYTES;

    /** Bytes of a Put besides its content. */
    public static final int PUT_OVERHEAD_BYTES = MessageCodec.PUT_OVERHEAD_BYTES;

    private FrameCodec() {}

    /**
     * Reads one frame, which is all that remains of the buffer.
     *
     * @return the frame, or why there is none; nothing is ever thrown, whatever the bytes
     */
    public static Decoded decode(ByteBuffer in) {
        Refusal[] why = new Refusal[1];
        Message carrier = MessageCodec.decode(in, why);
        if (carrier == null) {
            return why[0];
        }
        if (!ExtensionCodec.begins(in)) {
            return Frame.classic(carrier);
        }
        Extension extension = ExtensionCodec.decode(in, why);
        return extension == null ? why[0] : new Frame(carrier, Optional.of(extension));
    }

    /** Bytes that {@link #encode} writes. */
    public static int size(Frame frame) {
        int extensionBytes = frame.extension().map(ExtensionCodec::size).orElse(0);
        return MessageCodec.size(frame.carrier()) + extensionBytes;
    }

    /**
     * Writes one frame; the buffer advances.
     *
     * @throws java.nio.BufferOverflowException if fewer than {@link #size} bytes remain
     */
    public static void encode(Frame frame, ByteBuffer out) {
        MessageCodec.encode(frame.carrier(), out);
        frame.extension().ifPresent(extension -> ExtensionCodec.encode(extension, out));
    }
}
