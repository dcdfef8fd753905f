package org.simpledht.examples.scale.model;

import java.util.Arrays;

/** What will happen in the next seconds, by the millisecond, and in each in the order in which it was told. */
final class Wheel {

    private static final int SPAN_MILLIS = 1 << 12;
    private static final int NOTHING = -1;
    private static final int FIELDS = 6;

    private final int[] first = new int[SPAN_MILLIS];
    private final int[] last = new int[SPAN_MILLIS];
    private final Events events;
    private int[] pool = new int[FIELDS << 10];
    private int free = NOTHING;
    private int used;
    private int waiting;
    private int nowMillis;

    /** Who takes the events. */
    interface Events {
        /** Something happens at a node; what the two numbers and the block mean depends on the kind. */
        void happens(int kind, int node, int one, int other, int block);
    }

    Wheel(Events events) {
        this.events = events;
        Arrays.fill(first, NOTHING);
    }

    int nowMillis() {
        return nowMillis;
    }

    int waiting() {
        return waiting;
    }

    void in(int millis, int kind, int node, int one, int other, int block) {
        if (millis <= 0 || millis >= SPAN_MILLIS) {
            throw new IllegalArgumentException("not within the wheel: " + millis);
        }
        int at = take();
        pool[at] = kind;
        pool[at + 1] = node;
        pool[at + 2] = one;
        pool[at + 3] = other;
        pool[at + 4] = block;
        pool[at + 5] = NOTHING;
        int slot = nowMillis + millis & SPAN_MILLIS - 1;
        if (first[slot] == NOTHING) {
            first[slot] = at;
        } else {
            pool[last[slot] + 5] = at;
        }
        last[slot] = at;
        waiting++;
    }

    private int take() {
        if (free != NOTHING) {
            int at = free;
            free = pool[at + 5];
            return at;
        }
        if (used == pool.length) {
            pool = Arrays.copyOf(pool, pool.length + Math.min(pool.length, FIELDS << 22));
        }
        used += FIELDS;
        return used - FIELDS;
    }

    /** Goes on by one millisecond, and does what is due then. */
    void turn() {
        nowMillis++;
        int slot = nowMillis & SPAN_MILLIS - 1;
        int at = first[slot];
        first[slot] = NOTHING;
        while (at != NOTHING) {
            int next = pool[at + 5];
            int kind = pool[at];
            int node = pool[at + 1];
            int one = pool[at + 2];
            int other = pool[at + 3];
            int block = pool[at + 4];
            pool[at + 5] = free;
            free = at;
            waiting--;
            events.happens(kind, node, one, other, block);
            at = next;
        }
    }
}
