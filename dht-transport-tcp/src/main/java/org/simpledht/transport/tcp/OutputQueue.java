package org.simpledht.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.simpledht.transport.StreamLimits;

/**
 * What one connection has yet to write: frames behind their lengths, as one ring of bytes, so that many small
 * frames leave in one call. Takes no memory to speak of while it is empty.
 */
final class OutputQueue {

    private static final byte[] NOTHING = {};
    private static final int LEAST_CAPACITY = 1024;

    /** An empty ring up to this size is kept, so that the usual small frames of each second make no garbage. */
    private static final int KEPT_CAPACITY = 4096;

    private final int maxBytes;
    private byte[] ring = NOTHING;
    private int head;
    private int size;

    /**
     * @param maxBytes the bound, lengths included
     */
    OutputQueue(int maxBytes) {
        this.maxBytes = maxBytes;
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
        if (bytes > maxBytes - size) {
            return false;
        }
        reserve(bytes);
        for (int shift = 24; shift >= 0; shift -= 8) {
            ring[index(size++)] = (byte) (length >>> shift);
        }
        int tail = index(size);
        int first = Math.min(length, ring.length - tail);
        frame.get(frame.position(), ring, tail, first);
        frame.get(frame.position() + first, ring, 0, length - first);
        size += length;
        return true;
    }

    /**
     * Writes until nothing is left or the channel takes no more. What was written before a failure counts as written.
     *
     * @param staging a direct buffer that is lent for the call; its size is the most that one write takes
     * @return true if nothing is left
     */
    boolean writeTo(WritableByteChannel channel, ByteBuffer staging) throws IOException {
        while (size > 0) {
            staging.clear();
            int bytes = Math.min(size, staging.remaining());
            int first = Math.min(bytes, ring.length - head);
            staging.put(ring, head, first).put(ring, 0, bytes - first).flip();
            int written = channel.write(staging);
            head = index(written);
            size -= written;
            if (written < bytes) {
                return false;
            }
        }
        head = 0;
        if (ring.length > KEPT_CAPACITY) {
            ring = NOTHING;
        }
        return true;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** What it takes in memory. */
    int bufferedBytes() {
        return ring.length;
    }

    private void reserve(int more) {
        if (more <= ring.length - size) {
            return;
        }
        int doubled = (int) Math.min(2L * ring.length, maxBytes);
        byte[] larger = new byte[Math.max(Math.max(size + more, doubled), Math.min(LEAST_CAPACITY, maxBytes))];
        int first = Math.min(size, ring.length - head);
        System.arraycopy(ring, head, larger, 0, first);
        System.arraycopy(ring, 0, larger, first, size - first);
        ring = larger;
        head = 0;
    }

    private int index(int offset) {
        int index = head + offset - ring.length;
        return index < 0 ? index + ring.length : index;
    }
}
