package org.simpledht.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.types.NetAddress;

/**
 * The peers: whoever sent a valid frame, and who was told of. One node is one peer under all its paths, known by its node
 * id. In the order in which they were met, because the order of a broadcast is visible behaviour.
 */
final class PeerTable {

    private static final int MAX_OWN_ADDRESSES = 64;

    /** An address may become somebody else's. */
    private static final long OWN_NANOS = 600_000_000_000L;

    /** Patience with a silent path: the smaller node id moves first, so that both do not move at once, past each other. */
    private static final long SMALLER_ID_PATIENCE_NANOS = 4_000_000_000L;

    private static final long LARGER_ID_PATIENCE_NANOS = 7_000_000_000L;

    /** Whoever speaks from an address whose peer is silent for so long has taken it over, even if its clock was put back a little. */
    private static final long TAKEN_OVER_NANOS = 3_000_000_000L;

    private final long ownId;
    private final int maxPeers;
    private final Counter.Board counters;
    private final Outbox outbox;
    private final Map<Path, Peer> byPath = new LinkedHashMap<>();
    private final Map<Long, Peer> byId = new LinkedHashMap<>();
    private final Set<Peer> peers = new LinkedHashSet<>();
    private final Map<NetAddress, Long> ownAddresses = new LinkedHashMap<>();
    private final Set<Peer> capable = new LinkedHashSet<>();
    private final Set<Peer> unproven = new LinkedHashSet<>();
    private int changesOfCapable;

    PeerTable(long ownId, int maxPeers, Counter.Board counters, Outbox outbox) {
        this.ownId = ownId;
        this.maxPeers = maxPeers;
        this.counters = counters;
        this.outbox = outbox;
    }

    /** All of them, also candidates and clients; a copy, so that they may be dropped while one walks. */
    List<Peer> all() {
        return new ArrayList<>(peers);
    }

    int size() {
        return peers.size();
    }

    /** Those that take part: heard where they say that they are, and no clients. */
    List<Peer> alive(Now now) {
        List<Peer> alive = new ArrayList<>(peers.size());
        for (Peer peer : peers) {
            boolean hasNoPlace = peer.link() != null && !peer.link().isOurs();
            if (peer.isThere() && peer.kind(now) != PeerKind.CLIENT && !hasNoPlace) {
                alive.add(peer);
            }
        }
        return alive;
    }

    /** Those that have shown that they are where they speak from, of whatever kind; a copy. */
    List<Peer> proven() {
        List<Peer> proven = new ArrayList<>();
        for (Peer peer : peers) {
            if (peer.isProven()) {
                proven.add(peer);
            }
        }
        return proven;
    }

    /** Those that are ours, and no clients; not to be walked while peers may be dropped. */
    Collection<Peer> capable() {
        return capable;
    }

    /** A number that is another one after {@link #capable} has changed. */
    int changesOfCapable() {
        return changesOfCapable;
    }

    private void isCapable(Peer peer, boolean is) {
        if (is ? capable.add(peer) : capable.remove(peer)) {
            changesOfCapable++;
        }
    }

    /** Whether any of them is one of ours. */
    boolean anyCapable() {
        return !capable.isEmpty();
    }

    /** The peer with that node id, or null. */
    Peer ofNode(long nodeId) {
        return byId.get(nodeId);
    }

    /** The peer at the other end of a path, or null. */
    Peer at(Path path) {
        return byPath.get(path);
    }

    boolean isOwn(NetAddress address, Now now) {
        Long since = ownAddresses.get(address);
        return since != null && now.since(since) < OWN_NANOS;
    }

    /**
     * A frame with our own node id came from there: it is one of our own addresses, and nobody's peer, for a while. Unless it
     * is forged, as everybody knows our id: a datagram is believed only where we have sent something and nobody else has been
     * heard.
     *
     * @return whether the address is ours
     */
    boolean markOwn(Path path, boolean stream, Now now) {
        Peer there = byPath.get(path);
        boolean sentThere = there != null && !there.isHeard();
        if (!sentThere && !(stream && there == null)) {
            return false;
        }
        if (ownAddresses.size() >= MAX_OWN_ADDRESSES) {
            ownAddresses.remove(ownAddresses.keySet().iterator().next());
        }
        ownAddresses.put(path.remote(), now.nanos());
        removePath(path, now);
        return true;
    }

    /**
     * Someone who was told of. Nothing happens if the path is known, is our own, or there is no room.
     *
     * @return the peer at that path, or null
     */
    Peer addCandidate(Path path, Now now) {
        Peer known = byPath.get(path);
        if (known != null || isOwn(path.remote(), now)) {
            return known;
        }
        if (peers.size() >= maxPeers) {
            counters.add(Counter.PEERS_REFUSED);
            return null;
        }
        return add(path, now);
    }

    /**
     * The source of a frame without extension.
     *
     * @param isProven whether it has shown that it receives there
     * @return never null: when there is no room it is served as a guest, and forgotten
     */
    Peer heard(Path from, boolean isProven, Now now) {
        Peer peer = byPath.get(from);
        if (peer != null && peer.isPerhapsElsewhere(now)) {
            // It was known to be there by its node id alone: whoever speaks there is to be answered there, and not
            // where it is.
            removePath(from, now);
            peer = null;
        }
        if (peer == null) {
            peer = addHeard(from, now);
        }
        long id = peer.nodeId();
        if (peer.hearClassic(now)) {
            byId.remove(id, peer);
            isCapable(peer, false);
        }
        peer.hear(from, now);
        isProven(peer, isProven);
        announceJoin(peer, now);
        return peer;
    }

