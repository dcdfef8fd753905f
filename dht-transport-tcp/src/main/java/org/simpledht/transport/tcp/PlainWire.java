package org.simpledht.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes as they are. */
final class PlainWire implements Wire {

    private final SocketChannel socket;
    private boolean inputOver;
    private long writtenBytes;

    PlainWire(SocketChannel socket) {
        this.socket = socket;
    }

    @Override
    public void begin() {
        // Frames may pass at once.
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void read(ByteBuffer into) throws IOException {
        inputOver = socket.read(into) < 0;
    }

    @Override
    public boolean isInputOver() {
        return inputOver;
    }

    @Override
    public boolean takesInput() {
        return true;
    }

    @Override
    public void resume() {
        // Nothing is done elsewhere.
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int written = socket.write(bytes);
        writtenBytes += written;
        return written;
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public boolean isClear() {
        return true;
    }

    @Override
    public void finishOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void discardInput() {
        // Whoever reads it throws it away.
    }

    @Override
    public int bufferedBytes() {
        return 0;
    }

    @Override
    public long writtenBytes() {
        return writtenBytes;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() {
        Sockets.close(socket);
    }
}
