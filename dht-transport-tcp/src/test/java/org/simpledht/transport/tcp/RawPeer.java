package org.simpledht.transport.tcp;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

/** A plain blocking socket in place of the other node: it can do everything that a node would not. */
final class RawPeer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final DataInputStream input;

    RawPeer(NetAddress to) throws IOException {
        this(to, NetAddress.of(new byte[4], 0));
    }

    RawPeer(NetAddress to, NetAddress from) throws IOException {
        socket.setReuseAddress(true);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        // Small, so that a peer that does not read is soon noticed.
        socket.setReceiveBufferSize(4096);
        socket.bind(from.toSocketAddress());
        socket.connect(to.toSocketAddress());
        input = new DataInputStream(socket.getInputStream());
    }

    NetAddress local() {
        return NetAddress.of((InetSocketAddress) socket.getLocalSocketAddress());
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void write(String hex) throws IOException {
        write(HexFormat.of().parseHex(hex));
    }

    void writeFrame(byte[] frame) throws IOException {
        write(ByteBuffer.allocate(4 + frame.length)
                .putInt(frame.length)
                .put(frame)
                .array());
    }

    Content readFrame() throws IOException {
        byte[] frame = new byte[input.readInt()];
        input.readFully(frame);
        return Content.of(frame);
    }

    /** Reads frames until the other side ends the connection in good order; fails if it ends within a frame. */
    int countFramesToTheEnd(int bytes) throws IOException {
        for (int count = 0; ; count++) {
            int first = input.read();
            if (first < 0) {
                return count;
            }
            int length = first << 24 | input.readUnsignedShort() << 8 | input.readUnsignedByte();
            if (length != bytes) {
                throw new AssertionError("frame " + count + " has " + length + " bytes");
            }
            input.readFully(new byte[length]);
        }
    }

    /** Waits for the other side to end the connection, in good order or with a reset. */
    void awaitEnd() throws IOException {
        try {
            if (input.read() >= 0) {
                throw new AssertionError("bytes came instead of the end");
            }
        } catch (SocketException e) {
            // A reset is an end, too.
        }
    }

    void finishOutput() throws IOException {
        socket.shutdownOutput();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    static NetAddress address(String host, int port) throws IOException {
        return NetAddress.of(InetAddress.getByName(host).getAddress(), port);
    }
}
