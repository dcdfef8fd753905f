package org.simpledht.transport.udp;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens UDP sockets. A socket bound to {@code [::]} serves both families; on a machine without IPv6 it becomes
 * {@code 0.0.0.0}, so that one default suits every machine.
 */
public final class UdpTransportProvider implements TransportProvider {

    // The usual default of 212,992 bytes survives only 256 small datagrams, or 3 of 64 KiB.
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(UdpTransportProvider.class);

    /** For {@link java.util.ServiceLoader}. */
    public UdpTransportProvider() {}

    @Override
    public String scheme() {
        return "udp";
    }

    @Override
    public boolean isStream() {
        return false;
    }

    @Override
    public Transport open(NetAddress bind, TransportContext context) throws IOException {
        DatagramChannel channel = openBound(bind);
        try {
            channel.configureBlocking(false);
            askForRoom(channel, StandardSocketOptions.SO_RCVBUF);
            askForRoom(channel, StandardSocketOptions.SO_SNDBUF);
            return new UdpTransport(channel, context);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static DatagramChannel openBound(NetAddress bind) throws IOException {
        if (!bind.isV6()) {
            return openBound(bind, StandardProtocolFamily.INET);
        }
        try {
            return openBound(bind, StandardProtocolFamily.INET6);
        } catch (UnsupportedOperationException e) {
            if (!bind.isWildcard()) {
                throw new IOException("cannot listen at udp://" + bind + ": no IPv6 on this machine", e);
            }
            NetAddress v4 = NetAddress.of(new byte[4], bind.port());
            LOG.debug("udp://{} becomes {}, for there is no IPv6 on this machine", bind, v4);
            return openBound(v4, StandardProtocolFamily.INET);
        }
    }

    private static DatagramChannel openBound(NetAddress bind, StandardProtocolFamily family) throws IOException {
        DatagramChannel channel = DatagramChannel.open(family);
        try {
            return channel.bind(bind.toSocketAddress());
        } catch (SocketException e) {
            channel.close();
            // In use, not an address of this machine, a port below 1,024: Java's words say which, but not where.
            throw new IOException("cannot listen at udp://" + bind + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void askForRoom(DatagramChannel channel, SocketOption<Integer> buffer) throws IOException {
        channel.setOption(buffer, SOCKET_BUFFER_BYTES);
        LOG.debug("{}: asked for {} bytes, got {}", buffer, SOCKET_BUFFER_BYTES, channel.getOption(buffer));
    }
}
