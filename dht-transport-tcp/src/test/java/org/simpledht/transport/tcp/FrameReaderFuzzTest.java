package org.simpledht.transport.tcp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import org.simpledht.transport.StreamLimits;

/** A connection's bytes are the same frames however they arrive: those that a reading of the whole finds. */
class FrameReaderFuzzTest {

    /** The first bytes say how the others are split. */
    private static final int SEED_BYTES = 2;

    private static final int LEAST_CAPACITY = 256;

    @FuzzTest
    void anyBytesInAnyPieces(byte[] bytes) {
        if (bytes.length > SEED_BYTES) {
            int seed = (bytes[0] & 0xff) << Byte.SIZE | bytes[1] & 0xff;
            check(bytes, bytes.length, 0);
            check(bytes, 1, 0);
            check(bytes, 1 + seed % 64, seed);
        }
    }

    /**
     * @param most so many bytes come at once at most
     * @param seed 0 for always as many
     */
    private static void check(byte[] bytes, int most, int seed) {
        FrameReader reader = new FrameReader();
        ByteBuffer wire = ByteBuffer.wrap(bytes);
        int dice = seed;
        int next = SEED_BYTES;
        for (int at = SEED_BYTES; at < bytes.length && !reader.isBroken(); ) {
            dice = dice * 1_103_515_245 + 12_345;
            int piece = seed == 0 ? most : 1 + (dice >>> 16) % most;
            int end = Math.min(at + piece, bytes.length);
            wire.limit(end).position(at);
            for (ByteBuffer frame = reader.next(wire); frame != null; frame = reader.next(wire)) {
                next = afterFrame(bytes, next, end, frame);
            }
            lookAt(reader, wire, next, end);
            at = end;
        }
    }

    /** The frame is the next one of the wire, of which so much has come. */
    private static int afterFrame(byte[] bytes, int next, int end, ByteBuffer frame) {
        int length = frame.remaining();
        int begin = next + FrameReader.LENGTH_BYTES;
        require(begin + length <= end && lengthAt(ByteBuffer.wrap(bytes), next) == length, "a frame of another length");
        require(frame.equals(ByteBuffer.wrap(bytes, begin, length)), "other bytes in a frame");
        return begin + length;
    }

    /** All whole frames were handed over, and no more is held than what the begun one needs. */
    private static void lookAt(FrameReader reader, ByteBuffer wire, int next, int end) {
        int held = end - next;
        boolean hasLength = held >= FrameReader.LENGTH_BYTES;
        long length = hasLength ? lengthAt(wire, next) : 0;
        require(reader.isBroken() == length > StreamLimits.MAX_FRAME_BYTES, "broken or not");
        if (reader.isBroken()) {
            require(reader.bufferedBytes() == 0, "something is held for what will not come");
            return;
        }
        require(!wire.hasRemaining(), "something is left unread");
        require(!hasLength || held < FrameReader.LENGTH_BYTES + length, "a whole frame was not handed over");
        require(reader.isMidFrame() == held > 0, "begun or not");
        require(
                reader.bufferedBytes() <= (held == 0 ? 0 : Math.max(LEAST_CAPACITY, 2 * held)),
                "more is held than came");
    }

    private static long lengthAt(ByteBuffer wire, int at) {
        return Integer.toUnsignedLong(wire.getInt(at));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
