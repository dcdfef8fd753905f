package org.simpledht.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * What this node owes one original, which dies of what any other node takes in its stride: of three Puts handled in one
 * wake-up, or of two and its own tick. So Puts go one at a time, the next after its IHave or a patience, and never close
 * together (docs/PROTOCOL.md, "Originals").
 *
 * <p>An original forgets a hash 30 s after its last Put, hence the refreshes.
 */
final class Ward {

    static final int MAX_ANNOUNCED = 512;
    static final int MAX_PUTS = 256;
    static final int MAX_REFRESHED = 150;

    /** A look at those that nothing waits for, so that their moment is never out of reach. */
    private static final long IDLE_NANOS = 3_600_000_000_000L;

    /** An answer to an announcement comes within a round trip; what comes later is a question of its own. */
    private static final long PROVOKED_NANOS = 10_000_000_000L;

    private final Map<Hash, Long> announcedNanos = new LinkedHashMap<>();
    private final DueHashes announcements = new DueHashes(MAX_ANNOUNCED);
    private final DueHashes othersAnswers = new DueHashes(MAX_PUTS);
    private final DueHashes refreshed = new DueHashes(MAX_REFRESHED);
    private final Set<Hash> puts = new LinkedHashSet<>();
    private final Deque<Hash> answers = new ArrayDeque<>();
    private final Pacing pacing;
    private boolean informed;
    private boolean refreshes = true;
    private boolean askedFor;
    private boolean changed = true;
    private long dueNanos;

    Ward(LastPuts lastPuts, NetAddress original, Now now) {
        pacing = new Pacing(lastPuts, original, now);
    }

    /** When something may go to it. */
    Pacing pacing() {
        return pacing;
    }

    /** Whether nobody else of ours who talks to it comes before this node, so that this one puts again what it is about to forget. */
    void isFirst(boolean isFirst) {
        changed |= refreshes != isFirst;
        refreshes = isFirst;
    }

    /** It is one of those that are put again what they are about to forget. */
    void keepInformed() {
        informed = true;
        changed = true;
    }

    /**
     * An IHave is to go to it: not if so many have gone lately that the Gets that they provoke could not be told from others.
     *
     * @return false if it is put off until that is different
     */
    boolean mayAnnounce(Hash hash, Now now) {
        Iterator<Long> oldestFirst = announcedNanos.values().iterator();
        long oldest = now.nanos();
        while (oldestFirst.hasNext()) {
            oldest = oldestFirst.next();
            if (now.since(oldest) < PROVOKED_NANOS) {
                break;
            }
            oldestFirst.remove();
        }
        if (announcedNanos.size() >= MAX_ANNOUNCED && !announcedNanos.containsKey(hash)) {
            announceAt(hash, oldest + PROVOKED_NANOS);
            return false;
        }
        // Removed first, so that it counts as the youngest.
        announcedNanos.remove(hash);
        announcedNanos.put(hash, now.nanos());
        return true;
    }

    void announceAt(Hash hash, long atNanos) {
        changed = true;
        announcements.put(hash, atNanos);
    }

    /** Whether a Get for that hash is the answer to an announcement of ours. */
    boolean isProvoked(Hash hash, Now now) {
        Long at = announcedNanos.get(hash);
        return at != null && now.since(at) < PROVOKED_NANOS;
    }

    /** Whether a Get that we did not provoke may be answered at once. */
    boolean mayAnswer(Now now) {
        return answers.isEmpty() && pacing.mayAnswer(now);
    }

    /** The same for a Get that has waited for its hash: others of ours may be answering it in the same moment. */
    boolean mayAnswerLate(Now now) {
        return answers.isEmpty() && pacing.mayPut(now);
    }

    /** An answer that waits, equal ones each for itself. Returns false if there are too many. */
    boolean enqueueAnswer(Hash hash) {
        changed = true;
        return answers.size() < MAX_PUTS && answers.add(hash);
    }

    /** An answer that another one of ours is to give, and that is due if it has not by then. */
    void answerAt(Hash hash, long atNanos) {
        changed = true;
        othersAnswers.put(hash, atNanos);
    }

