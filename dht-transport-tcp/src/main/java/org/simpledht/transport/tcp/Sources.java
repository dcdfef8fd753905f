package org.simpledht.transport.tcp;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.simpledht.types.NetAddress;

/** How many connections each source has: an IPv4 address is one, and a /64 of IPv6, which is what one host is given. */
final class Sources {

    private static final int PREFIX_BYTES = 8;

    private final Map<NetAddress, Integer> counts = new HashMap<>();

    private static NetAddress source(NetAddress address) {
        if (!address.isV6()) {
            return address.withPort(0);
        }
        ByteBuffer prefix = ByteBuffer.allocate(2 * PREFIX_BYTES).put(address.address(), 0, PREFIX_BYTES);
        return NetAddress.of(prefix.array(), 0);
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
