package org.simpledht.core;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.Message;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * Keeps originals alive and informed. Whoever may be one is treated with this care: who speaks without extension over
 * datagrams, also while it is undecided, and who was told of and has not spoken yet, such as a seed. Nothing that it did not ask
 * for is put to it before it counts as an original.
 */
final class Guardian {

    /** An original forgets a hash 30 s after its last Put; whoever is last in line must still be early enough. */
    private static final long REFRESH_FIRST_NANOS = 20_000_000_000L;

    private static final long REFRESH_LINE_NANOS = 6_000_000_000L;

    /** Who does most of the refreshing stays well ahead of the others, so that nobody disturbs it while it keeps up. */
    private static final long LEADERS_LINE_NANOS = 600_000_000L;

    /** After an original's tick the leader goes on first: all have waited for it, and must not go on in the same moment. */
    private static final long LEADERS_STAGGER_NANOS = 30_000_000L;

    private static final long FOLLOWERS_FIRST_NANOS = 23_000_000_000L;
    private static final long FOLLOWERS_LINE_NANOS = 3_000_000_000L;

    /**
     * How much the first one in line can refresh in good time, at some seven Puts a second. With more, the next one in line finds
     * something to do as well, they give way to each other, and both fall behind.
     */
    private static final int SHARED_REFRESHED = 100;

    /** How long an announced value may take to be fetched before it is put without being asked for. */
    private static final long FETCH_NANOS = 10_000_000_000L;

    private static final long ANNOUNCE_LINE_NANOS = 800_000_000L;

    /** An answer of the one before has come back as its announcement by then. */
    private static final long ANSWER_STEP_NANOS = 250_000_000L;

    /** While others are putting to an original, what is new is kept back so long at a time: they may be about to tell it. */
    private static final long KEEP_BACK_NANOS = 1_000_000_000L;

    /** The random part of a wait, for a node that has an original to itself, and for one of many. */
    private static final long ALONE_NANOS = 50_000_000L;

    private static final long CONTENDED_NANOS = 480_000_000L;

    /** So many are kept informed, the others served only: whoever makes up sources cannot have us talk to all of them. */
    private static final int MAX_ORIGINALS = 16;

