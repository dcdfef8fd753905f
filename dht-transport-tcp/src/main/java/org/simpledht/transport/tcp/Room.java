package org.simpledht.transport.tcp;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.simpledht.transport.StreamLimits;
import org.simpledht.types.NetAddress;

/**
 * Who goes when there is no room. Never one that the node began, unless nobody has answered it yet and it began too many such: it may be
 * made to by who tells it of addresses where nobody is. Never one that it cannot spare. First who is leaving already; then who
 * has sent no whole frame, is in the midst of one, or does not take what is sent to it; then who has been silent for long; and for a
 * source that has less, one of the source that has most. Of equals the one that was heard last the longest ago.
 *
 * <p>So idle connections lock nobody out, a source that has its share can only replace its own, and a few sources cannot have all.
 */
final class Room {

    private static final long LONG_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** So many of the connections may be such as this node began and nobody has answered, and of those with one source so many. */
    private static final int UNANSWERED_OF_ALL = 4;

    private static final int UNANSWERED_OF_SOURCE = 8;

    private static final int LEAVING = 4;
    private static final int UNPROVEN = 3;
    private static final int BEHIND = 2;
    private static final int SILENT = 1;
    private static final int GOOD = 0;

    private final Sources sources = new Sources();
    private final Predicate<NetAddress> canSpare;

    Room(Predicate<NetAddress> canSpare) {
        this.canSpare = canSpare;
    }

    Sources sources() {
        return sources;
    }

    /** Who of these has to go for one more of the same source; null if nobody. */
    Connection ofSource(NetAddress newcomer, Collection<Connection> all, long nowNanos) {
        return worst(all, connection -> Sources.areOne(connection.remote(), newcomer), SILENT, nowNanos);
    }

    /** Who of all has to go for a newcomer; null if nobody. */
    Connection ofAll(NetAddress newcomer, Collection<Connection> all, long nowNanos) {
        Connection worst = worst(all, connection -> true, SILENT, nowNanos);
        if (worst != null) {
            return worst;
        }
        int most = 0;
        for (Connection connection : all) {
            most = Math.max(most, sources.count(connection.remote()));
        }
        // Otherwise two sources would take turns in closing each other's.
        if (most < sources.count(newcomer) + 2) {
            return null;
        }
        int largest = most;
        return worst(all, connection -> sources.count(connection.remote()) == largest, GOOD, nowNanos);
    }

    /** Which one has to go that this node began and nobody has answered, for one more that it begins: the first one; null if they are few. */
    Connection ofUnanswered(NetAddress newcomer, Collection<Connection> all, StreamLimits limits) {
        int ofAll = 0;
        int ofSource = 0;
        Connection firstOfAll = null;
        Connection firstOfSource = null;
        for (Connection connection : all) {
            if (!connection.isDialled() || connection.hasHeard()) {
                continue;
            }
            ofAll++;
            firstOfAll = firstOfAll == null ? connection : firstOfAll;
            if (Sources.areOne(connection.remote(), newcomer)) {
                ofSource++;
                firstOfSource = firstOfSource == null ? connection : firstOfSource;
            }
        }
        if (ofSource >= Math.max(1, limits.maxConnectionsPerSource() / UNANSWERED_OF_SOURCE)) {
            return firstOfSource;
        }
        return ofAll >= Math.max(1, limits.maxConnections() / UNANSWERED_OF_ALL) ? firstOfAll : null;
    }

    /** Who has to go when no descriptor is left; null if everybody is in order. */
    Connection withoutDescriptor(Collection<Connection> all, long nowNanos) {
        return worst(all, connection -> true, BEHIND, nowNanos);
    }

    /** Who has most of the memory, and may be closed; null if nobody. */
    Connection largest(Collection<Connection> all) {
        Connection largest = null;
        for (Connection connection : all) {
            boolean isLarger = largest == null || connection.bufferedBytes() > largest.bufferedBytes();
            if (connection.bufferedBytes() > 0 && isLarger && canClose(connection)) {
                largest = connection;
            }
        }
        return largest;
    }

    private Connection worst(Collection<Connection> all, Predicate<Connection> isMeant, int leastRank, long nowNanos) {
        Connection worst = null;
        int worstRank = leastRank;
        long longestNanos = 0;
        for (Connection connection : all) {
            int rank = rank(connection, nowNanos);
            long quietNanos = nowNanos - connection.quietSinceNanos();
            boolean isWorse = rank > worstRank || rank == worstRank && (worst == null || quietNanos > longestNanos);
            if (isWorse && isMeant.test(connection) && canClose(connection)) {
                worst = connection;
                worstRank = rank;
                longestNanos = quietNanos;
            }
        }
        return worst;
    }

    private boolean canClose(Connection connection) {
        return connection.isLeft()
                || !connection.isDialled() && (!connection.isAnnounced() || canSpare.test(connection.remote()));
    }

    private static int rank(Connection connection, long nowNanos) {
        if (connection.isLeft()) {
            return LEAVING;
        }
        if (!connection.hasHeard()) {
            return UNPROVEN;
        }
        if (connection.isBehind()) {
            return BEHIND;
        }
        return nowNanos - connection.quietSinceNanos() >= LONG_SILENCE_NANOS ? SILENT : GOOD;
    }
}
