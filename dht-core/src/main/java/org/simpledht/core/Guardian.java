package org.simpledht.core;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.simpledht.core.store.Store;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * Keeps originals alive and informed. Whoever may be one is treated with this care: who speaks without extension over
 * datagrams, also while it is undecided, and who was told of and has not spoken yet, such as a seed. Nothing that it did not ask
 * for is put to it before it counts as an original.
 */
final class Guardian {

    /** How much the first one in line can refresh in good time, at some seven Puts a second, and with others answering, too. */
    private static final int SHARED_REFRESHED = 100;

    /** So many are kept informed, the others served only: whoever makes up sources cannot have us talk to all of them. */
    private static final int MAX_ORIGINALS = 16;

    /** With more no guest is taken into care. */
    private static final int MAX_WARDS = 64;

    private final Speakers speakers;
    private final PeerTable peers;
    private final Store store;
    private final Sender sender;
    private final PlaceInLine line;
    private final LastPuts lastPuts = new LastPuts();
    private final Delivery delivery;
    private final Counter.Board counters;
    private final Map<Peer, Ward> wards = new LinkedHashMap<>();
    private final Set<Peer> originals = new LinkedHashSet<>();
    private final Set<Hash> recent = new LinkedHashSet<>();

    Guardian(
            Speakers speakers,
            PeerTable peers,
            Store store,
            Sender sender,
            RandomGenerator dice,
            Counter.Board counters) {
        this.speakers = speakers;
        this.peers = peers;
        this.store = store;
        this.sender = sender;
        this.counters = counters;
        line = new PlaceInLine(speakers, peers, dice);
        delivery = new Delivery(store, sender, line, dice);
    }

    /** Whether a peer is in this guardian's care. */
    private boolean guards(Peer peer, Now now) {
        return !peer.kind(now).isOurs() && hasCareFor(peer) && peers.contains(peer) && !sender.isStream(peer.path());
    }

    /** An original has not shown yet that it is there when it is heard first; of forged sources there may be thousands. */
    private boolean hasCareFor(Peer peer) {
        return !peer.isGuest() || wards.size() < MAX_WARDS || wards.containsKey(peer);
    }

    /** The originals that this node talks to, for others of ours to know. */
    List<NetAddress> wards() {
        return originals.stream()
                .filter(peer -> !wards.get(peer).pacing().isDeaf())
                .map(peer -> peer.path().remote())
                .toList();
    }

