package org.simpledht.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.simpledht.core.store.Lease;

/**
 * One node as another one sees it: under all the paths that turned out to lead to it.
 *
 * <p>Of several paths the first one that was established is used and never replaced while it lives, so that both sides
 * do not swap paths for ever.
 */
final class Peer {

    /** Paths remembered of one peer: enough for IPv4, IPv6 and two transports. */
    static final int MAX_PATHS = 8;

    /** How long a source without extension stays undecided (docs/PROTOCOL.md, "Strangers"). */
    static final long UNDECIDED_NANOS = 4_000_000_000L;

    /** How long after its last extension a source still counts as one of ours, if it goes on speaking without. */
    private static final long CAPABLE_NANOS = 30_000_000_000L;

    private Path primary;
    private final Map<Path, Way> ways = new LinkedHashMap<>();
    private long addedNanos;
    private long firstHeardNanos;
    private long lastHeardNanos;
    private boolean heard;
    private boolean capable;
    private boolean client;
    private boolean proven;
    private boolean vouched;
    private long nodeId;
    private long extensionNanos;
    private long lastClock;
    private int keepAlivesSent;
    private boolean announcedJoin;
    private Link link;

    Peer(Path path, Now now) {
        primary = path;
        ways.put(path, new Way(now));
        addedNanos = now.nanos();
    }

    Path path() {
        return primary;
    }

    Set<Path> paths() {
        return ways.keySet();
    }

    boolean isHeard() {
        return heard;
    }

    /** What is kept of a path that leads to it. */
    Way way(Path path) {
        return ways.get(path);
    }

    /** Whether it was heard, and has not shown that it is there. */
    boolean isGuest() {
        return heard && !proven;
    }

    /** Whether it was heard, and has shown lately that it is there. */
    boolean isThere() {
        return heard && proven;
    }

    /** Whether it has shown lately that it receives where it speaks from, or need not. */
    boolean isProven() {
        return proven;
    }

    void isProven(boolean is) {
        proven = is;
    }

    /** The user named it, or it has spoken before over a connection that was made to there: it is greeted as long as it is waited for. */
    boolean isVouchedFor() {
        return vouched;
    }

    void vouchFor() {
        vouched = true;
    }

    /** 0 as long as no extension named it. */
    long nodeId() {
        return nodeId;
    }

    PeerKind kind(Now now) {
        if (!heard) {
            return PeerKind.CANDIDATE;
        }
        if (client) {
            return PeerKind.CLIENT;
        }
        if (capable) {
            return PeerKind.CAPABLE;
        }
        // Whoever has not shown that it is there may be nobody: it is served, and nothing goes there of our own accord.
        boolean isUndecided = !proven || now.since(firstHeardNanos) < UNDECIDED_NANOS;
        return isUndecided ? PeerKind.UNDECIDED : PeerKind.ORIGINAL;
    }

    /** Since its last frame; since it was told of, if there never was one. */
    long silenceNanos(Now now) {
        return now.since(heard ? lastHeardNanos : addedNanos);
    }

    PeerView view(Now now) {
        return new PeerView(primary, kind(now), silenceNanos(now));
    }

    void hear(Path from, Now now) {
        if (!heard) {
            heard = true;
            firstHeardNanos = now.nanos();
        }
        lastHeardNanos = now.nanos();
        Way way = ways.get(from);
        if (way != null) {
            way.hear(now);
        }
    }

    /**
     * A frame without extension came from it. Where one of ours was, somebody else may be by now: when it has not shown an
     * extension for long, it is undecided anew.
     *
     * @return true if it is no longer known by its node id
     */
    boolean hearClassic(Now now) {
        if (!isLongWithoutExtension(now)) {
            return false;
        }
        capable = false;
        client = false;
        link = null;
        firstHeardNanos = now.nanos();
        return true;
    }

    /** Whether it has spoken as a node of ours lately: then whatever comes from there without an extension is somebody else's. */
    boolean isSurelyOurs(Now now) {
        return capable && !client && !isLongWithoutExtension(now);
    }

    /** Whether a frame without extension says nothing of its node id any more. */
    private boolean isLongWithoutExtension(Now now) {
        return capable && now.since(extensionNanos) > CAPABLE_NANOS;
    }

    /** Whether it may be at another one of its paths when a frame without extension comes by one. */
    boolean isPerhapsElsewhere(Now now) {
        return ways.size() > 1 && isLongWithoutExtension(now);
    }

