package org.simpledht.examples.scale.model;

import java.util.Arrays;

/** What each node knows of the updates of the last seconds: a ring, in which the newest takes the place of the oldest. */
final class Updates {

    static final int NONE = -1;
    private static final int MOST_ANNOUNCERS = 4;

    private final int nodes;
    private final int room;
    private final int[] numbers;
    private final boolean[] held;
    private final byte[] tries;
    private final int[] announcers;
    private final int[] nextInBatch;
    private final int[] firstInBatch;
    private final byte[] cameBy;
    private final int[] knowers;
    private final int[] beganMillis;
    private final int[] reached;
    private final int[] halfMillis;
    private final int[] mostMillis;
    private final int[] lastMillis;

    Updates(int nodes, int room) {
        this.nodes = nodes;
        this.room = room;
        int all = Math.multiplyExact(nodes, room);
        numbers = new int[room];
        Arrays.fill(numbers, NONE);
        held = new boolean[all];
        tries = new byte[all];
        announcers = new int[all];
        nextInBatch = new int[all];
        cameBy = new byte[all];
        knowers = new int[all];
        firstInBatch = new int[nodes];
        Arrays.fill(firstInBatch, NONE);
        beganMillis = new int[room];
        reached = new int[room];
        halfMillis = new int[room];
        mostMillis = new int[room];
        lastMillis = new int[room];
    }

    void begin(int number, int nowMillis) {
        int slot = number % room;
        numbers[slot] = number;
        int from = slot * nodes;
        Arrays.fill(held, from, from + nodes, false);
        Arrays.fill(tries, from, from + nodes, (byte) 0);
        Arrays.fill(announcers, from, from + nodes, 0);
        Arrays.fill(knowers, from, from + nodes, 0);
        beganMillis[slot] = nowMillis;
        reached[slot] = 0;
    }

    /** Whether it is new enough to be remembered. */
    boolean isCurrent(int number) {
        return numbers[number % room] == number;
    }

    private int at(int number, int node) {
        return number % room * nodes + node;
    }

    boolean holds(int number, int node) {
        return held[at(number, node)];
    }

    /** It has come over that link of the node's, counted from its first. */
    void came(int number, int node, int link, int nowMillis) {
        int slot = number % room;
        held[at(number, node)] = true;
        cameBy[at(number, node)] = (byte) link;
        int after = nowMillis - beganMillis[slot];
        reached[slot]++;
        lastMillis[slot] = after;
        if (reached[slot] <= (nodes + 1) / 2) {
            halfMillis[slot] = after;
        }
        if (reached[slot] <= nodes - nodes / 100) {
            mostMillis[slot] = after;
        }
    }

    int cameBy(int number, int node) {
        return cameBy[at(number, node)];
    }

    /** The other side of that link, counted from the node's first, has shown that it has it. */
    void isKnown(int number, int node, int link) {
        knowers[at(number, node)] |= 1 << link;
    }

    boolean isKnownBy(int number, int node, int link) {
        return (knowers[at(number, node)] & 1 << link) != 0;
    }

    // Batches

    boolean isBatchEmpty(int node) {
        return firstInBatch[node] == NONE;
    }

    void collect(int number, int node) {
        nextInBatch[at(number, node)] = firstInBatch[node];
        firstInBatch[node] = number;
    }

    /** The first of what was collected, which is nothing from now on. */
    int takeBatch(int node) {
        int first = firstInBatch[node];
        firstInBatch[node] = NONE;
        return first;
    }

    int nextInBatch(int number, int node) {
        return isCurrent(number) ? nextInBatch[at(number, node)] : NONE;
    }

    // Wants

    /** Returns whether it is the first announcement. */
    boolean announced(int number, int node, int link) {
        int at = at(number, node);
        int before = announcers[at];
        for (int i = 0; i < MOST_ANNOUNCERS; i++) {
            int one = before >>> 8 * i & 0xFF;
            if (one == link + 1) {
                return false;
            }
            if (one == 0) {
                announcers[at] |= link + 1 << 8 * i;
                return before == 0;
            }
        }
        return false;
    }

    int tries(int number, int node) {
        return tries[at(number, node)];
    }

    /** Whom to ask next, in turn. */
    int nextAnnouncer(int number, int node) {
        int at = at(number, node);
        int count = 1;
        while (count < MOST_ANNOUNCERS && announcers[at] >>> 8 * count != 0) {
            count++;
        }
        return (announcers[at] >>> 8 * (tries[at]++ % count) & 0xFF) - 1;
    }

    // What came of them

    int missing(int number) {
        return nodes - reached[number % room];
    }

    int halfMillis(int number) {
        return halfMillis[number % room];
    }

    int mostMillis(int number) {
        return mostMillis[number % room];
    }

    int lastMillis(int number) {
        return lastMillis[number % room];
    }
}
