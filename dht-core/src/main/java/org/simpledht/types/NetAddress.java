package org.simpledht.types;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * An IP address and a port, always literal: making or printing one never asks a name server.
 *
 * <p>An IPv4 address mapped into IPv6 <em>is</em> that IPv4 address, so that one peer is not counted twice. Scope ids
 * are dropped. A zero port or a wildcard address is a valid value (something may be bound to it) but nothing can be
 * sent there: see {@link #isUnicast}.
 */
public final class NetAddress {

    private static final long MAPPED = 0xffff_0000_0000L;
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final boolean v6;
    private final long high;
    private final long low;
    private final int port;

    private NetAddress(boolean v6, long high, long low, int port) {
        this.v6 = v6;
        this.high = high;
        this.low = low;
        this.port = port;
    }

    /**
     * @param address 4 or 16 bytes
     * @param port 0 to 65,535
     * @throws IllegalArgumentException if one of them is anything else
     */
    public static NetAddress of(byte[] address, int port) {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("not a port: " + port + "; a port is 0 to 65535");
        }
        if (address.length == 4) {
            return new NetAddress(false, 0, ByteBuffer.wrap(address).getInt() & 0xffff_ffffL, port);
        }
        if (address.length != 16) {
            throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + address.length);
        }
        ByteBuffer bytes = ByteBuffer.wrap(address);
        long high = bytes.getLong();
        long low = bytes.getLong();
        boolean mapped = high == 0 && (low & 0xffff_ffff_0000_0000L) == MAPPED;
        return mapped ? new NetAddress(false, 0, low & 0xffff_ffffL, port) : new NetAddress(true, high, low, port);
    }

    /**
     * @throws IllegalArgumentException if the socket address is not resolved
     */
    public static NetAddress of(InetSocketAddress socketAddress) {
        InetAddress address = socketAddress.getAddress();
        if (address == null) {
            throw new IllegalArgumentException("not resolved: " + Printable.quote(socketAddress.getHostString()));
        }
        return of(address.getAddress(), socketAddress.getPort());
    }

    /**
     * A literal address, with port 0.
     *
     * @throws IllegalArgumentException if it is none; a name server is never asked
     */
    static NetAddress parseHost(String text) {
        // Only digits, dots, colons and hexadecimal letters: Java looks nothing up that consists of them alone.
        if (!LITERAL.matcher(text).matches()) {
            throw new IllegalArgumentException("not an IP address: " + Printable.quote(text));
        }
        try {
            return of(InetAddress.getByName(text).getAddress(), 0);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an IP address: " + Printable.quote(text), e);
        }
    }

    /** Port, 0 to 65,535. */
    public int port() {
        return port;
    }

    /** True for an IPv6 address, false for an IPv4 one. */
    public boolean isV6() {
        return v6;
    }

    /** The address: 4 or 16 bytes, a fresh array. */
    public byte[] address() {
        return v6
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
    }

    /** The address for a socket. Resolved, since it was never a name. */
    public InetSocketAddress toSocketAddress() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address()), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are always an address", e);
        }
    }

    /** The same host at another port. */
    public NetAddress withPort(int other) {
        return of(address(), other);
    }

    /**
     * The first address of the network it is in, with port 0.
     *
     * @param bits that all addresses of that network share, 0 to 32 of IPv4, 0 to 128 of IPv6
     */
    public NetAddress inNetwork(int bits) {
        if (!v6) {
            return new NetAddress(false, 0, low & highest(bits + 32), 0);
        }
        return new NetAddress(true, high & highest(Math.min(bits, 64)), low & highest(Math.max(bits - 64, 0)), 0);
    }

    private static long highest(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }

    /** The upper half of an IPv6 address, 0 of IPv4. */
    public long highBits() {
        return high;
    }

    /** The lower half of an IPv6 address, or an IPv4 address. */
    public long lowBits() {
        return low;
    }

    /** Where a local connection to a wildcard address goes: the loopback address of its family; any other address itself. */
    public NetAddress orLoopback() {
        if (!isWildcard()) {
            return this;
        }
        return v6 ? new NetAddress(true, 0, 1, port) : new NetAddress(false, 0, 0x7f00_0001L, port);
    }

    /** True for 127.0.0.0/8 and ::1. */
    public boolean isLoopback() {
        return v6 ? high == 0 && low == 1 : low >>> 24 == 127;
    }

    /** True for 0.0.0.0 and ::. */
    public boolean isWildcard() {
        return high == 0 && low == 0;
    }

    /**
     * True if this may be one host's address: not port 0, unspecified (RFC 1122 "this network" 0.0.0.0/8 and ::), multicast,
     * limited broadcast or reserved (240.0.0.0/4). A subnet's broadcast address cannot be told from a host's without
     * knowing the subnet.
     */
    public boolean isUnicast() {
        if (port == 0) {
            return false;
        }
        if (v6) {
            return !isWildcard() && high >>> 56 != 0xff;
        }
        int first = (int) (low >>> 24);
        return first != 0 && first < 224;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetAddress a && low == a.low && high == a.high && port == a.port && v6 == a.v6;
    }

    @Override
    public int hashCode() {
        long mixed = (low ^ Long.rotateLeft(high, 32)) * 0x9e37_79b9_7f4a_7c15L + port;
        return (int) (mixed ^ mixed >>> 32);
    }

    /** {@code 192.0.2.1:4000} or {@code [2001:db8::1]:4000}, IPv6 as RFC 5952 has it. */
    @Override
    public String toString() {
        return (v6 ? '[' + Ipv6Text.format(high, low) + ']' : Ipv6Text.formatV4((int) low)) + ':' + port;
    }
}
