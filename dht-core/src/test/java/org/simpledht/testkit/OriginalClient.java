package org.simpledht.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Predicate;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

/**
 * The client of 2017: asks once, never again, and takes the first answer that fits, from whomever it comes. It waited for
 * ever; this one fails after a timeout. Each is a socket of its own, and so a peer of whom it asks.
 */
public final class OriginalClient implements AutoCloseable {

    private static final int MAX_DATAGRAM_BYTES = 65_535;

    private final DatagramSocket socket;
    private final InetSocketAddress server;

    private OriginalClient(DatagramSocket socket, NetAddress server) {
        this.socket = socket;
        this.server = server.toSocketAddress();
    }

    /** A client of the node at an address, which may be one of ours. */
    public static OriginalClient of(NetAddress server) {
        try {
            String any = server.isV6() ? "::" : "0.0.0.0";
            return new OriginalClient(new DatagramSocket(0, InetAddress.getByName(any)), server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the Put with its hash. */
    public Content get(long hash, Duration timeout) {
        send(OriginalWire.get(hash));
        Answer answer = await(timeout, "the Put of " + Long.toHexString(hash), a -> a.isPut && a.hash == hash);
        return Content.of(answer.content);
    }

    /** Waits for the IHave with its hash. */
    public void put(long hash, Content content, Duration timeout) {
        send(OriginalWire.put(hash, content.toBytes()));
        await(timeout, "the IHave of " + Long.toHexString(hash), a -> a.isIHave && a.hash == hash);
    }

    /** Waits for any answer. */
    public void discover(NetAddress peer, Duration timeout) {
        send(OriginalWire.discover(peer));
        await(timeout, "any answer", a -> true);
    }

    @Override
    public void close() {
        socket.close();
    }

    private void send(byte[] bytes) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer await(Duration timeout, String what, Predicate<Answer> fits) {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        try {
            while (true) {
                long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    throw new AssertionError(server + " did not send " + what + " within " + timeout);
                }
                socket.setSoTimeout((int) leftMillis);
                socket.receive(packet);
                Answer answer = Answer.read(packet);
                if (fits.test(answer)) {
                    return answer;
                }
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError(server + " did not send " + what + " within " + timeout, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Answer implements OriginalWire.Receiver {
        private boolean isPut;
        private boolean isIHave;
        private long hash;
        private byte[] content;

        static Answer read(DatagramPacket packet) {
            Answer answer = new Answer();
            String invalid = OriginalWire.read(Arrays.copyOf(packet.getData(), packet.getLength()), answer);
            if (invalid != null) {
                throw new AssertionError("the client of 2017 dies of an invalid datagram: " + invalid);
            }
            return answer;
        }

        @Override
        public void put(long of, byte[] bytes) {
            isPut = true;
            hash = of;
            content = bytes;
        }

        @Override
        public void iHave(long of) {
            isIHave = true;
            hash = of;
        }

        @Override
        public void get(long of) {}

        @Override
        public void keepAlive() {}

        @Override
        public void discover(byte[] address, int port) {}
    }
}
