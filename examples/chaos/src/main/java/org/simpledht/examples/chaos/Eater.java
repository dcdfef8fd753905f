package org.simpledht.examples.chaos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Opens connections to a node for as long as it lives, a process of its own: what the node gives back of its descriptors goes here. */
final class Eater {

    private static final int HEAP_MEGABYTES = 32;
    private static final int CONNECTIONS = 60;
    private static final int TO_CONNECT_MILLIS = 1_000;

    private Eater() {}

    static Process start(Namespace namespace, int node) throws IOException {
        return new ProcessBuilder(
                        namespace.inside(Jvm.ours(HEAP_MEGABYTES, Eater.class, List.of(Addresses.ofNode(node)))))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Argument: the address. Ends when standard input does. */
    public static void main(String[] args) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(args[0], Addresses.PORT), TO_CONNECT_MILLIS);
                sockets.add(socket);
            } catch (IOException e) {
                socket.close();
            }
        }
        while (System.in.read() >= 0) {
            // Nobody says anything.
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
