package org.simpledht.transport.tcp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import org.simpledht.types.NetAddress;

/** How sockets are made, and what their failures are called. */
final class Sockets {

    private static final int BACKLOG = 512;
    private static final NetAddress ANY_IPV4 = NetAddress.of(new byte[4], 0);
    private static final NetAddress ANY_IPV6 = NetAddress.of(new byte[16], 0);

    private Sockets() {}

    /**
     * A non-blocking listening socket. {@code [::]} is dual-stack, or {@code 0.0.0.0} on a host without IPv6.
     *
     * @throws IOException naming the address and the reason
     */
    static ServerSocketChannel listening(String scheme, NetAddress bind) throws IOException {
        try {
            return bound(bind);
        } catch (IOException | RuntimeException e) {
            // Without IPv6 only; else a port that is taken under IPv6 would silently be had under IPv4 alone.
            if (bind.isV6() && bind.isWildcard() && !hasIpv6()) {
                return listening(scheme, ANY_IPV4.withPort(bind.port()));
            }
            throw new IOException("cannot listen on " + scheme + "://" + bind + ": " + reason(e), e);
        }
    }

    /** Where a socket that only dials is, if it is told to be there: without a port. */
    static NetAddress unbound(NetAddress bind) throws IOException {
        prepareForScarcity();
        boolean isAnywhere = bind.isV6() && bind.isWildcard() && !hasIpv6();
        return (isAnywhere ? ANY_IPV4 : bind).withPort(0);
    }

    private static ServerSocketChannel bound(NetAddress bind) throws IOException {
        prepareForScarcity();
        ServerSocketChannel channel = ServerSocketChannel.open(family(bind));
        try {
            // A node that was restarted finds its port in use by connections that it closed minutes ago.
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(bind.toSocketAddress(), BACKLOG);
            channel.configureBlocking(false);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Closes a channel while there are descriptors. Java 17 needs one of its own at the first close in a process, and
     * without one throws an error out of the selector, at this and every later close.
     */
    private static void prepareForScarcity() throws IOException {
        SocketChannel.open().close();
    }

    private static boolean hasIpv6() {
        try (ServerSocketChannel probe = ServerSocketChannel.open(StandardProtocolFamily.INET6)) {
            probe.bind(ANY_IPV6.toSocketAddress());
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** A non-blocking socket, not yet connected, of the family that the address needs. */
    static SocketChannel dialling(NetAddress to) throws IOException {
        SocketChannel channel = SocketChannel.open(family(to));
        try {
            prepare(channel);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** What every connection's socket is. */
    static void prepare(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        // Frames are gathered per turn already; Nagle would only delay the last one.
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /**
     * Where nobody listens, the system may choose that very port for our end, and TCP connects it with itself.
     *
     * @throws ConnectException if that happened
     */
    static void requireAnother(SocketChannel connected) throws IOException {
        if (connected.getLocalAddress().equals(connected.getRemoteAddress())) {
            throw new ConnectException("connection refused");
        }
    }

    /** Closes with a reset instead of a farewell: neither memory nor a port waits for somebody who misbehaved. */
    static void abort(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException | RuntimeException e) {
            // Then it is closed the ordinary way.
        }
        close(channel);
    }

    /** Closes whatever state it is in. */
    static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException | RuntimeException e) {
            // The descriptor is gone, whatever close said.
        }
    }

    /** What happened, for people: lower case, without an address. */
    static String reason(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isEmpty()) {
            return failure.getClass().getSimpleName();
        }
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.startsWith("connection reset") || lower.equals("broken pipe") ? "connection reset" : lower;
    }

    private static StandardProtocolFamily family(NetAddress address) {
        return address.isV6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }
}
