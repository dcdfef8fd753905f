package org.simpledht.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.simpledht.types.Hash;

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

    /** So many Puts in a row without an answer. */
    private static final int DEAF_AFTER = 5;

    static final long ACKNOWLEDGE_NANOS = 1_500_000_000L;
    static final long GAP_NANOS = 100_000_000L;

    /** Its tick may share a wake-up with what arrives shortly before or after; a Put and its IHave take a round trip. */
    private static final long BEFORE_TICK_NANOS = 60_000_000L;

    private static final long AFTER_TICK_NANOS = 20_000_000L;

    private static final long TICK_NANOS = 1_000_000_000L;

    /** A look at those that nothing waits for, so that their moment is never out of reach. */
    private static final long IDLE_NANOS = 3_600_000_000_000L;

    private static final long OTHERS_GAP_NANOS = 50_000_000L;
    private static final long CONTENDED_NANOS = 3_000_000_000L;

    /** An answer to an announcement comes within a round trip; what comes later is a question of its own. */
    private static final long PROVOKED_NANOS = 10_000_000_000L;

    private final Map<Hash, Long> announcedNanos = new LinkedHashMap<>();
    private final Map<Hash, Long> announceAtNanos = new LinkedHashMap<>();
    private final Map<Hash, Long> answerAtNanos = new LinkedHashMap<>();
    private final Map<Hash, Long> refreshAtNanos = new LinkedHashMap<>();
    private final Set<Hash> puts = new LinkedHashSet<>();
    private final Deque<Hash> answers = new ArrayDeque<>();
    private long lastPutNanos;
    private long lastButOnePutNanos;
    private int maxRefreshed = MAX_REFRESHED;
    private Hash inFlight;
    private long inFlightNanos;
    private long notBeforeNanos;
    private long contendedUntilNanos;
    private long tickNanos;
    private boolean tickKnown;
    private long staggerNanos;
    private boolean informed;
    private boolean refreshes = true;
    private int unacknowledged;
    private boolean askedFor;
    private boolean changed = true;
    private long dueNanos;

    Ward(Now now) {
        lastPutNanos = now.nanos() - GAP_NANOS;
        lastButOnePutNanos = lastPutNanos;
        notBeforeNanos = now.nanos();
        contendedUntilNanos = now.nanos();
    }

    /** Whether it does not hear this node, as far as can be told, so that another one should talk to it. */
    boolean isDeaf() {
        return unacknowledged >= DEAF_AFTER;
    }

    /** Whether it is this node that puts again what it is about to forget, and not another one of ours. */
    void refreshes(boolean isOurs) {
        changed |= refreshes != isOurs;
        refreshes = isOurs;
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
        putBounded(announcedNanos, hash, now.nanos(), MAX_ANNOUNCED);
        return true;
    }

    void announceAt(Hash hash, long atNanos) {
        changed = true;
        putBounded(announceAtNanos, hash, atNanos, MAX_ANNOUNCED);
    }

    /** Whether a Get for that hash is the answer to an announcement of ours. */
    boolean isProvoked(Hash hash, Now now) {
        Long at = announcedNanos.get(hash);
        return at != null && now.since(at) < PROVOKED_NANOS;
    }

    /** Whether a Get that we did not provoke may be answered at once: two Puts close together do not kill, three may. */
    boolean mayAnswer(Now now) {
        return answers.isEmpty() && now.since(lastButOnePutNanos) >= GAP_NANOS;
    }

    /** The same for a Get that has waited for its hash: others of ours may be answering it in the same moment. */
    boolean mayAnswerLate(Now now) {
        return answers.isEmpty() && mayPut(now);
    }

    /** An answer that waits, equal ones each for itself. Returns false if there are too many. */
    boolean enqueueAnswer(Hash hash) {
        changed = true;
        return answers.size() < MAX_PUTS && answers.add(hash);
    }

    /** An answer that another one of ours is to give, and that is due if it has not by then. */
    void answerAt(Hash hash, long atNanos) {
        changed = true;
        putBounded(answerAtNanos, hash, atNanos, MAX_PUTS);
    }

    /** The hash to be answered with now, or null. */
    Hash takeDueAnswer(Now now) {
        takeDue(answerAtNanos, now).forEach(this::enqueueAnswer);
        return nanosUntilAnswer(now) == 0 ? answers.poll() : null;
    }

    private long nanosUntilAnswer(Now now) {
        long apart = now.until(lastPutNanos + GAP_NANOS);
        return apart + nanosUntilTickIsOver(now.nanos() + apart);
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
        if (hash.equals(inFlight)) {
            inFlight = null;
            unacknowledged = 0;
        }
        announcedNanos.remove(hash);
        announceAtNanos.remove(hash);
        answerAtNanos.remove(hash);
        puts.remove(hash);
        return refreshAtNanos.computeIfPresent(hash, (h, before) -> refreshAt) != null;
    }

    /** Whether nothing written more recently has to give way. */
    boolean hasRoomToKeepFresh() {
        return refreshAtNanos.size() < maxRefreshed;
    }

    /** So many hashes are refreshed from now on, at most {@link #MAX_REFRESHED}; the oldest ones beyond are left to expire. */
    void refreshAtMost(int max) {
        maxRefreshed = max;
        while (refreshAtNanos.size() > max) {
            changed = true;
            refreshAtNanos.remove(refreshAtNanos.keySet().iterator().next());
        }
    }

    /** It is to hold that hash from then on; of the most recently written ones only so many. */
    void keepFresh(Hash hash, long fromNanos) {
        changed = true;
        putBounded(refreshAtNanos, hash, fromNanos, maxRefreshed);
    }

    private static void putBounded(Map<Hash, Long> map, Hash hash, long value, int max) {
        // Removed first, so that it counts as the youngest.
        map.remove(hash);
        if (map.size() >= max) {
            map.remove(map.keySet().iterator().next());
        }
        map.put(hash, value);
    }

    /** The delayed announcements that are due. */
    List<Hash> takeDueAnnouncements(Now now) {
        return takeDue(announceAtNanos, now);
    }

    private static List<Hash> takeDue(Map<Hash, Long> atNanos, Now now) {
        List<Hash> due = new ArrayList<>();
        atNanos.forEach((hash, at) -> {
            if (now.isAtOrAfter(at)) {
                due.add(hash);
            }
        });
        due.forEach(atNanos::remove);
        return due;
    }

    /** The hash that may be put there now, or null: what it asked for, else what it is about to forget. */
    Hash takeDuePut(Now now) {
        if (!mayPut(now)) {
            return null;
        }
        changed = true;
        if (inFlight != null) {
            // Lost on the way, or it has died; the refresh will tell.
            unacknowledged++;
            refreshAtNanos.computeIfPresent(inFlight, (hash, before) -> now.nanos() + ACKNOWLEDGE_NANOS);
            inFlight = null;
        }
        Iterator<Hash> first = puts.iterator();
        askedFor = first.hasNext();
        if (askedFor) {
            Hash hash = first.next();
            first.remove();
            return hash;
        }
        if (informed && refreshes) {
            for (Map.Entry<Hash, Long> each : refreshAtNanos.entrySet()) {
                if (now.isAtOrAfter(each.getValue())) {
                    return each.getKey();
                }
            }
        }
        return null;
    }

    /** Whether it has asked for what was taken last. */
    boolean hasAskedForIt() {
        return askedFor;
    }

    /** Whether another node has put something there lately. */
    boolean isContended(Now now) {
        return now.until(contendedUntilNanos) > 0;
    }

    boolean isInFlight(Hash hash) {
        return hash.equals(inFlight);
    }

    /** Whether nothing is on its way to it or waits to be. */
    boolean isIdle() {
        return inFlight == null && puts.isEmpty();
    }

    /** Nothing that we start goes to it before then. */
    void wait(long nanos, Now now) {
        changed = true;
        if (now.until(notBeforeNanos) < nanos) {
            notBeforeNanos = now.nanos() + nanos;
        }
    }

    boolean mayPut(Now now) {
        boolean waiting = inFlight != null && now.since(inFlightNanos) < ACKNOWLEDGE_NANOS;
        return !waiting && now.isAtOrAfter(notBeforeNanos) && nanosUntilTickIsOver(now.nanos()) == 0;
    }

    /**
     * A KeepAlive has come from it.
     *
     * @param stagger who waits for the next tick to pass must not go on in the same moment as all others who do
     */
    void ticked(long stagger, Now now) {
        changed = true;
        staggerNanos = stagger;
        tickNanos = now.nanos();
        tickKnown = true;
    }

    /** How long a Put that could go at that moment has to wait for its next tick; 0 if that is not near. */
    private long nanosUntilTickIsOver(long atNanos) {
        if (!tickKnown) {
            return 0;
        }
        long sinceTick = Math.floorMod(atNanos - tickNanos + BEFORE_TICK_NANOS, TICK_NANOS);
        long over = BEFORE_TICK_NANOS + AFTER_TICK_NANOS + staggerNanos;
        return Math.max(0, over - sinceTick);
    }

    /** A Put has gone to it. */
    void hasPut(Hash hash, long jitterNanos, Now now) {
        inFlight = hash;
        inFlightNanos = now.nanos();
        pause(jitterNanos, now);
    }

    /**
     * Another node may have put something there just now. Who has still longer to wait has drawn already and goes on waiting:
     * drawing again each time would never come to an end.
     */
    void giveWay(long jitterNanos, Now now) {
        changed = true;
        contendedUntilNanos = now.nanos() + CONTENDED_NANOS;
        if (now.until(notBeforeNanos) < OTHERS_GAP_NANOS) {
            notBeforeNanos = now.nanos() + OTHERS_GAP_NANOS + jitterNanos;
        }
    }

    /** A Put has gone to it; what we start waits a little. */
    void pause(long jitterNanos, Now now) {
        lastButOnePutNanos = lastPutNanos;
        lastPutNanos = now.nanos();
        wait(GAP_NANOS + jitterNanos, now);
    }

    /** That hash is no longer to be put there. */
    void forget(Hash hash) {
        changed = true;
        refreshAtNanos.remove(hash);
        puts.remove(hash);
    }

    /** Everything that waits is looked at only after a change, and when something was due. */
    long nanosUntilTick(Now now) {
        if (changed || now.isAtOrAfter(dueNanos)) {
            dueNanos = now.nanos() + Math.min(nanosUntilDue(now), IDLE_NANOS);
            changed = false;
        }
        return now.until(dueNanos);
    }

    private long nanosUntilDue(Now now) {
        long least = Long.MAX_VALUE;
        for (long at : announceAtNanos.values()) {
            least = Math.min(least, now.until(at));
        }
        for (long at : answerAtNanos.values()) {
            least = Math.min(least, now.until(at));
        }
        if (!answers.isEmpty()) {
            least = Math.min(least, nanosUntilAnswer(now));
        }
        long put = puts.isEmpty() ? Long.MAX_VALUE : 0;
        if (informed && refreshes && put != 0) {
            for (long at : refreshAtNanos.values()) {
                put = Math.min(put, now.until(at));
            }
        }
        if (put != Long.MAX_VALUE) {
            long acknowledged = inFlight == null ? 0 : now.until(inFlightNanos + ACKNOWLEDGE_NANOS);
            put = Math.max(put, Math.max(acknowledged, now.until(notBeforeNanos)));
            put += nanosUntilTickIsOver(now.nanos() + put);
        }
        return Math.min(least, put);
    }
}
