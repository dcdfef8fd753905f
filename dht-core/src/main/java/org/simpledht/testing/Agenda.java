package org.simpledht.testing;

import java.util.PriorityQueue;

/** What is to happen when: one queue, ordered by time, then by the order in which it was entered. Its head is the present. */
final class Agenda {

    private record Entry(long atNanos, long number, Runnable event) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
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
            entries.add(new Entry(nowNanos + delay, entered++, event));
        }
    }

    /** Has the next event happen if it lies within the limit. Returns false, and lets time pass to the limit, if none does. */
    boolean step(long limitNanos) {
        Entry next = entries.peek();
        if (next == null || next.atNanos > limitNanos) {
            nowNanos = Math.max(nowNanos, limitNanos);
            return false;
        }
        entries.poll();
        nowNanos = next.atNanos;
        next.event.run();
        return true;
    }
}