    private final Speakers speakers;
    private final PeerTable peers;
    private final Store store;
    private final Sender sender;
    private final RandomGenerator dice;
    private final PlaceInLine line;
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
        this.dice = dice;
        this.counters = counters;
        line = new PlaceInLine(speakers, dice);
    }

    /** Whether a peer is in this guardian's care. */
    private boolean guards(Peer peer, Now now) {
        PeerKind kind = peer.kind(now);
        boolean ours = kind == PeerKind.CAPABLE || kind == PeerKind.CLIENT;
        return !ours && peers.contains(peer) && !sender.isStream(peer.path());
    }

    /** Whether others of ours may be talking to the same originals. */
    private boolean hasOthers() {
        return peers.anyCapable();
    }

    /** Whether it is this node that talks to an original, as far as it knows. */
    private boolean leads(Peer peer) {
        return speakers.before(peer) == 0;
    }

    /** The originals that this node talks to, for others of ours to know. */
    List<NetAddress> wards() {
        return originals.stream()
                .filter(peer -> !wards.get(peer).pacing().isDeaf())
                .map(peer -> peer.path().remote())
                .toList();
    }

    /** When it is our turn; alone we are always the first in line. */
    private long turnNanos(Peer peer, long firstNanos, long lineNanos, Now now) {
        return line.turnNanos(peer, firstNanos, hasOthers() ? lineNanos : 0, now);
    }

    private Ward ward(Peer peer, Now now) {
        Ward ward = wards.computeIfAbsent(peer, p -> new Ward(now));
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
            long lateNanos = changed ? 0 : FETCH_NANOS;
            ward.keepFresh(hash, turnNanos(peer, lateNanos, REFRESH_LINE_NANOS, now));
        }
        if (original && hasOthers()) {
            ward.announceAt(hash, turnNanos(peer, 0, ANNOUNCE_LINE_NANOS, now));
        } else {
            announceNow(peer, ward, hash, now);
        }
        return true;
    }

    private void announceNow(Peer peer, Ward ward, Hash hash, Now now) {
        if (ward.mayAnnounce(hash, now)) {
            sender.classic(peer.path(), new Message.IHave(hash), now);
        }
    }

    /**
     * A peer asks for a hash that is here.
     *
     * @return true if the answer is put off, because we provoked the question and there may be many such at once, or because
     *     it has got too many answers just now
     */
    boolean defersAnswer(Peer peer, Hash hash, Now now) {
        if (!guards(peer, now)) {
            return false;
        }
        Ward ward = ward(peer, now);
        if (!ward.isProvoked(hash, now)) {
            int before = originals.contains(peer) ? speakers.before(peer) : 0;
            if (before > 0) {
                // It asks all of us alike, and hears from the first one; the others see to it that it hears from one.
                ward.answerAt(hash, now.nanos() + before * ANSWER_STEP_NANOS);
                return true;
            }
            return defersAnswer(ward, ward.mayAnswer(now), hash, now);
        }
        if (hasOthers() && ward.isIdle()) {
            // Others of ours may have provoked it in the same moment: three first answers at once would kill it.
            ward.pacing().wait(dice.nextLong(CONTENDED_NANOS), now);
        }
        if (!ward.enqueuePut(hash)) {
            counters.add(Counter.ORIGINAL_PUTS_DROPPED);
        }
        putWhatIsDue(peer, ward, now);
        return true;
    }

    /**
     * A hash has come that a peer has asked for before, once for each time that it asked.
     *
     * @return true if the answer is put off, because the original has only just got another one
     */
    boolean defersLateAnswer(Peer peer, Hash hash, Now now) {
        if (peer == null || !guards(peer, now)) {
            return false;
        }
        Ward ward = ward(peer, now);
        return defersAnswer(ward, ward.mayAnswerLate(now), hash, now);
    }

    private boolean defersAnswer(Ward ward, boolean mayAnswer, Hash hash, Now now) {
        if (mayAnswer) {
            ward.pacing().pause(jitter(ward, now), now);
        } else if (!ward.enqueueAnswer(hash)) {
            counters.add(Counter.ORIGINAL_PUTS_DROPPED);
        }
        return !mayAnswer;
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
        long refreshAt = leads(peer)
                ? turnNanos(peer, REFRESH_FIRST_NANOS, LEADERS_LINE_NANOS, now)
                : turnNanos(peer, FOLLOWERS_FIRST_NANOS, FOLLOWERS_LINE_NANOS, now);
        boolean keptFresh = ward.holds(hash, refreshAt);
        if (!keptFresh
                && store.get(hash, now.unixMillis()).isPresent()
                && (recent.contains(hash) || ward.hasRoomToKeepFresh())) {
            ward.keepFresh(hash, refreshAt);
        }
        if (hasOthers() && !answersUs) {
            ward.pacing().giveWay(dice.nextLong(CONTENDED_NANOS), now);
        }
    }

    /** An original sends KeepAlives on its tick only. */
    void heardTick(Peer peer, Now now) {
        // A Put of ours alone may share a wake-up with its tick; with somebody else's it may not.
        if (!guards(peer, now)) {
            return;
        }
        Ward ward = ward(peer, now);
        if (hasOthers()) {
            ward.pacing()
                    .ticked(
                            leads(peer) && !ward.pacing().isContended(now)
                                    ? dice.nextLong(LEADERS_STAGGER_NANOS)
                                    : LEADERS_STAGGER_NANOS + dice.nextLong(CONTENDED_NANOS),
                            now);
        }
    }

    void tick(Now now) {
        wards.keySet().removeIf(peer -> !guards(peer, now));
        originals.removeIf(peer -> !wards.containsKey(peer));
        wards.forEach((peer, ward) -> {
            ward.refreshes(speakers.refreshes(peer, now));
            if (ward.nanosUntilTick(now) == 0) {
                ward.refreshAtMost(hasOthers() ? SHARED_REFRESHED : Ward.MAX_REFRESHED);
                announceWhatIsDue(peer, ward, now);
                answerWhatIsDue(peer, ward, now);
                putWhatIsDue(peer, ward, now);
            }
        });
    }

    /** A new original gets what was written last, spread over the time in which it is to have it. */
    private void inform(Peer peer, Ward ward, Now now) {
        for (Hash hash : recent) {
            ward.keepFresh(hash, turnNanos(peer, dice.nextLong(REFRESH_FIRST_NANOS), REFRESH_LINE_NANOS, now));
        }
    }

    private void announceWhatIsDue(Peer peer, Ward ward, Now now) {
        for (Hash due : ward.takeDueAnnouncements(now)) {
            if (ward.pacing().isContended(now) && !leads(peer)) {
                ward.announceAt(due, turnNanos(peer, KEEP_BACK_NANOS, ANNOUNCE_LINE_NANOS, now));
            } else {
                announceNow(peer, ward, due, now);
            }
        }
    }

    private void answerWhatIsDue(Peer peer, Ward ward, Now now) {
        Hash hash = ward.takeDueAnswer(now);
        Content content =
                hash == null ? null : store.get(hash, now.unixMillis()).orElse(null);
        if (content != null && sender.fits(peer.path(), peer, content, now)) {
            ward.pacing().pause(jitter(ward, now), now);
            sender.classic(peer.path(), new Message.Put(hash, content), now);
        }
    }

    private void putWhatIsDue(Peer peer, Ward ward, Now now) {
        for (Hash hash = ward.takeDuePut(now); hash != null; hash = ward.takeDuePut(now)) {
            Content content = store.get(hash, now.unixMillis()).orElse(null);
            if (content != null && sender.fits(peer.path(), peer, content, now)) {
                ward.pacing().hasPut(hash, jitter(ward, now), now);
                if (ward.hasAskedForIt()) {
                    sender.classic(peer.path(), new Message.Put(hash, content), now);
                } else {
                    sender.stamped(peer.path(), store.meta(hash), content, now);
                }
                return;
            }
            ward.forget(hash);
        }
    }

    private long jitter(Ward ward, Now now) {
        return dice.nextLong(ward.pacing().isContended(now) ? CONTENDED_NANOS : ALONE_NANOS);
    }

    long nanosUntilTick(Now now) {
        long least = Long.MAX_VALUE;
        for (Ward ward : wards.values()) {
            least = Math.min(least, ward.nanosUntilTick(now));
        }
        return least;
    }
}
