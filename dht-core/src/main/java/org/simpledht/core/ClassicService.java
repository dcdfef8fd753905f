package org.simpledht.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.simpledht.core.store.Applied;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.ContentDigest;
import org.simpledht.protocol.Message;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * What the original does, for all who name no versions: originals, guests, those who are not yet known, and clients
 * (docs/PROTOCOL.md, "Behaviour" and "Originals").
 */
final class ClassicService implements Dissemination.ClassicSide {

    /** How long a copy of unknown age lives among ours; who still has it will say so again. */
    private static final long COPY_MILLIS = 600_000;

    /** A question that nobody here can answer is passed on to an original at most this often. */
    private static final long PASS_ON_NANOS = 1_000_000_000L;

    private final Store store;
    private final Dissemination dissemination;
    private final PeerTable peers;
    private final PendingGets pending;
    private final ClassicWants wants;
    private final Lookups lookups;
    private final Guardian guardian;
    private final Gate gate;
    private final Sender sender;
    private final Counter.Board counters;
    private final Solicited solicited = new Solicited();
    private final Map<Peer, Long> passedOnNanos = new HashMap<>();

    ClassicService(
            Store store,
            Dissemination dissemination,
            PeerTable peers,
            PendingGets pending,
            ClassicWants wants,
            Lookups lookups,
            Guardian guardian,
            Gate gate,
            Sender sender,
            Counter.Board counters) {
        this.store = store;
        this.dissemination = dissemination;
        this.peers = peers;
        this.pending = pending;
        this.wants = wants;
        this.lookups = lookups;
        this.guardian = guardian;
        this.gate = gate;
        this.sender = sender;
        this.counters = counters;
        dissemination.connect(this);
    }

    // What comes in

    /** A Put came in without a version: a client's write, or a copy that was asked for. */
    void put(Path from, Peer peer, Hash hash, Content content, int lifeSeconds, Now now) {
        counters.add(Counter.PUTS_RECEIVED);
        if (!store.hasRoomFor(hash, content.size(), now.unixMillis())) {
            // No IHave for what was refused: its sender must not take it for stored.
            counters.add(Counter.PUTS_REFUSED_FULL);
            wants.satisfied(hash);
            lookups.found(hash, content);
            return;
        }
        // The acknowledgement goes back by the path that the Put came by, and before all else.
        sender.say(from, peer, new Message.IHave(hash), now);
        wants.satisfied(hash);
        write(from, peer, hash, content, lifeSeconds, now);
        guardian.heardHolding(peer, hash, now);
    }

    private void write(Path from, Peer peer, Hash hash, Content content, int lifeSeconds, Now now) {
        long digest = ContentDigest.of(content);
        boolean copy = solicited.answered(peer, hash);
        if (copy) {
            solicited.copied(from, hash, digest, now);
        } else {
            copy = lifeSeconds == 0 && solicited.isCopiedAgain(from, hash, digest, now);
        }
        boolean held = store.get(hash, now.unixMillis()).filter(content::equals).isPresent();
        boolean repeated = !copy && solicited.isRepeated(from, hash, digest, lifeSeconds, now);
        if (held && (copy || repeated)) {
            return;
        }
        if (copy) {
            Applied applied = dissemination.applyCopy(peer, hash, content, COPY_MILLIS, now);
            if (applied == Applied.OLDER && store.get(hash, now.unixMillis()).isPresent()) {
                // What it holds is older than what is here, and it would go on holding it.
                guardian.announce(peer, hash, true, now);
            }
        } else {
            dissemination.write(peer, hash, content, lifeSeconds, now);
        }
    }

    /**
     * A Get came in.
     *
     * @param repeats true if the asker repeats its question until it is answered
     */
    void get(Path from, Peer peer, Hash hash, boolean repeats, Now now) {
        if (guardian.isProbed(peer, hash)) {
            return;
        }
        Optional<Content> content = store.get(hash, now.unixMillis());
        if (content.isEmpty()) {
            pending.add(hash, from, repeats, now);
            passOn(peer, hash, now);
        } else if (!guardian.defersAnswer(from, peer, hash, now)) {
            answer(from, peer, hash, content.get(), now);
        }
    }

