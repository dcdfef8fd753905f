package org.simpledht.testing;

import java.util.Arrays;

/**
 * What is to happen when: one heap, ordered by time, then by the order in which it was entered. Its head is the present. Times and
 * events lie in arrays side by side, so that an entry costs no object of its own.
 */
final class Agenda {

    private static final int FIRST_CAPACITY = 256;

    private long[] times = new long[FIRST_CAPACITY];
    private long[] numbers = new long[FIRST_CAPACITY];
    private Runnable[] events = new Runnable[FIRST_CAPACITY];
    private int size;
    private long nowNanos;
    private long entered;

    /** Virtual nanoseconds since the beginning. */
    long nowNanos() {
        return nowNanos;
    }

    void in(long delayNanos, Runnable event) {
        long delay = Math.max(0, delayNanos);
        // A delay near the largest long means never.
        if (delay < Long.MAX_VALUE - nowNanos) {
            add(nowNanos + delay, event);
        }
    }

    /** Has the next event happen if it lies within the limit. Returns false, and lets time pass to the limit, if none does. */
    boolean step(long limitNanos) {
        if (size == 0 || times[0] > limitNanos) {
            nowNanos = Math.max(nowNanos, limitNanos);
            return false;
        }
        nowNanos = times[0];
        // Off the heap before it runs, since it may let time pass itself.
        Runnable next = events[0];
        removeFirst();
        next.run();
        return true;
    }

    private void add(long at, Runnable event) {
        if (size == events.length) {
            times = Arrays.copyOf(times, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
            events = Arrays.copyOf(events, 2 * size);
        }
        int child = size++;
        while (child > 0) {
            int parent = (child - 1) / 2;
            // The newcomer has the largest number: of two at the same time it is the later one.
            if (times[parent] <= at) {
                break;
            }
            move(parent, child);
            child = parent;
        }
        place(child, at, entered++, event);
    }

    private void removeFirst() {
        size--;
        long at = times[size];
        long number = numbers[size];
        Runnable event = events[size];
        events[size] = null;
        int parent = 0;
        for (int child = 1; child < size; child = 2 * parent + 1) {
            if (child + 1 < size && isBefore(times[child + 1], numbers[child + 1], child)) {
                child++;
            }
            if (isBefore(at, number, child)) {
                break;
            }
            move(child, parent);
            parent = child;
        }
        if (size > 0) {
            place(parent, at, number, event);
        }
    }

    private boolean isBefore(long at, long number, int other) {
        return at < times[other] || at == times[other] && number < numbers[other];
    }

    private void move(int from, int to) {
        place(to, times[from], numbers[from], events[from]);
    }

    private void place(int index, long at, long number, Runnable event) {
        times[index] = at;
        numbers[index] = number;
        events[index] = event;
    }
}
