package org.simpledht.transport.tcp;

import java.util.HashMap;
import java.util.Map;
import org.simpledht.types.NetAddress;

/** How many connections each source has: an IPv4 address is one, and a /64 of IPv6, which is what one host is given. */
final class Sources {

    private static final int BITS_V4 = 32;
    private static final int BITS_V6 = 64;

    private final Map<NetAddress, Integer> counts = new HashMap<>();

    private static NetAddress source(NetAddress address) {
        return address.inNetwork(address.isV6() ? BITS_V6 : BITS_V4);
    }

    static boolean areOne(NetAddress a, NetAddress b) {
        return source(a).equals(source(b));
    }

    int count(NetAddress address) {
        return counts.getOrDefault(source(address), 0);
    }

    void add(NetAddress address) {
        counts.merge(source(address), 1, Integer::sum);
    }

    void remove(NetAddress address) {
        counts.computeIfPresent(source(address), (source, count) -> count == 1 ? null : count - 1);
    }
}
