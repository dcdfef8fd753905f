package org.simpledht.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.simpledht.types.Hash;

/** What is relayed and is to be announced over lazy links: collected for a while, and then said over some of them. */
final class Announcements {

    /** What waits longer shares frames, and many have shown by then that they have it. */
    private static final long BATCH_NANOS = 100_000_000L;

    /** So many of those with lazy links know of it then: hardly anybody is left out. */
    private static final int LEAST = 2;

    /** Or others are told sooner, and more of them: the push that they wait for may never come. */
    private static final long SHORT_BATCH_NANOS = 50_000_000L;

    private static final int MORE = 4;

    private static final class Batch {
        private final Set<Peer> untold;
        private final int least;
        private final boolean countsKnown;
        private int known;

        Batch(List<Peer> untold, int least, boolean countsKnown) {
            this.untold = new LinkedHashSet<>(untold);
            this.least = least;
            this.countsKnown = countsKnown;
        }
    }

    private final RandomGenerator dice;
    private final Map<Hash, Batch> batches = new LinkedHashMap<>();
    private long dueNanos;

    Announcements(RandomGenerator dice) {
        this.dice = dice;
    }

    /**
     * What has just come under that key is to be announced to some of these, in place of what came before.
     *
     * @param tellsMore whether others are told sooner, and more of them
     */
    void collect(Hash key, List<Peer> lazy, boolean tellsMore, Now now) {
        collect(key, lazy, tellsMore, true, now);
    }

    /** The same of what was written here: whoever says that he has it does not count, since nobody else could tell the others. */
    void collectOwn(Hash key, List<Peer> lazy, boolean tellsMore, Now now) {
        collect(key, lazy, tellsMore, false, now);
    }

    private void collect(Hash key, List<Peer> lazy, boolean tellsMore, boolean countsKnown, Now now) {
        long due = now.nanos() + (tellsMore ? SHORT_BATCH_NANOS : BATCH_NANOS);
        if (batches.isEmpty() || due - dueNanos < 0) {
            dueNanos = due;
        }
        batches.put(key, new Batch(lazy, tellsMore ? MORE : LEAST, countsKnown));
    }

    /** That one has shown that it holds what is held here. */
    void isKnownTo(Peer peer, Hash key) {
        Batch batch = batches.get(key);
        if (batch != null && batch.untold.remove(peer) && batch.countsKnown) {
            batch.known++;
        }
    }

    void tick(Now now) {
        if (batches.isEmpty() || !now.isAtOrAfter(dueNanos)) {
            return;
        }
        batches.forEach(this::announce);
        batches.clear();
    }

    private void announce(Hash key, Batch batch) {
        List<Peer> some = new ArrayList<>(batch.untold);
        int most = batch.least - batch.known;
        for (int i = 0; i < most && !some.isEmpty(); i++) {
            Link link = some.remove(dice.nextInt(some.size())).link();
            if (link != null) {
                link.output().announce(key);
            }
        }
    }

    long nanosUntilTick(Now now) {
        return batches.isEmpty() ? Long.MAX_VALUE : now.until(dueNanos);
    }
}
