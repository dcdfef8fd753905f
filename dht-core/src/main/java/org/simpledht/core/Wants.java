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
final class Wants {

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

    Wants(int max, Counter.Board counters) {
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
        wants.put(hash, want);
        return true;
    }

    private static void schedule(Want want, boolean stream, Now now) {
        int step = Math.max(want.tries, stream ? FIRST_BACK_OFF_ON_STREAMS : 0);
        want.nextNanos = now.nanos() + BACK_OFF_NANOS[Math.min(step, BACK_OFF_NANOS.length - 1)];
        want.tries++;
    }

    /** It is here now, whoever sent it. */
    void satisfied(Hash hash) {
        wants.remove(hash);
    }

    /** The Gets that are due again. */
    void tick(Now now, Asker asker) {
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
    }

    long nanosUntilTick(Now now) {
        long least = Long.MAX_VALUE;
        for (Want want : wants.values()) {
            least = Math.min(least, now.until(want.nextNanos));
        }
        return least;
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
