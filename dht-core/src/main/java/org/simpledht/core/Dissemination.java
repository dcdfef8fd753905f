package org.simpledht.core;

import java.util.Optional;
import org.simpledht.protocol.Message;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * How contents get around: what is put is announced, what is announced is fetched, what was asked for is answered when it
 * comes (docs/PROTOCOL.md, "Behaviour").
 */
final class Dissemination {

    private final Store store;
    private final PeerTable peers;
    private final PendingGets pending;
    private final Wants wants;
    private final Lookups lookups;
    private final Guardian guardian;
    private final Sender sender;
    private final Outbox outbox;
    private final Counter.Board counters;

    Dissemination(
            Store store,
            PeerTable peers,
            PendingGets pending,
            Wants wants,
            Lookups lookups,
            Guardian guardian,
            Sender sender,
            Outbox outbox,
            Counter.Board counters) {
        this.store = store;
        this.peers = peers;
        this.pending = pending;
        this.wants = wants;
        this.lookups = lookups;
        this.guardian = guardian;
        this.sender = sender;
        this.outbox = outbox;
        this.counters = counters;
    }

    /** A write of the application. Returns false if the table is full and the key new. */
    boolean put(Hash hash, Content content, Now now) {
        Store.Written written = store.write(hash, content, now.wallMillis());
        if (written == Store.Written.FULL) {
            return false;
        }
        guardian.written(hash);
        spread(null, hash, content, written, now);
        return true;
    }

    /** A Put came in, be it a write of its sender's or the answer to a Get of ours. */
    void put(Path from, Peer peer, Hash hash, Content content, Now now) {
        counters.add(Counter.PUTS_RECEIVED);
        Store.Written written = store.write(hash, content, now.wallMillis());
        if (written == Store.Written.FULL) {
            // No IHave for what was refused: its sender must not take it for stored.
            counters.add(Counter.PUTS_REFUSED_FULL);
            wants.satisfied(hash);
            lookups.found(hash, content);
            return;
        }
        guardian.written(hash);
        guardian.heardHolding(peer, hash, now);
        // The acknowledgement goes back by the path that the Put came by, and before all else.
        sender.say(from, peer, new Message.IHave(hash), now);
        spread(peer, hash, content, written, now);
    }

    /** A content has been written: everybody who waits for it gets it, everybody but its sender hears of it. The
     * origin is null if it was written here. */
    private void spread(Peer origin, Hash hash, Content content, Store.Written written, Now now) {
        wants.satisfied(hash);
        lookups.found(hash, content);
        if (written != Store.Written.SAME) {
            outbox.add(new Outbox.Stored(hash, content));
        }
        answerPending(hash, content, now);
        boolean changed = written == Store.Written.CHANGED;
        for (Peer peer : peers.all()) {
            boolean hears = peer != origin && peer.kind(now) != PeerKind.CLIENT;
            if (hears && !guardian.announce(peer, hash, changed, now)) {
                sender.say(peer.path(), peer, new Message.IHave(hash), now);
            }
        }
    }

    /** Who has asked several times for the same is answered as often; what may be an original gets its answers apart. */
    private void answerPending(Hash hash, Content content, Now now) {
        for (Path asker : pending.take(hash)) {
            Peer peer = peers.at(asker);
            if (!guardian.defersLateAnswer(peer, hash, now)) {
                answer(asker, peer, hash, content, now);
            }
        }
    }

    /**
     * A Get came in.
     *
     * @param repeats true if the asker repeats its question until it is answered
     */
    void get(Path from, Peer peer, Hash hash, boolean repeats, Now now) {
        Optional<Content> content = store.get(hash);
        if (content.isEmpty()) {
            pending.add(hash, from, repeats, now);
        } else if (!guardian.defersAnswer(peer, hash, now)) {
            answer(from, peer, hash, content.get(), now);
        }
    }

    private void answer(Path asker, Peer peer, Hash hash, Content content, Now now) {
        if (sender.fits(asker, peer, content, now)) {
            sender.say(asker, peer, new Message.Put(hash, content), now);
        } else if (sender.fits(asker, null, content, now)) {
            // Without the header's bytes it still fits.
            sender.classic(asker, new Message.Put(hash, content), now);
        } else {
            counters.add(Counter.PUTS_TOO_LARGE);
        }
    }

    /** A sign of life came in. */
    void heardKeepAlive(Peer peer, Now now) {
        guardian.heardTick(peer, now);
    }

    /** Somebody announced a hash. */
    void announced(Path from, Peer peer, Hash hash, Now now) {
        guardian.heardHolding(peer, hash, now);
        if (store.contains(hash)) {
            return;
        }
        boolean undecided = peer.kind(now) == PeerKind.UNDECIDED;
        if (undecided || wants.announced(hash, from, sender.isStream(from), now)) {
            sender.say(from, peer, new Message.Get(hash), now);
        }
    }

    void tick(Now now) {
        wants.tick(now, (hash, announcer) -> {
            Peer peer = peers.at(announcer);
            if (peer != null) {
                sender.say(announcer, peer, new Message.Get(hash), now);
            }
            return sender.isStream(announcer);
        });
        guardian.tick(now);
    }

    long nanosUntilTick(Now now) {
        return Math.min(wants.nanosUntilTick(now), guardian.nanosUntilTick(now));
    }
}