    private void passOn(Peer asker, Hash hash, Now now) {
        for (Peer peer : peers.proven()) {
            Long before = passedOnNanos.get(peer);
            boolean isTime = before == null || now.since(before) >= PASS_ON_NANOS;
            if (peer != asker && isTime && peer.kind(now) == PeerKind.ORIGINAL && solicited.mayAsk(peer, hash)) {
                passedOnNanos.put(peer, now.nanos());
                ask(peer.path(), peer, hash, now);
            }
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

    /** Somebody announced a hash, and cannot say which version. */
    void announced(Path from, Peer peer, Hash hash, Now now) {
        guardian.heardHolding(peer, hash, now);
        if (!store.meta(hash).isNothing()) {
            // Whatever it has is a copy of unknown age, which loses to anything that is held here.
            return;
        }
        boolean undecided = peer.kind(now) == PeerKind.UNDECIDED;
        if (undecided || wants.announced(hash, from, sender.isStream(from), now)) {
            ask(from, peer, hash, now);
        }
    }

    /** Asks somebody for a hash, as an original would. */
    void ask(Path to, Peer peer, Hash hash, Now now) {
        if (solicited.mayAsk(peer, hash)) {
            solicited.asked(peer, hash, peers);
            sender.say(to, peer, new Message.Get(hash), now);
        }
    }

    // What goes out

    @Override
    public void satisfied(Hash key) {
        wants.satisfied(key);
    }

    @Override
    public void spread(Peer origin, Hash key, Content content, boolean changed, Now now) {
        guardian.written(key);
        answerPending(key, content, now);
        for (Peer peer : peers.all()) {
            if (peer != origin
                    && !peer.kind(now).isOurs()
                    && hearsUnasked(peer, now)
                    && !guardian.announce(peer, key, changed, now)) {
                sender.say(peer.path(), peer, new Message.IHave(key), now);
            }
        }
    }

    /**
     * Guests hear nothing of our own accord, nor does who was told of and has not been heard: thousands of forged sources, or some
     * dozen addresses that one of them made up, would make each write a flood. When it has come it is told what was written last.
     */
    private boolean hearsUnasked(Peer peer, Now now) {
        return !peer.isGuest() && !sender.isHearsay(peer, now);
    }

    /** Who has asked several times for the same is answered as often; what may be an original gets its answers apart. */
    private void answerPending(Hash hash, Content content, Now now) {
        for (Path asker : pending.take(hash)) {
            Peer peer = peers.at(asker);
            if (peer != null && peer.link() != null) {
                // It asked before it was known to be one of ours: it hears of it like all of these, and would make
                // nothing of a bare Put.
                continue;
            }
            if (peer == null && !guardian.canBear(asker, now) && gate.mayMeet(asker, asker, now)) {
                // It fell silent, and may be an original all the same: what comes in a burst waits its turn.
                peer = peers.addCandidate(asker, now);
            }
            if (!guardian.defersLateAnswer(asker, peer, hash, now)) {
                answer(asker, peer, hash, content, now);
            }
        }
    }

    void tick(Now now) {
        wants.tick(now, (hash, announcer) -> {
            Peer peer = peers.at(announcer);
            if (peer != null) {
                ask(announcer, peer, hash, now);
            }
            return sender.isStream(announcer);
        });
        guardian.tick(now);
    }

    /** The originals that this node talks to. */
    List<NetAddress> wards() {
        return guardian.wards();
    }

    /** Who is gone is not remembered. */
    void forgetTheGone() {
        solicited.forgetAllBut(peers);
        passedOnNanos.keySet().removeIf(peer -> !peers.contains(peer));
    }

    long nanosUntilTick(Now now) {
        return Math.min(wants.nanosUntilTick(now), guardian.nanosUntilTick(now));
    }
}
