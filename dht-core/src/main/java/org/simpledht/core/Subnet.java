package org.simpledht.core;

import java.nio.ByteBuffer;
import org.simpledht.types.NetAddress;

/**
 * Addresses that one owner is likely to have together: a /24 of IPv4, a /48 of IPv6. So few addresses of one are worth more than many.
 *
 * @param prefix the upper 24 or 48 bits
 */
record Subnet(boolean v6, long prefix) {

    /** Of an address on the public network; null of one whose prefix says nothing about its owner: loopback, private, link-local. */
    static Subnet of(NetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.address());
        if (address.isV6()) {
            long high = bytes.getLong();
            int first = (int) (high >>> 48);
            boolean isPrivate = address.isLoopback() || (first & 0xfe00) == 0xfc00 || (first & 0xffc0) == 0xfe80;
            return isPrivate ? null : new Subnet(true, high >>> 16);
        }
        int v4 = bytes.getInt();
        int first = v4 >>> 24;
        int second = v4 >>> 16 & 0xff;
        boolean isPrivate = address.isLoopback()
                || first == 10
                || first == 172 && second >> 4 == 1
                || first == 192 && second == 168
                || first == 169 && second == 254;
        return isPrivate ? null : new Subnet(false, v4 >>> 8);
    }
}
