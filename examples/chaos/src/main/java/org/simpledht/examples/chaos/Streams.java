package org.simpledht.examples.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A relay's connections. What is lost of a stream comes late, as it is sent once more; so nothing is missing, and all behind it waits. */
final class Streams {

    private static final int BACKLOG = 50;
    private static final int TO_CONNECT_MILLIS = 5_000;
    private static final int BUFFER_BYTES = 8_192;
    private static final long TO_REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final int node;
    private final int count;
    private final Link out;
    private final Link in;

    Streams(int node, int count, Link out, Link in) {
        this.node = node;
        this.count = count;
        this.out = out;
        this.in = in;
    }

    void begin() throws IOException {
        ServerSocket others = listen(Addresses.ofRelay(node), Addresses.STREAM_PORT);
        new Thread(() -> accept(others, 0)).start();
        for (int other = 1; other <= count; other++) {
            if (other != node) {
                int called = other;
                ServerSocket socket = listen(Addresses.ofNode(called), Addresses.PORT);
                new Thread(() -> accept(socket, called)).start();
            }
        }
    }

    private static ServerSocket listen(String address, int port) throws IOException {
        return new ServerSocket(port, BACKLOG, InetAddress.getByName(address));
    }

    /** For our node if nobody else was called. */
    private void accept(ServerSocket socket, int called) {
        while (true) {
            try {
                Socket caller = socket.accept();
                new Thread(() -> connect(caller, called)).start();
            } catch (IOException e) {
                // Gone again before it was taken.
            }
        }
    }

    private void connect(Socket caller, int called) {
        try {
            Socket callee = new Socket();
            try {
                caller.setTcpNoDelay(true);
                callee.setTcpNoDelay(true);
                if (called == 0) {
                    int from = Addresses.node(caller.getInetAddress().getAddress());
                    callee.bind(new InetSocketAddress(Addresses.ofNode(from), 0));
                    callee.connect(new InetSocketAddress(Addresses.ofNode(node), Addresses.PORT), TO_CONNECT_MILLIS);
                } else {
                    callee.bind(new InetSocketAddress(Addresses.ofRelay(node), 0));
                    callee.connect(
                            new InetSocketAddress(Addresses.ofRelay(called), Addresses.STREAM_PORT), TO_CONNECT_MILLIS);
                }
            } catch (IOException e) {
                close(caller);
                close(callee);
                return;
            }
            new Thread(() -> pump(caller, callee, called == 0 ? in : out)).start();
            pump(callee, caller, called == 0 ? out : in);
        } catch (OutOfMemoryError e) {
            // No thread for it: it is refused.
            close(caller);
        }
    }

    private static void pump(Socket from, Socket to, Link link) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream bytes = from.getInputStream();
            OutputStream target = to.getOutputStream();
            for (int length = bytes.read(buffer); length >= 0; length = bytes.read(buffer)) {
                LockSupport.parkNanos(link.delayNanos());
                while (link.copies() == 0) {
                    LockSupport.parkNanos(TO_REPEAT_NANOS);
                }
                link.touch(buffer, length);
                target.write(buffer, 0, length);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Then it is closed.
        }
    }
}
