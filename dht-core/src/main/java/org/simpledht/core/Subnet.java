package org.simpledht.core;

import org.simpledht.types.NetAddress;

/**
 * Addresses that one owner is likely to have together: a /24 of IPv4, a /48 of IPv6. So few addresses of one are worth more than many.
 *
 * @param first its first address, with port 0
 */
record Subnet(NetAddress first) {

    private static final int BITS_V4 = 24;
    private static final int BITS_V6 = 48;

    /** The one that an address is in, whatever its prefix says. */
    static Subnet around(NetAddress address) {
        return new Subnet(address.inNetwork(address.isV6() ? BITS_V6 : BITS_V4));
    }

    /** Of an address on the public network; null of one whose prefix says nothing about its owner: loopback, private, link-local. */
    static Subnet of(NetAddress address) {
        boolean isPrivate =
                address.isLoopback() || (address.isV6() ? isPrivateV6(address) : isPrivateV4((int) address.lowBits()));
        return isPrivate ? null : around(address);
    }

    private static boolean isPrivateV6(NetAddress address) {
        int first = (int) (address.highBits() >>> 48);
        return (first & 0xfe00) == 0xfc00 || (first & 0xffc0) == 0xfe80;
    }

    private static boolean isPrivateV4(int address) {
        int first = address >>> 24;
        int second = address >>> 16 & 0xff;
        return first == 10
                || first == 172 && second >> 4 == 1
                || first == 192 && second == 168
                || first == 169 && second == 254;
    }
}