    private void isProven(Peer peer, boolean isProven) {
        peer.isProven(isProven);
        if (isProven || !peers.contains(peer)) {
            unproven.remove(peer);
        } else {
            unproven.add(peer);
        }
    }

    /** The source of a frame with an extension that counts; one node is one peer, whatever its paths. */
    Peer heard(Path from, Header header, Now now) {
        Peer here = byPath.get(from);
        Peer same = byId.get(header.nodeId());
        boolean isOther = here != null && here.nodeId() != 0 && here.nodeId() != header.nodeId();
        boolean isEarlier = isOther && same == null && isEarlier(here, header, now);
        if (isOther && !isEarlier) {
            // Another process has taken this address: the one that was there is gone from it.
            removePath(from, now);
            here = null;
        }
        Peer peer;
        if (isEarlier) {
            // What an earlier process there has sent comes late, or again: the present one is not gone for that.
            peer = new Peer(from, now);
        } else if (same != null) {
            if (here != null && here != same) {
                // What seemed to be two is one: it was told of, or spoke, before it could be known by its id.
                removePath(from, now);
            }
            byPath.remove(same.addPath(from, now));
            byPath.put(from, same);
            peer = same;
        } else {
            peer = here == null ? addHeard(from, now) : here;
        }
        peer.hear(from, now);
        isProven(peer, true);
        identify(peer, header, now);
        return peer;
    }

    /** What is long past comes again also while the one that is there is silent for a moment. */
    private static boolean isEarlier(Peer here, Header header, Now now) {
        return here.isLongPast(header.clock(), now)
                || here.isNoNewer(header.clock(), now) && here.silenceNanos(now) < TAKEN_OVER_NANOS;
    }

    /** Whether a node that is known said that, or something later, somewhere else: then it comes from who has overheard it. */
    boolean isRepeatedElsewhere(Path from, Header header, Now now) {
        Peer same = byId.get(header.nodeId());
        return same != null && !same.paths().contains(from) && same.isNoNewer(header.clock(), now);
    }

    private void identify(Peer peer, Header header, Now now) {
        boolean isClient = header.has(Header.FLAG_CLIENT);
        if (isClient && peer.retractJoin()) {
            outbox.add(new Outbox.Lost(peer.view(now)));
        }
        peer.identify(header.nodeId(), isClient, now);
        if (peers.contains(peer)) {
            byId.put(header.nodeId(), peer);
            isCapable(peer, !isClient);
        }
    }

    /** The application hears of a peer, once: of one of ours when it has a place. */
    void announceJoin(Peer peer, Now now) {
        boolean takesPart = peers.contains(peer) && peer.isProven() && peer.kind(now) != PeerKind.CLIENT;
        if (takesPart && peer.announceJoin()) {
            outbox.add(new Outbox.Joined(peer.view(now)));
        }
    }

    private Peer addHeard(Path from, Now now) {
        if (peers.size() >= maxPeers && !makeRoom(now)) {
            counters.add(Counter.PEERS_REFUSED);
            return new Peer(from, now);
        }
        return add(from, now);
    }

    /** Nobody who has shown that it is there gives way to somebody who has not. */
    private boolean makeRoom(Now now) {
        if (!unproven.isEmpty()) {
            drop(unproven.iterator().next(), now);
            return true;
        }
        for (Peer peer : peers) {
            if (!peer.isHeard()) {
                drop(peer, now);
                return true;
            }
        }
        return false;
    }

    private Peer add(Path path, Now now) {
        Peer peer = new Peer(path, now);
        peers.add(peer);
        byPath.put(path, peer);
        return peer;
    }

    /** That path leads nowhere any more; a peer without another one is dropped. Returns what was there, or null. */
    Peer removePath(Path path, Now now) {
        Peer peer = byPath.remove(path);
        if (peer != null && !peer.removePath(path)) {
            drop(peer, now);
        }
        return peer;
    }

    void drop(Peer peer, Now now) {
        if (!peers.remove(peer)) {
            return;
        }
        unproven.remove(peer);
        peer.paths().forEach(byPath::remove);
        byId.remove(peer.nodeId(), peer);
        isCapable(peer, false);
        if (peer.retractJoin()) {
            outbox.add(new Outbox.Lost(peer.view(now)));
        }
    }

    boolean contains(Peer peer) {
        return peers.contains(peer);
    }

    /** Has each peer use a path that lives, if it has one. */
    void preferLivingPaths(Now now) {
        for (Peer peer : peers) {
            boolean weAreSmaller = Long.compareUnsigned(ownId, peer.nodeId()) < 0;
            peer.preferLivingPath(weAreSmaller ? SMALLER_ID_PATIENCE_NANOS : LARGER_ID_PATIENCE_NANOS, now);
        }
    }

    void excuse(long pauseNanos, Now now) {
        peers.forEach(peer -> peer.excuse(pauseNanos, now));
    }
}
