package org.simpledht.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What a socket did not take of what was written to it, and takes before all else. Holds no buffer while that is nothing. */
final class Unsent {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel socket;
    private ByteBuffer rest = NOTHING;
    private long writtenBytes;

    Unsent(SocketChannel socket) {
        this.socket = socket;
    }

    /** Writes, and keeps what the socket does not take behind what it did not take before. */
    void send(ByteBuffer bytes) throws IOException {
        if (flush()) {
            writtenBytes += socket.write(bytes);
        }
        if (bytes.hasRemaining()) {
            ByteBuffer more = ByteBuffer.allocate(rest.remaining() + bytes.remaining());
            rest = more.put(rest).put(bytes).flip();
        }
    }

    /** Writes what it holds, as far as the socket takes it. True if nothing is left. */
    boolean flush() throws IOException {
        if (rest.hasRemaining()) {
            writtenBytes += socket.write(rest);
            if (!rest.hasRemaining()) {
                rest = NOTHING;
            }
        }
        return isEmpty();
    }

    boolean isEmpty() {
        return !rest.hasRemaining();
    }

    /** How much is still to be written. */
    int bytes() {
        return rest.remaining();
    }

    /** What it takes in memory. */
    int bufferedBytes() {
        return rest.capacity();
    }

    /** How much the socket has taken so far. */
    long writtenBytes() {
        return writtenBytes;
    }

    /** Throws away what is left. */
    void clear() {
        rest = NOTHING;
    }
}
