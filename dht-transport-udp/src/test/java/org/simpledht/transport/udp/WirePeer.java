package org.simpledht.transport.udp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.simpledht.Dht;
import org.simpledht.types.NetAddress;

/** Speaks the wire to one node and knows nothing but bytes: they are written here as hexadecimal digits. */
final class WirePeer implements AutoCloseable {

    static final String KEEP_ALIVE = "02";

    /** Far more than any answer takes: an upper bound, not an expectation. */
    private static final int TIMEOUT_MILLIS = 10_000;

    private static final int QUESTIONS = 5;
    private static final int MAX_DATAGRAM_BYTES = 65_535;
    private static final HexFormat HEX = HexFormat.of();

    private final DatagramSocket socket;
    private final InetSocketAddress node;

    private WirePeer(DatagramSocket socket, InetSocketAddress node) {
        this.socket = socket;
        this.node = node;
    }

    /** A stranger to a node that listens on 127.0.0.1, or on all addresses. */
    static WirePeer of(Dht node) {
        int port = node.endpoints().get(0).address().port();
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            return new WirePeer(new DatagramSocket(0, loopback), new InetSocketAddress(loopback, port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    NetAddress address() {
        return NetAddress.of((InetSocketAddress) socket.getLocalSocketAddress());
    }

    /** The Discover that tells of this peer. */
    String asDiscover() {
        return "04047f000001" + String.format("%04x", socket.getLocalPort());
    }

    /** The same, with the address mapped into IPv6. */
    String asMappedDiscover() {
        return "040600000000000000000000ffff7f000001" + String.format("%04x", socket.getLocalPort());
    }

    void send(String hex) {
        send(HEX.parseHex(hex));
    }

    void send(byte[] bytes) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, node));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next datagram that is no KeepAlive. */
    String answer() {
        return next("an answer", hex -> !hex.startsWith(KEEP_ALIVE));
    }

    /** The answer to a question that is sent again until it comes: after a burst the first one may find the buffer full. */
    String answerTo(String question) {
        AssertionError last = null;
        for (int i = 0; i < QUESTIONS; i++) {
            send(question);
            try {
                return next("an answer", hex -> !hex.startsWith(KEEP_ALIVE), TIMEOUT_MILLIS / QUESTIONS);
            } catch (AssertionError e) {
                last = e;
            }
        }
        throw last;
    }

    /** The next KeepAlive, with what rides behind it. */
    String keepAlive() {
        return next("a KeepAlive", hex -> hex.startsWith(KEEP_ALIVE));
    }

    /** Whatever comes next, KeepAlive or not. */
    String anything() {
        return next("anything", hex -> true);
    }

    /** All that has come and was not looked at. */
    List<String> backlog() {
        List<String> backlog = new ArrayList<>();
        DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
        try {
            // The shortest wait there is; 0 would mean for ever.
            socket.setSoTimeout(1);
            while (true) {
                socket.receive(packet);
                backlog.add(HEX.formatHex(packet.getData(), 0, packet.getLength()));
            }
        } catch (SocketTimeoutException e) {
            return backlog;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private String next(String what, Predicate<String> wanted) {
        return next(what, wanted, TIMEOUT_MILLIS);
    }

    private String next(String what, Predicate<String> wanted, int timeoutMillis) {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
        long deadlineNanos = System.nanoTime() + timeoutMillis * 1_000_000L;
        try {
            while (System.nanoTime() - deadlineNanos < 0) {
                socket.setSoTimeout(timeoutMillis);
                socket.receive(packet);
                String hex = HEX.formatHex(packet.getData(), 0, packet.getLength());
                if (wanted.test(hex)) {
                    return hex;
                }
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError(node + " did not send " + what, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError(node + " did not send " + what);
    }
}