    /** The hash to be answered with now, or null. */
    Hash takeDueAnswer(Now now) {
        othersAnswers.take(now).forEach(this::enqueueAnswer);
        return pacing.nanosUntilAnswer(now) == 0 ? answers.poll() : null;
    }

    /** Returns false if its queue is full. */
    boolean enqueuePut(Hash hash) {
        changed = true;
        return puts.contains(hash) || puts.size() < MAX_PUTS && puts.add(hash);
    }

    /**
     * It has that hash, since just now: what was still to be said of it need not be said.
     *
     * @return whether it is kept fresh there
     */
    boolean holds(Hash hash, long refreshAt) {
        changed = true;
        pacing.acknowledged(hash);
        announcedNanos.remove(hash);
        announcements.remove(hash);
        othersAnswers.remove(hash);
        puts.remove(hash);
        return refreshed.move(hash, refreshAt);
    }

    /** Whether nothing written more recently has to give way. */
    boolean hasRoomToKeepFresh() {
        return refreshed.hasRoom();
    }

    /** So many hashes are refreshed from now on, at most {@link #MAX_REFRESHED}; the oldest ones beyond are left to expire. */
    void refreshAtMost(int max) {
        changed |= refreshed.keepAtMost(max);
    }

    /** It is to hold that hash from then on; of the most recently written ones only so many. */
    void keepFresh(Hash hash, long fromNanos) {
        changed = true;
        refreshed.put(hash, fromNanos);
    }

    /** The delayed announcements that are due. */
    List<Hash> takeDueAnnouncements(Now now) {
        return announcements.take(now);
    }

    /** The hash that may be put there now, or null: what it asked for, else what it is about to forget. */
    Hash takeDuePut(Now now) {
        if (!pacing.mayPut(now)) {
            return null;
        }
        changed = true;
        Hash lost = pacing.giveUp();
        if (lost != null) {
            // The refresh will tell whether it has died.
            refreshed.move(lost, now.nanos() + Pacing.ACKNOWLEDGE_NANOS);
        }
        Iterator<Hash> first = puts.iterator();
        askedFor = first.hasNext();
        if (askedFor) {
            Hash hash = first.next();
            first.remove();
            return hash;
        }
        return informed && refreshes ? refreshed.first(now) : null;
    }

    /** Whether something waits for what has been put there, and it is time to find out if it reads at all. */
    boolean isProbeDue(Now now) {
        return informed && pacing.nanosUntilProbe(now) == 0 && nanosUntilPutIsWanted(now) == 0;
    }

    /** Whether it has asked for what was taken last. */
    boolean hasAskedForIt() {
        return askedFor;
    }

    /** Whether nothing is on its way to it or waits to be. */
    boolean isIdle() {
        return !pacing.isAnyInFlight() && puts.isEmpty();
    }

    /** That hash is no longer to be put there. */
    void forget(Hash hash) {
        changed = true;
        refreshed.remove(hash);
        puts.remove(hash);
    }

    /** Everything that waits is looked at only after a change, and when something was due. */
    long nanosUntilTick(Now now) {
        changed |= pacing.takeChange();
        if (changed || now.isAtOrAfter(dueNanos)) {
            dueNanos = now.nanos() + Math.min(nanosUntilDue(now), IDLE_NANOS);
            changed = false;
        }
        return now.until(dueNanos);
    }

    private long nanosUntilDue(Now now) {
        long least = Math.min(announcements.nanosUntilNext(now), othersAnswers.nanosUntilNext(now));
        if (!answers.isEmpty()) {
            least = Math.min(least, pacing.nanosUntilAnswer(now));
        }
        long wanted = nanosUntilPutIsWanted(now);
        if (wanted == Long.MAX_VALUE) {
            return least;
        }
        long probe = informed ? Math.max(wanted, pacing.nanosUntilProbe(now)) : Long.MAX_VALUE;
        return Math.min(least, Math.min(probe, pacing.nanosUntilPut(wanted, now)));
    }

    private long nanosUntilPutIsWanted(Now now) {
        if (!puts.isEmpty()) {
            return 0;
        }
        return informed && refreshes ? refreshed.nanosUntilNext(now) : Long.MAX_VALUE;
    }
}
