package org.simpledht.types;

import java.util.ArrayList;
import java.util.List;

/**
 * All addresses that begin with the same bits, such as {@code 192.0.2.0/24} or {@code 2001:db8::/48}.
 *
 * @param first its first address, with port 0
 * @param bits how many bits all of them share, 0 to 32 of IPv4, 0 to 128 of IPv6
 */
public record IpNetwork(NetAddress first, int bits) {

    /** 127.0.0.0/8 and ::1: nobody outside can forge them. */
    public static final List<IpNetwork> LOOPBACK = List.of(parse("127.0.0.0/8"), parse("::1/128"));

    private static final String NONE = "none";

    public IpNetwork {
        int most = first.isV6() ? 128 : 32;
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("a network of " + first + " shares 0 to " + most + " bits, not " + bits);
        }
        first = first.inNetwork(bits);
    }

    /** Whether an address is one of its. */
    public boolean contains(NetAddress address) {
        return address.isV6() == first.isV6() && address.inNetwork(bits).equals(first);
    }

    /**
     * @param text {@code 192.0.2.0/24}, {@code 2001:db8::/48}, or one address
     * @throws IllegalArgumentException if it is anything else; the message says what would be right
     */
    public static IpNetwork parse(String text) {
        String stripped = text.strip();
        int slash = stripped.indexOf('/');
        String address = slash < 0 ? stripped : stripped.substring(0, slash);
        try {
            NetAddress first = NetAddress.parseHost(address);
            int most = first.isV6() ? 128 : 32;
            return new IpNetwork(first, slash < 0 ? most : Integer.parseInt(stripped.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "not a network: " + Printable.quote(text) + "; write 192.0.2.0/24, 2001:db8::/48 or an address", e);
        }
    }

    /**
     * @param text networks separated by commas; {@code none} for none
     * @throws IllegalArgumentException if one of them is no network
     */
    public static List<IpNetwork> parseAll(String text) {
        List<IpNetwork> networks = new ArrayList<>();
        if (!text.strip().equals(NONE)) {
            for (String part : text.split(",", -1)) {
                networks.add(parse(part));
            }
        }
        return List.copyOf(networks);
    }

    /** {@code 192.0.2.0/24}. */
    @Override
    public String toString() {
        String address = first.toString();
        String host = address.substring(0, address.lastIndexOf(':'));
        return (first.isV6() ? host.substring(1, host.length() - 1) : host) + '/' + bits;
    }
}
