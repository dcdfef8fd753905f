package org.simpledht.core;

/**
 * Neighbours that have fallen silent are asked for a sign of life, and the more often the longer they are: so loss alone drops nobody
 * (docs/PROTOCOL.md, "Behaviour"). An original does not know the question; what it would answer is to be asked here, too.
 */
final class Probes {

    /** All in intervals of the KeepAlive: after so many without a sign one is asked for. */
    private static final int SILENT = 3;

    /** After so many it is urgent. */
    private static final int URGENT = 6;

    private static final int PER_INTERVAL = 2;
    private static final int PER_INTERVAL_URGENT = 5;

    private final Neighbours neighbours;
    private final Sender sender;
    private final long intervalNanos;

    Probes(Neighbours neighbours, Sender sender, long keepAliveNanos) {
        this.neighbours = neighbours;
        this.sender = sender;
        intervalNanos = keepAliveNanos;
    }

    void tick(Now now) {
        for (Link link : neighbours.all()) {
            if (link.isOurs() && nanosUntilDue(link, now) <= 0) {
                link.probed(now);
                probe(link.peer(), now);
            }
        }
    }

    /** By all ways but streams, which lose nothing: the one that is used may be what has failed. */
    private void probe(Peer peer, Now now) {
        for (Path path : peer.paths()) {
            if (!sender.isStream(path)) {
                sender.probe(path, now);
            }
        }
    }

    private long nanosUntilDue(Link link, Now now) {
        long silence = link.peer().silenceNanos(now);
        long untilSilent = SILENT * intervalNanos - silence;
        if (untilSilent > 0) {
            return untilSilent;
        }
        int rate = silence < URGENT * intervalNanos ? PER_INTERVAL : PER_INTERVAL_URGENT;
        return intervalNanos / rate - link.sinceProbedNanos(now);
    }

    long nanosUntilTick(Now now) {
        long least = Long.MAX_VALUE;
        for (Link link : neighbours.all()) {
            if (link.isOurs()) {
                least = Math.min(least, Math.max(0, nanosUntilDue(link, now)));
            }
        }
        return least;
    }
}
