package org.simpledht.core;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.simpledht.types.Hash;

/**
 * Other leases that have come from neighbours and are to be relayed: along the tree alone, and collected for a while, so that they share
 * frames. There is time, and who does not hear of one finds out by comparison.
 */
final class Renewals {

    private static final long BATCH_NANOS = 50_000_000L;

    /** What comes once more so soon came by another link of a circle. */
    private static final long RECENT_NANOS = 1_000_000_000L;

    private static final int MOST_RECENT = 1_024;

    private final Map<Hash, Set<Peer>> untold = new LinkedHashMap<>();

    /** When each came for the first time, in that order. */
    private final Map<Hash, Long> recent = new LinkedHashMap<>();

    private long dueNanos;

    /** That one has come, and is to be told to those with eager links. */
    void collect(Hash key, List<Peer> eager, Now now) {
        recent.remove(key);
        if (recent.size() == MOST_RECENT) {
            recent.remove(recent.keySet().iterator().next());
        }
        recent.put(key, now.nanos());
        if (untold.isEmpty()) {
            dueNanos = now.nanos() + BATCH_NANOS;
        }
        untold.put(key, new LinkedHashSet<>(eager));
    }

    /** Whether another lease under that key has come just before. */
    boolean isRecent(Hash key, Now now) {
        Long since = recent.get(key);
        return since != null && now.since(since) < RECENT_NANOS;
    }

    /** That one has shown that it holds what is held here. */
    void isKnownTo(Peer peer, Hash key) {
        Set<Peer> peers = untold.get(key);
        if (peers != null) {
            peers.remove(peer);
        }
    }

    void tick(Now now) {
        if (untold.isEmpty() || !now.isAtOrAfter(dueNanos)) {
            return;
        }
        untold.forEach((key, peers) -> {
            for (Peer peer : peers) {
                Link link = peer.link();
                if (link != null && link.branch().isEager()) {
                    link.output().announce(key);
                }
            }
        });
        untold.clear();
    }

    long nanosUntilTick(Now now) {
        return untold.isEmpty() ? Long.MAX_VALUE : now.until(dueNanos);
    }
}
