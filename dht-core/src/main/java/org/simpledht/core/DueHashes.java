package org.simpledht.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.simpledht.types.Hash;

/** Hashes, each due at a moment of its own; of too many, those that were put longest ago are left out. */
final class DueHashes {

    private final Map<Hash, Long> atNanos = new LinkedHashMap<>();
    private int most;

    DueHashes(int most) {
        this.most = most;
    }

    void put(Hash hash, long at) {
        // Removed first, so that it counts as the youngest.
        atNanos.remove(hash);
        if (atNanos.size() >= most) {
            removeOldest();
        }
        atNanos.put(hash, at);
    }

    private void removeOldest() {
        atNanos.remove(atNanos.keySet().iterator().next());
    }

    /** It is due at another moment, and no younger for that. Returns false if it is not among them. */
    boolean move(Hash hash, long at) {
        return atNanos.computeIfPresent(hash, (h, before) -> at) != null;
    }

    void remove(Hash hash) {
        atNanos.remove(hash);
    }

    /** Returns whether any had to be left out. */
    boolean keepAtMost(int max) {
        most = max;
        boolean isTooMany = atNanos.size() > max;
        while (atNanos.size() > max) {
            removeOldest();
        }
        return isTooMany;
    }

    /** Whether one more leaves none out. */
    boolean hasRoom() {
        return atNanos.size() < most;
    }

    /** Those that are due, which are taken from it. */
    List<Hash> take(Now now) {
        List<Hash> due = new ArrayList<>();
        atNanos.forEach((hash, at) -> {
            if (now.isAtOrAfter(at)) {
                due.add(hash);
            }
        });
        due.forEach(atNanos::remove);
        return due;
    }

    /** The oldest one that is due, which is left in it; or null. */
    Hash first(Now now) {
        for (Map.Entry<Hash, Long> each : atNanos.entrySet()) {
            if (now.isAtOrAfter(each.getValue())) {
                return each.getKey();
            }
        }
        return null;
    }

    /** Until the next one is due; {@link Long#MAX_VALUE} if there is none. */
    long nanosUntilNext(Now now) {
        long least = Long.MAX_VALUE;
        for (long at : atNanos.values()) {
            least = Math.min(least, now.until(at));
        }
        return least;
    }
}
