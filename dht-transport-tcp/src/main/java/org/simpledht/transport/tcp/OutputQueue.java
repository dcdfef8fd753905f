package org.simpledht.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.simpledht.transport.StreamLimits;

/**
 * What one connection has yet to write: frames behind their lengths, as bytes in blocks, so that many small
 * frames leave in one call. Takes no memory to speak of while it is empty.
 *
 * <p>In blocks, because one array that grows is copied each time, and takes two of the larger regions of a small heap, where many of
 * them leave no two beside each other.
 */
final class OutputQueue {

    private static final int LEAST_BLOCK = 1 << 10;
    private static final int LARGEST_BLOCK = 1 << 16;

    private final int maxBytes;
    private final Deque<byte[]> blocks = new ArrayDeque<>(1);

    /** Where the first block's bytes begin. */
    private int head;

    /** Where the last block's bytes end. */
    private int tail;

    private int size;
    private int bufferedBytes;

    /**
     * @param maxBytes the bound, lengths included
     */
    OutputQueue(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether a frame of that length would be taken. */
    boolean hasRoomFor(int length) {
        return FrameReader.LENGTH_BYTES + length <= maxBytes - size;
    }

    /**
     * Appends what remains of the buffer as one frame; the buffer stays as it was.
     *
     * @return false if the frame as a whole is beyond the bound: nothing of it was taken
     */
    boolean offer(ByteBuffer frame) {
        int length = frame.remaining();
        assert length <= StreamLimits.MAX_FRAME_BYTES : length;
        int bytes = FrameReader.LENGTH_BYTES + length;
        if (!hasRoomFor(length)) {
            return false;
        }
        for (int shift = 24; shift >= 0; shift -= 8) {
            roomFor(bytes)[tail++] = (byte) (length >>> shift);
        }
        for (int taken = 0; taken < length; ) {
            byte[] last = roomFor(length - taken);
            int count = Math.min(length - taken, last.length - tail);
            frame.get(frame.position() + taken, last, tail, count);
            tail += count;
            taken += count;
        }
        size += bytes;
        return true;
    }

    /** The last block, which has room for at least one byte. */
    private byte[] roomFor(int bytes) {
        byte[] last = blocks.peekLast();
        if (last == null || tail == last.length) {
            int doubled = last == null ? LEAST_BLOCK : 2 * last.length;
            last = new byte[Math.min(Math.max(bytes, doubled), LARGEST_BLOCK)];
            blocks.add(last);
            bufferedBytes += last.length;
            tail = 0;
        }
        return last;
    }

    /**
     * Writes until nothing is left or the channel takes no more. What was written before a failure counts as written.
     *
     * @param staging a direct buffer that is lent for the call; its size is the most that one write takes
     * @return true if nothing is left
     */
    boolean writeTo(WritableByteChannel channel, ByteBuffer staging) throws IOException {
        while (size > 0) {
            int staged = stage(staging.clear());
            int written = channel.write(staging.flip());
            drop(written);
            if (written < staged) {
                return false;
            }
        }
        return true;
    }

    private int stage(ByteBuffer staging) {
        int from = head;
        int left = Math.min(size, staging.remaining());
        int staged = left;
        for (byte[] block : blocks) {
            int count = Math.min(left, block.length - from);
            staging.put(block, from, count);
            from = 0;
            left -= count;
            if (left == 0) {
                break;
            }
        }
        return staged;
    }

    private void drop(int written) {
        size -= written;
        head += written;
        while (!blocks.isEmpty() && head >= blocks.peekFirst().length) {
            byte[] first = blocks.removeFirst();
            head -= first.length;
            bufferedBytes -= first.length;
        }
        if (size == 0) {
            empty();
        }
    }

    /** One small block is kept, so that the usual small frames of each second make no garbage. */
    private void empty() {
        head = 0;
        tail = 0;
        if (blocks.size() != 1 || bufferedBytes > LEAST_BLOCK) {
            blocks.clear();
            bufferedBytes = 0;
        }
    }

    /** Throws away what is left. */
    void clear() {
        size = 0;
        empty();
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** What it takes in memory. */
    int bufferedBytes() {
        return bufferedBytes;
    }
}