    private Ward ward(Peer peer, Now now) {
        Ward ward =
                wards.computeIfAbsent(peer, p -> new Ward(lastPuts, peer.path().remote(), now));
        if (originals.size() < MAX_ORIGINALS && peer.kind(now) == PeerKind.ORIGINAL && originals.add(peer)) {
            ward.keepInformed();
            inform(peer, ward, now);
        }
        return ward;
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
     * @return false if the peer is not in this guardian's care, and is to be told by the caller
     */
    boolean announce(Peer peer, Hash hash, boolean changed, Now now) {
        if (!guards(peer, now)) {
            return false;
        }
        Ward ward = ward(peer, now);
        boolean original = peer.kind(now) == PeerKind.ORIGINAL;
        if (originals.contains(peer)) {
            ward.keepFresh(hash, line.putUnaskedAt(peer, !changed, now));
        }
        if (original && line.hasOthers()) {
            ward.announceAt(hash, line.announceAt(peer, now));
        } else {
            delivery.announce(peer, ward, hash, now);
        }
        return true;
    }

    /** Whether a peer asks for a hash only because it was probed with that, which nobody has. */
    boolean isProbed(Peer peer, Hash hash) {
        Ward ward = wards.get(peer);
        return ward != null && ward.pacing().isProbe(hash);
    }

    /**
     * A peer asks for a hash that is here.
     *
     * @param from where it asks from, and is answered
     * @return true if the answer is put off, because we provoked the question and there may be many such at once, or because
     *     it has got too many answers just now; then who is in nobody's care is not answered at all
     */
    boolean defersAnswer(Path from, Peer peer, Hash hash, Now now) {
        if (!guards(peer, now)) {
            return !mayAnswerUnguarded(from, peer, now);
        }
        Ward ward = ward(peer, now);
        if (!ward.isProvoked(hash, now)) {
            int before = originals.contains(peer) ? speakers.before(peer, now) : 0;
            if (before > 0) {
                // It asks all of us alike, and hears from the first one; the others see to it that it hears from one.
                ward.answerAt(hash, PlaceInLine.answerAt(before, now));
                return true;
            }
            return defersAnswer(ward, ward.mayAnswer(now), hash, now);
        }
        if (line.hasOthers() && ward.isIdle()) {
            // Others of ours may have provoked it in the same moment: three first answers at once would kill it.
            ward.pacing().wait(line.jitterNanos(true), now);
        }
        if (!ward.enqueuePut(hash)) {
            counters.add(Counter.ORIGINAL_PUTS_DROPPED);
        }
        delivery.putWhatIsDue(peer, ward, now);
        return true;
    }

    /**
     * A hash has come that a peer has asked for before, once for each time that it asked.
     *
     * @param peer null if it is none any more
     * @return true if the answer is put off, because the original has only just got another one; then who is in nobody's care is not
     *     answered at all
     */
    boolean defersLateAnswer(Path asker, Peer peer, Hash hash, Now now) {
        if (peer == null || !guards(peer, now)) {
            return !mayAnswerUnguarded(asker, peer, now);
        }
        Ward ward = ward(peer, now);
        return defersAnswer(ward, ward.mayAnswerLate(now), hash, now);
    }

    private boolean defersAnswer(Ward ward, boolean mayAnswer, Hash hash, Now now) {
        if (mayAnswer) {
            ward.pacing().pause(line.jitterNanos(ward.pacing().isContended(now)), now);
        } else if (!ward.enqueueAnswer(hash)) {
            counters.add(Counter.ORIGINAL_PUTS_DROPPED);
        }
        return !mayAnswer;
    }

    /** Whether a Put can do no harm now where somebody asks who may be an original. */
    boolean canBear(Path asker, Now now) {
        return sender.isStream(asker) || lastPuts.nanosUntilAnother(asker.remote(), now) == 0;
    }

    private boolean mayAnswerUnguarded(Path asker, Peer peer, Now now) {
        if (sender.isStream(asker) || peer != null && peer.kind(now).isOurs()) {
            return true;
        }
        boolean may = canBear(asker, now);
        if (may) {
            lastPuts.sent(asker.remote(), now);
        } else {
            counters.add(Counter.ORIGINAL_PUTS_DROPPED);
        }
        return may;
    }

    /**
     * A peer has announced or sent a hash, so it holds it; if it is here as well, the peer is to go on holding it.
     *
     * <p>An original announces each Put to everybody, so this is also how its neighbours hear of each other's Puts: after one
     * each of them waits its own random while, as on a shared wire.
     */
    void heardHolding(Peer peer, Hash hash, Now now) {
        if (!guards(peer, now)) {
            return;
        }
        Ward ward = ward(peer, now);
        boolean answersUs = ward.pacing().isInFlight(hash);
        long refreshAt = line.refreshAt(peer, now);
        boolean keptFresh = ward.holds(hash, refreshAt);
        if (!keptFresh
                && store.get(hash, now.unixMillis()).isPresent()
                && (recent.contains(hash) || ward.hasRoomToKeepFresh())) {
            ward.keepFresh(hash, refreshAt);
        }
        if (line.hasOthers() && !answersUs) {
            ward.pacing().giveWay(line.jitterNanos(true), now);
        }
    }

    /** An original sends KeepAlives on its tick only. */
    void heardTick(Peer peer, Now now) {
        // A Put of ours alone may share a wake-up with its tick; with somebody else's it may not.
        if (!guards(peer, now)) {
            return;
        }
        Ward ward = ward(peer, now);
        if (line.hasOthers()) {
            boolean isFirst = line.leads(peer, now) && !ward.pacing().isContended(now);
            ward.pacing().ticked(line.staggerNanos(isFirst), now);
        }
    }

    void tick(Now now) {
        wards.keySet().removeIf(peer -> !guards(peer, now));
        originals.removeIf(peer -> !wards.containsKey(peer));
        wards.forEach((peer, ward) -> {
            ward.isFirst(line.leads(peer, now));
            if (ward.nanosUntilTick(now) == 0) {
                ward.refreshAtMost(line.hasOthers() ? SHARED_REFRESHED : Ward.MAX_REFRESHED);
                delivery.announceWhatIsDue(peer, ward, now);
                delivery.answerWhatIsDue(peer, ward, now);
                delivery.putWhatIsDue(peer, ward, now);
                delivery.probeWhatIsDue(peer, ward, now);
            }
        });
    }

    /** A new original gets what was written last, spread over the time in which it is to have it. */
    private void inform(Peer peer, Ward ward, Now now) {
        for (Hash hash : recent) {
            ward.keepFresh(hash, line.informAt(peer, now));
        }
    }

    long nanosUntilTick(Now now) {
        long least = Long.MAX_VALUE;
        for (Ward ward : wards.values()) {
            least = Math.min(least, ward.nanosUntilTick(now));
        }
        return least;
    }
}
