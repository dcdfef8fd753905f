package org.simpledht.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Peers that fell silent without a goodbye: one of them at random is tried now and then, for a day, since after a partition
 * nobody else would bring the two halves together (docs/PROTOCOL.md, "Behaviour").
 */
final class LostPeers {

    private static final int MAX = 32;
    private static final long RECENT_NANOS = 60_000_000_000L;
    private static final long REMEMBERED_NANOS = 86_400_000_000_000L;
    private static final long SOON_NANOS = 2_000_000_000L;
    private static final long SELDOM_NANOS = 10_000_000_000L;

    private final PeerTable peers;
    private final RandomGenerator dice;
    private final Map<Path, Lost> lost = new LinkedHashMap<>();
    private long nextNanos;

    private record Lost(long nodeId, long atNanos) {}

    LostPeers(PeerTable peers, RandomGenerator dice) {
        this.peers = peers;
        this.dice = dice;
    }

    /** That peer has been silent for too long. Nobody but one of ours is lost: whoever else it was hears nothing more, as from an original. */
    void lost(Peer peer, Now now) {
        Path way = peer.kind(now) == PeerKind.CAPABLE && peer.link() != null
                ? peer.link().whereabouts().way()
                : null;
        if (way == null) {
            return;
        }
        if (lost.isEmpty()) {
            nextNanos = now.nanos() + dice.nextLong(SOON_NANOS);
        } else if (lost.size() >= MAX) {
            lost.remove(lost.keySet().iterator().next());
        }
        lost.put(way, new Lost(peer.nodeId(), now.nanos()));
    }

    /** Tries one of them, if it is time to. */
    void tick(Now now, Prober prober) {
        if (lost.isEmpty() || !now.isAtOrAfter(nextNanos)) {
            return;
        }
        lost.keySet().removeIf(path -> isBack(path) || now.since(lost.get(path).atNanos()) > REMEMBERED_NANOS);
        if (lost.isEmpty()) {
            return;
        }
        boolean recent = lost.values().stream().anyMatch(one -> now.since(one.atNanos()) < RECENT_NANOS);
        // Not all at the same moments, as those who lost each other together would.
        long wait = recent ? SOON_NANOS : SELDOM_NANOS;
        nextNanos = now.nanos() + wait / 2 + dice.nextLong(wait);
        List<Path> all = new ArrayList<>(lost.keySet());
        prober.probe(all.get(dice.nextInt(all.size())));
    }

    /** Whether it was a neighbour that fell silent, and was not heard since. */
    boolean wasLost(Peer peer) {
        // Also one that has come by a stream of its own, which nobody can know before.
        return lost.containsKey(peer.path()) || lost.values().stream().anyMatch(one -> one.nodeId() == peer.nodeId());
    }

    private boolean isBack(Path path) {
        Peer peer = peers.at(path);
        return peer != null && peer.isThere();
    }

    long nanosUntilTick(Now now) {
        return lost.isEmpty() ? Long.MAX_VALUE : now.until(nextNanos);
    }

    int size() {
        return lost.size();
    }

    /** Says something there. */
    interface Prober {
        void probe(Path path);
    }
}
