package org.simpledht.transport.tcp;

import java.nio.ByteBuffer;
import org.simpledht.transport.StreamLimits;

/**
 * Cuts a connection's bytes into frames, however they arrive.
 *
 * <pre>
 *   0               4               4 + length
 *   +---------------+---------------+
 *   | length u32 BE | frame         |  ...
 *   +---------------+---------------+
 * </pre>
 *
 * <p>A frame that is whole in the input is handed over where it lies. Only a begun one is copied, into a buffer that grows
 * with what arrived, never by what the length promises, and that is released with its frame: a connection between
 * two frames holds no buffer.
 */
final class FrameReader {

    static final int LENGTH_BYTES = Integer.BYTES;

    /** The most that one frame takes on the wire. */
    static final int MAX_BYTES = LENGTH_BYTES + StreamLimits.MAX_FRAME_BYTES;

    private static final int LEAST_CAPACITY = 256;

    /** What arrived of the begun frame, its length included, ending at the position; null between two frames. */
    private ByteBuffer begun;

    private boolean broken;

    /**
     * The next frame, or null if the input has no whole one left: then either all of it is consumed, or the framing
     * {@linkplain #isBroken is broken}.
     *
     * @param input big-endian
     * @return what remains of it is the frame; valid until the input is changed or the next call
     */
    ByteBuffer next(ByteBuffer input) {
        if (broken) {
            return null;
        }
        if (begun != null) {
            return continued(input);
        }
        if (input.remaining() >= LENGTH_BYTES) {
            int length = input.getInt(input.position());
            if (breaks(length)) {
                return null;
            }
            if (input.remaining() - LENGTH_BYTES >= length) {
                ByteBuffer frame = input.slice(input.position() + LENGTH_BYTES, length);
                input.position(input.position() + LENGTH_BYTES + length);
                return frame;
            }
        }
        if (input.hasRemaining()) {
            keep(input, input.remaining());
        }
        return null;
    }

    private ByteBuffer continued(ByteBuffer input) {
        if (begun.position() < LENGTH_BYTES) {
            keep(input, Math.min(input.remaining(), LENGTH_BYTES - begun.position()));
            if (begun.position() < LENGTH_BYTES) {
                return null;
            }
        }
        int length = begun.getInt(0);
        if (breaks(length)) {
            return null;
        }
        keep(input, Math.min(input.remaining(), LENGTH_BYTES + length - begun.position()));
        if (begun.position() < LENGTH_BYTES + length) {
            return null;
        }
        ByteBuffer frame = begun.slice(LENGTH_BYTES, length);
        begun = null;
        return frame;
    }

    /** Compared as unsigned: a length of 2 GiB and more is negative as a Java int. */
    private boolean breaks(int length) {
        broken = Integer.compareUnsigned(length, StreamLimits.MAX_FRAME_BYTES) > 0;
        if (broken) {
            begun = null;
        }
        return broken;
    }

    private void keep(ByteBuffer input, int bytes) {
        int held = begun == null ? 0 : begun.position();
        if (begun == null || begun.remaining() < bytes) {
            int capacity = Math.max(LEAST_CAPACITY, Math.max(held + bytes, Math.min(2 * held, MAX_BYTES)));
            ByteBuffer larger = ByteBuffer.allocate(capacity);
            begun = begun == null ? larger : larger.put(begun.flip());
        }
        begun.put(begun.position(), input, input.position(), bytes);
        begun.position(held + bytes);
        input.position(input.position() + bytes);
    }

    /** Throws away the begun frame. */
    void clear() {
        begun = null;
    }

    /** True from the first byte of a frame's length to the last byte before its end. */
    boolean isMidFrame() {
        return begun != null;
    }

    /** True once a length was beyond {@link StreamLimits#MAX_FRAME_BYTES}; nothing can be read any more. */
    boolean isBroken() {
        return broken;
    }

    /** What the begun frame takes in memory. */
    int bufferedBytes() {
        return begun == null ? 0 : begun.capacity();
    }
}
