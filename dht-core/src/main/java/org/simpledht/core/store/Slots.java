package org.simpledht.core.store;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Appointments by the second: cheap to make, never taken back. Who comes to one that has been moved just makes another.
 */
final class Slots {

    private static final long MILLIS_PER_SECOND = 1_000;

    /** Seconds are counted from 2020 on, so that an int holds them until 2088. */
    private static final long ORIGIN_MILLIS = 1_577_836_800_000L;

    private static final class Slot {
        private long[] keys = new long[4];
        private int size;

        void add(long key) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, 2 * size);
            }
            keys[size++] = key;
        }
    }

    /** Who keeps the appointments. */
    interface Visitor {
        void visit(long key, int second);
    }

    private final TreeMap<Integer, Slot> bySecond = new TreeMap<>();
    private int size;
    private long nextMillis = Long.MAX_VALUE;

    /** The first second that begins at or after that moment; of what is beyond all seconds, the last. */
    static int second(long millis) {
        long second = Math.floorDiv(millis - ORIGIN_MILLIS + MILLIS_PER_SECOND - 1, MILLIS_PER_SECOND);
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, second));
    }

    private static long millis(int second) {
        return ORIGIN_MILLIS + second * MILLIS_PER_SECOND;
    }

    void add(long key, int second) {
        bySecond.computeIfAbsent(second, s -> new Slot()).add(key);
        nextMillis = Math.min(nextMillis, millis(second));
        size++;
    }

    /** How many appointments there are, also those that do not count any more. */
    int size() {
        return size;
    }

    void clear() {
        bySecond.clear();
        nextMillis = Long.MAX_VALUE;
        size = 0;
    }

    /**
     * Keeps at most so many appointments, oldest first.
     *
     * @return whether none is left that is due
     */
    boolean visit(long nowMillis, int most, Visitor visitor) {
        int budget = most;
        while (nextMillis <= nowMillis) {
            Map.Entry<Integer, Slot> first = bySecond.firstEntry();
            Slot slot = first.getValue();
            while (slot.size > 0) {
                if (budget-- == 0) {
                    return false;
                }
                size--;
                visitor.visit(slot.keys[--slot.size], first.getKey());
            }
            bySecond.remove(first.getKey());
            nextMillis = bySecond.isEmpty() ? Long.MAX_VALUE : millis(bySecond.firstKey());
        }
        return true;
    }

    /** Whether there is any at that moment. */
    boolean isTaken(long atMillis) {
        return bySecond.containsKey(second(atMillis));
    }

    /** When the next one is, {@link Long#MAX_VALUE} if there is none. */
    long nextMillis() {
        return nextMillis;
    }
}
