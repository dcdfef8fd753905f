package org.simpledht.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.simpledht.types.Hash;

/**
 * Gets of others that wait for a hash to arrive. Bounded in all and per source; the oldest gives way, so that neither a
 * flood nor patience fills the memory.
 */
final class PendingGets {

    /** One waiting Get. Equal ones of one source are numbered, since an original answers each of them. */
    private record Waiting(Hash hash, Path asker, int number) {

        // Written out, as those of a Path.

        @Override
        public boolean equals(Object other) {
            return other instanceof Waiting waiting
                    && number == waiting.number
                    && hash.equals(waiting.hash)
                    && asker.equals(waiting.asker);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * hash.hashCode() + asker.hashCode()) + number;
        }
    }

    private final int max;
    private final int maxPerSource;
    private final long timeoutNanos;
    private final Counter.Board counters;
    private final Map<Waiting, Long> sinceNanos = new LinkedHashMap<>();
    private final Map<Hash, List<Waiting>> byHash = new HashMap<>();
    private final Map<Path, Integer> perSource = new HashMap<>();

    PendingGets(int max, int maxPerSource, long timeoutNanos, Counter.Board counters) {
        this.max = max;
        this.maxPerSource = maxPerSource;
        this.timeoutNanos = timeoutNanos;
        this.counters = counters;
    }

    /**
     * @param once true if the asker repeats its question until it is answered, so that a repetition is the same Get
     */
    void add(Hash hash, Path asker, boolean once, Now now) {
        int number = once ? 0 : countEqual(hash, asker);
        Waiting waiting = new Waiting(hash, asker, number);
        if (sinceNanos.containsKey(waiting)) {
            return;
        }
        if (perSource.getOrDefault(asker, 0) >= maxPerSource) {
            dropOldestOf(asker);
        } else if (sinceNanos.size() >= max) {
            drop(sinceNanos.keySet().iterator().next());
        }
        sinceNanos.put(waiting, now.nanos());
        byHash.computeIfAbsent(hash, h -> new ArrayList<>(1)).add(waiting);
        perSource.merge(asker, 1, Integer::sum);
    }

    private int countEqual(Hash hash, Path asker) {
        int highest = -1;
        for (Waiting waiting : byHash.getOrDefault(hash, List.of())) {
            if (waiting.asker.equals(asker)) {
                highest = Math.max(highest, waiting.number);
            }
        }
        return highest + 1;
    }

    private void dropOldestOf(Path asker) {
        for (Waiting waiting : sinceNanos.keySet()) {
            if (waiting.asker.equals(asker)) {
                drop(waiting);
                return;
            }
        }
    }

    private void drop(Waiting waiting) {
        remove(waiting);
        counters.add(Counter.PENDING_GETS_DROPPED);
    }

    private void remove(Waiting waiting) {
        sinceNanos.remove(waiting);
        List<Waiting> equal = byHash.get(waiting.hash);
        equal.remove(waiting);
        if (equal.isEmpty()) {
            byHash.remove(waiting.hash);
        }
        perSource.computeIfPresent(waiting.asker, (asker, count) -> count == 1 ? null : count - 1);
    }

    /** The askers of a hash that has arrived, oldest first, one for each Get; they wait no longer. */
    List<Path> take(Hash hash) {
        List<Waiting> waiting = List.copyOf(byHash.getOrDefault(hash, List.of()));
        waiting.forEach(this::remove);
        return waiting.stream().map(Waiting::asker).toList();
    }

    boolean isWaiting(Path asker) {
        return perSource.containsKey(asker);
    }

    /** The asker's stream is gone: there is no way to answer it. */
    void forget(Path asker) {
        if (isWaiting(asker)) {
            List.copyOf(sinceNanos.keySet()).stream()
                    .filter(waiting -> waiting.asker.equals(asker))
                    .forEach(this::remove);
        }
    }

    void excuse(long pauseNanos) {
        sinceNanos.replaceAll((waiting, since) -> since + pauseNanos);
    }

    void tick(Now now) {
        Iterator<Map.Entry<Waiting, Long>> oldestFirst = sinceNanos.entrySet().iterator();
        List<Waiting> over = new ArrayList<>();
        while (oldestFirst.hasNext()) {
            Map.Entry<Waiting, Long> oldest = oldestFirst.next();
            if (now.since(oldest.getValue()) < timeoutNanos) {
                break;
            }
            over.add(oldest.getKey());
        }
        over.forEach(this::drop);
    }

    int size() {
        return sinceNanos.size();
    }
}
