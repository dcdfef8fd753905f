package org.simpledht.core;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.simpledht.protocol.Message;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * Keeps originals alive and informed. Whoever speaks without extension over datagrams is treated with this care, also while
 * it is undecided; nothing that it did not ask for is put to it before it counts as an original.
 */
final class Guardian {

    private static final long REFRESH_FIRST_NANOS = 20_000_000_000L;
    private static final long REFRESH_SPREAD_NANOS = 4_000_000_000L;

    /** How long an announced value may take to be fetched before it is put without being asked for. */
    private static final long FETCH_NANOS = 5_000_000_000L;

    /** What we only relay, other nodes relay too; each waits a little, and is silent if the original has it by then. */
    private static final long RELAY_FIRST_NANOS = 50_000_000L;

    private static final long RELAY_SPREAD_NANOS = 350_000_000L;

    private static final long PUT_JITTER_NANOS = 50_000_000L;

    private final Store store;
    private final Sender sender;
    private final RandomGenerator dice;
    private final Counter.Board counters;
    private final Map<Peer, Ward> wards = new LinkedHashMap<>();
    private final Set<Peer> originals = new LinkedHashSet<>();
    private final Set<Hash> recent = new LinkedHashSet<>();

    Guardian(Store store, Sender sender, RandomGenerator dice, Counter.Board counters) {
        this.store = store;
        this.sender = sender;
        this.dice = dice;
        this.counters = counters;
    }

    /** Whether a peer is in this guardian's care. */
    private boolean guards(Peer peer, Now now) {
        PeerKind kind = peer.kind(now);
        return (kind == PeerKind.UNDECIDED || kind == PeerKind.ORIGINAL) && !sender.isStream(peer.path());
    }

    private Ward ward(Peer peer, Now now) {
        return wards.computeIfAbsent(peer, p -> new Ward(now));
    }

    /** A hash was written here: it is the youngest of those that originals are kept informed of. */
    void written(Hash hash) {
        recent.remove(hash);
        if (recent.size() >= Ward.MAX_REFRESHED) {
            recent.remove(recent.iterator().next());
        }
        recent.add(hash);
    }

    /**
     * Tells a peer of a hash that was written here.
     *
     * @param changed true if another content was here before, which the peer may hold and would not replace for an IHave
     * @param relayed true if it was written because another node announced it
     * @return false if the peer is not in this guardian's care, and is to be told by the caller
     */
    boolean announce(Peer peer, Hash hash, boolean changed, boolean relayed, Now now) {
        if (!guards(peer, now)) {
            return false;
        }
        Ward ward = ward(peer, now);
        boolean original = peer.kind(now) == PeerKind.ORIGINAL;
        if (original) {
            ward.keepFresh(hash, now.nanos() + (changed ? 0 : FETCH_NANOS));
        }
        if (original && relayed) {
            ward.announceAt(hash, now.nanos() + RELAY_FIRST_NANOS + dice.nextLong(RELAY_SPREAD_NANOS));
        } else {
            announceNow(peer, ward, hash, now);
        }
        return true;
    }

    private void announceNow(Peer peer, Ward ward, Hash hash, Now now) {
        ward.announced(hash, now);
        sender.classic(peer.path(), new Message.IHave(hash), now);
    }

    /**
     * A peer asks for a hash that is here.
     *
     * @return true if the answer is put off, because we provoked the question: there may be many such at once
     */
    boolean defersAnswer(Peer peer, Hash hash, Now now) {
        if (!guards(peer, now)) {
            return false;
        }
        Ward ward = ward(peer, now);
        if (!ward.isProvoked(hash, now)) {
            ward.pause(jitter(), now);
            return false;
        }
        if (!ward.enqueuePut(hash)) {
            counters.add(Counter.ORIGINAL_PUTS_DROPPED);
        }
        putWhatIsDue(peer, ward, now);
        return true;
    }

    /** A peer has announced or sent a hash, so it holds it; if it is here as well, the peer is to go on holding it. */
    void heardHolding(Peer peer, Hash hash, Now now) {
        if (guards(peer, now)) {
            long refreshAt = now.nanos() + REFRESH_FIRST_NANOS + dice.nextLong(REFRESH_SPREAD_NANOS);
            ward(peer, now).holds(hash, store.contains(hash), refreshAt);
        }
    }

    void tick(List<Peer> peers, Now now) {
        wards.keySet().retainAll(peers);
        originals.retainAll(peers);
        for (Peer peer : peers) {
            if (!guards(peer, now)) {
                wards.remove(peer);
                originals.remove(peer);
                continue;
            }
            Ward ward = ward(peer, now);
            if (peer.kind(now) == PeerKind.ORIGINAL && originals.add(peer)) {
                inform(ward, now);
            }
            for (Hash due = ward.takeDueAnnouncement(now); due != null; due = ward.takeDueAnnouncement(now)) {
                announceNow(peer, ward, due, now);
            }
            putWhatIsDue(peer, ward, now);
        }
    }

    /** A new original gets what was written last, spread over the time in which it is to have it. */
    private void inform(Ward ward, Now now) {
        for (Hash hash : recent) {
            ward.keepFresh(hash, now.nanos() + dice.nextLong(REFRESH_FIRST_NANOS));
        }
    }

    private void putWhatIsDue(Peer peer, Ward ward, Now now) {
        boolean refresh = peer.kind(now) == PeerKind.ORIGINAL;
        for (Hash hash = ward.takeDuePut(refresh, now); hash != null; hash = ward.takeDuePut(refresh, now)) {
            Content content = store.get(hash).orElse(null);
            if (content != null && sender.fits(peer.path(), peer, content, now)) {
                ward.hasPut(hash, jitter(), now);
                sender.classic(peer.path(), new Message.Put(hash, content), now);
                return;
            }
            ward.forget(hash);
        }
    }

    private long jitter() {
        return dice.nextLong(PUT_JITTER_NANOS);
    }

    long nanosUntilTick(Now now) {
        long least = Long.MAX_VALUE;
        for (Map.Entry<Peer, Ward> each : wards.entrySet()) {
            boolean refresh = each.getKey().kind(now) == PeerKind.ORIGINAL;
            least = Math.min(least, each.getValue().nanosUntilTick(refresh, now));
        }
        return least;
    }
}
