package org.simpledht.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.simpledht.Dht;
import org.simpledht.types.NetAddress;

/** Who is whose neighbour at one moment. Every node is bound once. */
final class Topology {

    private final Map<NetAddress, Set<NetAddress>> known = new LinkedHashMap<>();
    private final Map<NetAddress, Set<NetAddress>> links = new LinkedHashMap<>();

    private Topology(List<Dht> nodes) {
        for (Dht node : nodes) {
            Set<NetAddress> peers = new HashSet<>();
            node.peers().forEach(peer -> peers.add(peer.endpoint().address()));
            known.put(node.endpoints().get(0).address(), peers);
        }
        known.forEach((address, peers) -> {
            Set<NetAddress> mutual = new HashSet<>(peers);
            mutual.removeIf(peer -> !known.getOrDefault(peer, Set.of()).contains(address));
            links.put(address, mutual);
        });
    }

    static Topology of(List<Dht> nodes) {
        return new Topology(nodes);
    }

    /** Of those that know each other. */
    int fewestNeighbours() {
        return links.values().stream().mapToInt(Set::size).min().orElse(0);
    }

    /** Whether everybody is known by those whom it knows. */
    boolean isSymmetric() {
        return known.equals(links);
    }

    /** How many links lead from some to all others. */
    int between(Predicate<NetAddress> some) {
        int count = 0;
        for (Map.Entry<NetAddress, Set<NetAddress>> entry : links.entrySet()) {
            for (NetAddress peer : entry.getValue()) {
                count += some.test(entry.getKey()) && !some.test(peer) ? 1 : 0;
            }
        }
        return count;
    }

    /** Whether everybody can be reached from everybody. */
    boolean isOne() {
        Set<NetAddress> reached = new HashSet<>();
        Deque<NetAddress> next =
                new ArrayDeque<>(List.of(links.keySet().iterator().next()));
        while (!next.isEmpty()) {
            NetAddress address = next.poll();
            if (reached.add(address)) {
                next.addAll(links.get(address));
            }
        }
        return reached.size() == links.size();
    }
}