    /** An extension came from it. */
    void identify(long id, boolean isClient, Now now) {
        extensionNanos = now.nanos();
        nodeId = id;
        capable = true;
        client = isClient;
        if (isClient) {
            link = null;
        }
    }

    /** True once for each header clock that is newer than all before: what is older may be a replay, its flags do not count. */
    boolean isNewer(long clock, Now now) {
        if (isNoNewer(clock, now)) {
            return false;
        }
        lastClock = clock;
        return true;
    }

    /** When it came this node's clock was wrong, too, and has gone back since. */
    private void forgetWrongClock(Now now) {
        if (HeaderClock.isFarAhead(lastClock, now.unixMillis())) {
            lastClock = 0;
        }
    }

    /** Whether a header with that clock says less than what was heard before. */
    boolean isNoNewer(long clock, Now now) {
        forgetWrongClock(now);
        return lastClock != 0 && Long.compareUnsigned(clock, lastClock) <= 0;
    }

    /** Whether a header clock is so old that no difference of clocks explains it. */
    boolean isLongPast(long clock, Now now) {
        forgetWrongClock(now);
        return HeaderClock.millis(lastClock) - HeaderClock.millis(clock) > Lease.TOLERANCE_MILLIS;
    }

    /**
     * It is at that path, too. Of too many the one that was silent longest is forgotten, as that of a peer whose address
     * changes again and again must be.
     *
     * @return the path that is forgotten, or null
     */
    Path addPath(Path path, Now now) {
        Path forgotten = null;
        if (ways.size() >= MAX_PATHS && !ways.containsKey(path)) {
            for (Path other : ways.keySet()) {
                boolean silentLonger = forgotten == null
                        || ways.get(other).heardNanos() - ways.get(forgotten).heardNanos() < 0;
                if (!other.equals(primary) && silentLonger) {
                    forgotten = other;
                }
            }
            ways.remove(forgotten);
        }
        Way known = ways.remove(path);
        ways.put(path, known == null ? new Way(now) : known);
        ways.get(path).hear(now);
        return forgotten;
    }

    /** Returns false if that was its last path. */
    boolean removePath(Path path) {
        ways.remove(path);
        if (ways.isEmpty()) {
            return false;
        }
        if (path.equals(primary)) {
            primary = ways.keySet().iterator().next();
        }
        return true;
    }

    /** Uses another path than this one, which is still known to lead to it. */
    void avoid(Path path) {
        for (Path other : ways.keySet()) {
            if (primary.equals(path)) {
                primary = other;
            }
        }
    }

    /** Takes another path when nothing has come by the used one for so long, though by the other one it has. */
    void preferLivingPath(long patienceNanos, Now now) {
        if (now.since(ways.get(primary).heardNanos()) <= patienceNanos) {
            return;
        }
        for (Map.Entry<Path, Way> other : ways.entrySet()) {
            if (now.since(other.getValue().heardNanos()) <= patienceNanos) {
                primary = other.getKey();
                return;
            }
        }
    }

    /** What is kept for it as one of ours; null if it is none, or a client. */
    Link link() {
        return link;
    }

    void link(Link made) {
        link = made;
    }

    /** Counts a KeepAlive, and says which it is, from 0 on. */
    int nextKeepAlive() {
        return keepAlivesSent++;
    }

    /** True the first time: the application hears once that a peer joined, and once that it is lost, only if it did. */
    boolean announceJoin() {
        boolean first = !announcedJoin;
        announcedJoin = true;
        return first;
    }

    /** True if the application thinks that this peer joined; it does not any more. */
    boolean retractJoin() {
        boolean announced = announcedJoin;
        announcedJoin = false;
        return announced;
    }

    /** After a pause of our own: nobody was silent while we were not listening. */
    void excuse(long pauseNanos, Now now) {
        addedNanos += excused(addedNanos, pauseNanos, now);
        firstHeardNanos += excused(firstHeardNanos, pauseNanos, now);
        lastHeardNanos += excused(lastHeardNanos, pauseNanos, now);
        extensionNanos += excused(extensionNanos, pauseNanos, now);
        ways.values().forEach(way -> way.excuse(excused(way.heardNanos(), pauseNanos, now)));
    }

    private static long excused(long atNanos, long pauseNanos, Now now) {
        return Math.max(0, Math.min(now.since(atNanos), pauseNanos));
    }
}
