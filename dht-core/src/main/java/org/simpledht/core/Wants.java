package org.simpledht.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;

/**
 * Versions that neighbours have announced and that are to be fetched: the largest of each key, asked for again and again and
 * taken round those who have it, since a question or its answer may get lost (docs/PROTOCOL.md, "Dissemination").
 */
final class Wants {

    private static final int MAX_ANNOUNCERS = 4;
    private static final int MAX_TRIES = 12;
    private static final int MAX_NAMED_BY_ONE = 1_024;

    /** The push of what was announced is usually on its way. */
    private static final long LEAST_FIRST_NANOS = 60_000_000L;

    /** It comes by many hops where the tree is deep: each that comes too late makes the wait longer, each in time a little shorter. */
    private static final long MOST_FIRST_NANOS = 160_000_000L;

    private static final int LONGER = 16;
    private static final int SHORTER = 256;

    /** Waits between tries. They must not grow beyond a second: that stalls convergence on lossy links. */
    private static final long[] BACK_OFF_NANOS = {200_000_000L, 400_000_000L, 800_000_000L, 1_000_000_000L};

    private static final long SPREAD_NANOS = 50_000_000L;

    /** Looking at all of them costs, so it is done for many at a time. */
    private static final long STEP_NANOS = 5_000_000L;

    private static final class Want {
        private final List<Peer> announcers = new ArrayList<>(2);
        private final Peer namedBy;
        private Meta best;
        private int tries;
        private boolean atOnce;
        private long nextNanos;

        Want(Peer namedBy) {
            this.namedBy = namedBy;
        }
    }

    private final int max;
    private final RandomGenerator dice;
    private final Counter.Board counters;
    private final Map<Hash, Want> wants = new LinkedHashMap<>();
    private final Map<Peer, Integer> namedBy = new HashMap<>();
    private long dueNanos;
    private long firstNanos = LEAST_FIRST_NANOS;

    Wants(int max, RandomGenerator dice, Counter.Board counters) {
        this.max = max;
        this.dice = dice;
        this.counters = counters;
    }

    /**
     * A neighbour has a version that is larger than ours.
     *
     * @param atOnce true if no push of it can be expected
     * @return whether that version was not wanted before
     */
    boolean announced(Meta meta, Peer by, boolean atOnce, Now now) {
        Want want = wants.get(meta.key());
        boolean isNew = want == null || meta.isLargerThan(want.best);
        if (want == null) {
            if (wants.size() >= max || namedBy.getOrDefault(by, 0) >= MAX_NAMED_BY_ONE) {
                counters.add(Counter.WANTS_REFUSED);
                return false;
            }
            want = new Want(by);
            want.best = meta;
            want.nextNanos = now.nanos() + firstNanos;
            wants.put(meta.key(), want);
            namedBy.merge(by, 1, Integer::sum);
        } else if (meta.isLargerThan(want.best)) {
            // Only who announced this one is known to have it.
            want.best = meta;
            want.announcers.clear();
            if (want.tries > 0) {
                // A push of this one is on its way, whatever became of the one before.
                want.nextNanos = now.nanos() + firstNanos;
            }
            want.tries = 0;
            want.atOnce = false;
        } else if (want.best.isLargerThan(meta)) {
            return false;
        }
        if (want.announcers.size() < MAX_ANNOUNCERS && !want.announcers.contains(by)) {
            want.announcers.add(by);
        }
        if (atOnce && want.tries == 0) {
            want.nextNanos = now.nanos();
            want.atOnce = true;
        }
        dueBy(want.nextNanos);
        return isNew;
    }

    /** No push of what was announced can be expected. */
    void isNotPushed(Hash key, Now now) {
        Want want = wants.get(key);
        if (want != null && want.tries == 0) {
            want.nextNanos = now.nanos();
            dueBy(want.nextNanos);
        }
    }

    private void dueBy(long nanos) {
        if (wants.size() == 1 || nanos - dueNanos < 0) {
            dueNanos = nanos;
        }
    }

    /** Something is held under that key now, from wherever it came. */
    void satisfied(Meta held) {
        Want want = wants.get(held.key());
        if (want != null && !want.best.isLargerThan(held)) {
            if (want.tries == 0) {
                firstNanos -= (firstNanos - LEAST_FIRST_NANOS) / SHORTER;
            }
            remove(held.key(), want);
        }
    }

    /** What was asked for has been pushed all the same: it was on its way. */
    void askedTooSoon() {
        firstNanos = Math.min(MOST_FIRST_NANOS, firstNanos + firstNanos / LONGER);
    }

    /** Who has announced that very version. */
    List<Peer> announcersOf(Meta meta) {
        Want want = wants.get(meta.key());
        return want != null && want.best.equals(meta) ? want.announcers : List.of();
    }

    /** That announcer has nothing of it any more. */
    void isGone(Hash key, Peer announcer) {
        Want want = wants.get(key);
        if (want != null) {
            want.announcers.remove(announcer);
        }
    }

    /** Nothing of that key is wanted any more. */
    void forget(Hash key) {
        Want want = wants.get(key);
        if (want != null) {
            remove(key, want);
        }
    }

    private void remove(Hash key, Want want) {
        wants.remove(key);
        namedBy.computeIfPresent(want.namedBy, (peer, count) -> count == 1 ? null : count - 1);
    }

    /** Asks for what is due. */
    void tick(Now now, Asker asker) {
        if (wants.isEmpty() || !now.isAtOrAfter(dueNanos)) {
            return;
        }
        List<Hash> givenUp = new ArrayList<>();
        long next = now.nanos() + BACK_OFF_NANOS[BACK_OFF_NANOS.length - 1];
        for (Map.Entry<Hash, Want> each : wants.entrySet()) {
            Want want = each.getValue();
            if (now.isAtOrAfter(want.nextNanos)) {
                if (want.tries >= MAX_TRIES || !ask(want, asker, now)) {
                    givenUp.add(each.getKey());
                    continue;
                }
            }
            next = want.nextNanos - next < 0 ? want.nextNanos : next;
        }
        for (Hash key : givenUp) {
            remove(key, wants.get(key));
            counters.add(Counter.WANTS_GIVEN_UP);
        }
        long earliest = now.nanos() + STEP_NANOS;
        dueNanos = next - earliest < 0 ? earliest : next;
    }

    private boolean ask(Want want, Asker asker, Now now) {
        while (!want.announcers.isEmpty()) {
            Peer announcer = want.announcers.get(want.tries % want.announcers.size());
            if (asker.ask(want.best, announcer, want.tries == 0 && !want.atOnce)) {
                want.nextNanos = now.nanos()
                        + BACK_OFF_NANOS[Math.min(want.tries, BACK_OFF_NANOS.length - 1)]
                        + dice.nextLong(SPREAD_NANOS);
                want.tries++;
                return true;
            }
            want.announcers.remove(announcer);
        }
        return false;
    }

    long nanosUntilTick(Now now) {
        return wants.isEmpty() ? Long.MAX_VALUE : now.until(dueNanos);
    }

    int size() {
        return wants.size();
    }

    /** Sends the questions. */
    interface Asker {
        /**
         * Asks.
         *
         * @param isMissed whether a push of it was expected, and this is the first question after that
         * @return false if that one is not there to be asked any more
         */
        boolean ask(Meta meta, Peer announcer, boolean isMissed);
    }
}
