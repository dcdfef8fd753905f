package org.simpledht.testing;

import java.util.Arrays;

/**
 * What is to happen when, ordered by time, then by the order in which it was entered. The first of it is the present.
 *
 * <p>A heap with four children to each parent, of two numbers per entry: its time, and its turn together with the place where its
 * event lies. So what moves in the heap is numbers alone, an entry costs no object of its own, and all children of one parent are
 * neighbours in memory.
 */
final class Agenda {

    private static final int FIRST_CAPACITY = 256;
    private static final int PLACE_BITS = 24;
    private static final int MOST_PENDING = 1 << PLACE_BITS;

    /** Enough for a million events per second for six days. */
    private static final long MOST_ENTERED = 1L << Long.SIZE - 1 - PLACE_BITS;

    private long[] heap = new long[2 * FIRST_CAPACITY];
    private Runnable[] events = new Runnable[FIRST_CAPACITY];
    private int[] freePlaces = places(0, FIRST_CAPACITY);
    private int size;
    private long nowNanos;
    private long entered;

    /** Virtual nanoseconds since the beginning. */
    long nowNanos() {
        return nowNanos;
    }

    /**
     * @throws IllegalStateException if 16,777,216 events are pending, or 549,755,813,888 have been
     */
    void in(long delayNanos, Runnable event) {
        long delay = Math.max(0, delayNanos);
        // A delay near the largest long means never.
        if (delay < Long.MAX_VALUE - nowNanos) {
            add(nowNanos + delay, event);
        }
    }

    /** Has the next event happen if it lies within the limit. Returns false, and lets time pass to the limit, if none does. */
    boolean step(long limitNanos) {
        if (size == 0 || heap[0] > limitNanos) {
            nowNanos = Math.max(nowNanos, limitNanos);
            return false;
        }
        nowNanos = heap[0];
        // Off the heap before it runs, since it may let time pass itself.
        removeFirst().run();
        return true;
    }

    private void add(long at, Runnable event) {
        if (size == events.length) {
            grow();
        }
        if (entered == MOST_ENTERED) {
            throw new IllegalStateException(entered + " events are too many for one simulation");
        }
        // Those places are taken that were given back last, or else were never taken.
        int place = freePlaces[size];
        events[place] = event;
        int child = size++;
        while (child > 0) {
            int parent = child - 1 >> 2;
            // The newcomer has the latest turn: of two at the same time it is the later one.
            if (heap[2 * parent] <= at) {
                break;
            }
            put(child, heap[2 * parent], heap[2 * parent + 1]);
            child = parent;
        }
        put(child, at, entered++ << PLACE_BITS | place);
    }

    private void grow() {
        if (size == MOST_PENDING) {
            throw new IllegalStateException(size + " events are pending, which is too many for one simulation");
        }
        heap = Arrays.copyOf(heap, 4 * size);
        events = Arrays.copyOf(events, 2 * size);
        // All were taken.
        freePlaces = places(size, 2 * size);
    }

    /** The places from one number to another, each at its own index. */
    private static int[] places(int from, int to) {
        int[] places = new int[to];
        for (int i = from; i < to; i++) {
            places[i] = i;
        }
        return places;
    }

    private Runnable removeFirst() {
        int place = (int) heap[1] & MOST_PENDING - 1;
        Runnable event = events[place];
        events[place] = null;
        freePlaces[--size] = place;
        if (size > 0) {
            sink(heap[2 * size], heap[2 * size + 1]);
        }
        return event;
    }

    /** Has the last one take the place of the first, and go down until none below it is earlier. */
    private void sink(long at, long turn) {
        int parent = 0;
        for (int child = 1; child < size; child = 4 * parent + 1) {
            int earliest = earliestOf(child, Math.min(child + 4, size));
            if (isBefore(at, turn, earliest)) {
                break;
            }
            put(parent, heap[2 * earliest], heap[2 * earliest + 1]);
            parent = earliest;
        }
        put(parent, at, turn);
    }

    private int earliestOf(int from, int to) {
        int earliest = from;
        for (int i = from + 1; i < to; i++) {
            if (isBefore(heap[2 * i], heap[2 * i + 1], earliest)) {
                earliest = i;
            }
        }
        return earliest;
    }

    private boolean isBefore(long at, long turn, int other) {
        return at < heap[2 * other] || at == heap[2 * other] && turn < heap[2 * other + 1];
    }

    private void put(int index, long at, long turn) {
        heap[2 * index] = at;
        heap[2 * index + 1] = turn;
    }
}
