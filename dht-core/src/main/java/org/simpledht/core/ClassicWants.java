package org.simpledht.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.simpledht.types.Hash;

/**
 * Hashes that were announced and are not here yet: one outstanding Get each, repeated and taken round the announcers, since a
 * Get or its answer may get lost.
 */
final class ClassicWants {

    private static final int MAX_ANNOUNCERS = 4;
    private static final int MAX_TRIES = 12;

    /** Waits between tries. They must not grow beyond a second: that stalls convergence on lossy links. */
    private static final long[] BACK_OFF_NANOS = {200_000_000L, 400_000_000L, 800_000_000L, 1_000_000_000L};

    /** A stream loses nothing, so there a repetition is only for another announcer's sake. */
    private static final int FIRST_BACK_OFF_ON_STREAMS = 3;

    private static final class Want {
        private final List<Path> announcers = new ArrayList<>(2);
        private int tries;
        private long nextNanos;
    }

    private final int max;
    private final Counter.Board counters;
    private final Map<Hash, Want> wants = new LinkedHashMap<>();

    /** None is due before: so that not all of them are looked at in every turn. */
    private long dueNanos;

    ClassicWants(int max, Counter.Board counters) {
        this.max = max;
        this.counters = counters;
    }

    /**
     * Somebody has that hash, which is not here.
     *
     * @return true if it is to be asked at once
     */
    boolean announced(Hash hash, Path by, boolean stream, Now now) {
        Want want = wants.get(hash);
        if (want != null) {
            if (want.announcers.size() < MAX_ANNOUNCERS && !want.announcers.contains(by)) {
                want.announcers.add(by);
            }
            return false;
        }
        if (wants.size() >= max) {
            counters.add(Counter.WANTS_REFUSED);
            return false;
        }
        want = new Want();
        want.announcers.add(by);
        schedule(want, stream, now);
        dueNanos = wants.isEmpty() ? want.nextNanos : earlier(dueNanos, want.nextNanos);
        wants.put(hash, want);
        return true;
    }

    private static void schedule(Want want, boolean stream, Now now) {
        int step = Math.max(want.tries, stream ? FIRST_BACK_OFF_ON_STREAMS : 0);
        want.nextNanos = now.nanos() + BACK_OFF_NANOS[Math.min(step, BACK_OFF_NANOS.length - 1)];
        want.tries++;
    }

    private static long earlier(long oneNanos, long otherNanos) {
        return oneNanos - otherNanos < 0 ? oneNanos : otherNanos;
    }

    /** It is here now, whoever sent it. */
    void satisfied(Hash hash) {
        wants.remove(hash);
    }

    /** The Gets that are due again. */
    void tick(Now now, Asker asker) {
        if (wants.isEmpty() || !now.isAtOrAfter(dueNanos)) {
            return;
        }
        List<Hash> givenUp = new ArrayList<>();
        wants.forEach((hash, want) -> {
            if (!now.isAtOrAfter(want.nextNanos)) {
                return;
            }
            if (want.tries >= MAX_TRIES) {
                givenUp.add(hash);
                return;
            }
            Path announcer = want.announcers.get(want.tries % want.announcers.size());
            schedule(want, asker.ask(hash, announcer), now);
        });
        for (Hash hash : givenUp) {
            wants.remove(hash);
            counters.add(Counter.WANTS_GIVEN_UP);
        }
        wants.values().stream()
                .map(want -> want.nextNanos)
                .reduce(ClassicWants::earlier)
                .ifPresent(next -> dueNanos = next);
    }

    long nanosUntilTick(Now now) {
        return wants.isEmpty() ? Long.MAX_VALUE : now.until(dueNanos);
    }

    int size() {
        return wants.size();
    }

    /** Sends the Gets. */
    interface Asker {
        /** Returns whether that path is a stream. */
        boolean ask(Hash hash, Path announcer);
    }
}
