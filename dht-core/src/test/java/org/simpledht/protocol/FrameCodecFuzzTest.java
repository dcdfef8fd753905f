package org.simpledht.protocol;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Any bytes are a frame or none. What is a frame can be written and read again, and is no longer than it was. */
class FrameCodecFuzzTest {

    private static final FrameMac MAC = new FrameMac(KeyRing.of(ClusterKey.of(new byte[] {1, 2, 3})), 7);

    /** Stands around the frame, so that a reader that looks beyond it sees other bytes. */
    private static final int MARGIN = 4;

    @FuzzTest
    void anyBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Decoded decoded = FrameCodec.decode(in);
        if (decoded instanceof Frame frame) {
            String trouble = troubleOf(frame, bytes);
            if (trouble != null) {
                throw new AssertionError(trouble + ": " + frame);
            }
        } else if (!(decoded instanceof Refusal)) {
            throw new AssertionError("neither a frame nor a refusal: " + decoded);
        }
        if (decoded == Refusal.UNAUTHENTIC && FrameCodec.decode(ByteBuffer.wrap(bytes), MAC) instanceof Frame frame) {
            throw new AssertionError("a forged MAC is taken for genuine: " + frame);
        }
    }

    private static String troubleOf(Frame frame, byte[] bytes) {
        int size = FrameCodec.size(frame);
        if (size > bytes.length) {
            return "larger than it came";
        }
        byte[] room = new byte[size + 2 * MARGIN];
        Arrays.fill(room, (byte) 0x55);
        ByteBuffer out = ByteBuffer.wrap(room, MARGIN, size);
        FrameCodec.encode(frame, out);
        if (out.hasRemaining()) {
            return "shorter than its size";
        }
        return FrameCodec.decode(ByteBuffer.wrap(room, MARGIN, size)).equals(frame) ? null : "read again it is another";
    }
}
