package org.simpledht.core;

import java.util.List;

/**
 * Nodes that the user named. Each is tried for ever, with a back-off up to 30 s, while none of its addresses is a living
 * peer; its name is looked up anew each time, because it may have moved. Who has neighbours enough leaves one that has answered
 * alone for some minutes, or else the seed of a large network would be everybody's business.
 */
final class Seeds {

    private static final long FIRST_BACK_OFF_NANOS = 1_000_000_000L;
    private static final long MAX_BACK_OFF_NANOS = 30_000_000_000L;

    /** Whose name is still looked up now and then by a node that has neighbours: it may have moved. */
    private static final long SELDOM_NANOS = 300_000_000_000L;

    private static final class Seed {
        private List<Path> paths = List.of();
        private boolean resolving;
        private long nextNanos;
        private long backOffNanos = FIRST_BACK_OFF_NANOS;
        private boolean answered;
        private long answeredNanos;
    }

    private final Seed[] seeds;
    private final PeerTable peers;
    private final Outbox outbox;

    Seeds(int count, PeerTable peers, Outbox outbox, Now now) {
        this.seeds = new Seed[count];
        this.peers = peers;
        this.outbox = outbox;
        for (int i = 0; i < count; i++) {
            seeds[i] = new Seed();
            seeds[i].nextNanos = now.nanos();
        }
    }

    boolean isEmpty() {
        return seeds.length == 0;
    }

    void resolved(int index, List<Path> paths) {
        seeds[index].resolving = false;
        seeds[index].paths = List.copyOf(paths);
    }

    /** One of ours has spoken from there. */
    void heard(Path path, Now now) {
        for (Seed seed : seeds) {
            if (seed.paths.contains(path)) {
                seed.answered = true;
                seed.answeredNanos = now.nanos();
            }
        }
    }

    /** @param isPoor whether neighbours are lacking; or else a seed that has answered is left alone, so that it becomes no hub */
    void tick(boolean isPoor, Now now) {
        for (int i = 0; i < seeds.length; i++) {
            Seed seed = seeds[i];
            if (!now.isAtOrAfter(seed.nextNanos)) {
                continue;
            }
            boolean isLeftAlone = !isPoor && seed.answered && now.since(seed.answeredNanos) < SELDOM_NANOS;
            if (isLeftAlone || isReached(seed, now)) {
                seed.backOffNanos = FIRST_BACK_OFF_NANOS;
                seed.nextNanos = now.nanos() + FIRST_BACK_OFF_NANOS;
                continue;
            }
            if (!seed.resolving) {
                // A name server may be slower than we are: no second question before it has answered.
                outbox.add(new Outbox.Resolve(i));
                seed.resolving = true;
            }
            seed.nextNanos = now.nanos() + seed.backOffNanos;
            seed.backOffNanos = Math.min(2 * seed.backOffNanos, MAX_BACK_OFF_NANOS);
        }
    }

    private boolean isReached(Seed seed, Now now) {
        for (Path path : seed.paths) {
            Peer peer = peers.at(path);
            if (peers.isOwn(path.remote(), now) || peer != null && peer.isThere()) {
                return true;
            }
        }
        return false;
    }

    long nanosUntilTick(Now now) {
        long least = Long.MAX_VALUE;
        for (Seed seed : seeds) {
            least = Math.min(least, now.until(seed.nextNanos));
        }
        return least;
    }
}
