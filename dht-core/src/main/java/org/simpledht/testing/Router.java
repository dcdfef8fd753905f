package org.simpledht.testing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.simpledht.types.NetAddress;

/**
 * Translates the addresses of one host's datagrams, as a home's router does: each socket gets a port outside when it first sends, and only
 * those whom it has sent to get through there. What comes to a port that is forwarded gets through from everybody. Streams are not translated.
 */
final class Router {

    private static final int FIRST_PORT = 40_000;

    private final NetAddress outside;
    private final Map<NetAddress, NetAddress> out = new HashMap<>();
    private final Map<NetAddress, NetAddress> in = new HashMap<>();
    private final Map<NetAddress, Set<NetAddress>> sentTo = new HashMap<>();
    private final Map<NetAddress, Map<NetAddress, NetAddress>> cameBy = new HashMap<>();
    private final Map<NetAddress, NetAddress> forwarded = new HashMap<>();

    /**
     * @param outside where others see the host, of any port
     */
    Router(NetAddress outside) {
        this.outside = outside;
    }

    void forward(int outsidePort, NetAddress inside) {
        forwarded.put(outside.withPort(outsidePort), inside);
    }

    /** Where others see what goes from a socket to an address: those who came by a forwarded port are answered from there. */
    NetAddress out(NetAddress inside, NetAddress to) {
        NetAddress began = cameBy.getOrDefault(inside, Map.of()).get(to);
        if (began != null) {
            return began;
        }
        NetAddress seen = out.computeIfAbsent(inside, socket -> outside.withPort(FIRST_PORT + out.size()));
        in.put(seen, inside);
        sentTo.computeIfAbsent(seen, socket -> new HashSet<>()).add(to);
        return seen;
    }

    /** For which socket a frame is; null if it does not get through. */
    NetAddress in(NetAddress from, NetAddress to) {
        NetAddress target = forwarded.get(to);
        if (target != null) {
            NetAddress seen = out.get(target);
            if (seen == null || !sentTo.get(seen).contains(from)) {
                cameBy.computeIfAbsent(target, socket -> new HashMap<>()).put(from, to);
            }
            return target;
        }
        return sentTo.getOrDefault(to, Set.of()).contains(from) ? in.get(to) : null;
    }
}
