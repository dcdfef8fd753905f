package org.simpledht.examples.scale.model;

import java.util.Arrays;

/** The nodes, what each knows, and what is on its way between them. */
final class World {

    /** The only one that everybody knows from the start. */
    static final int CONTACT = 0;

    /** An address that was never heard of must first show that it is what it says it is. */
    private static final int LEGS_OF_FIRST_CONTACT = 3;

    private static final int MOST_OPEN_REQUESTS = 8;

    final int nodes;
    final Dice dice;
    final Air air;
    final Wheel wheel;
    final Blocks blocks;
    final Links links;
    final Book known;
    final Book candidates;
    final Book lost;
    final boolean[] alive;
    final int[] bornMillis;
    final int[] newestLossMillis;
    private final boolean[] otherSide;
    private boolean isCut;
    private long frames;
    private long bytes;
    private long framesToContact;

    World(int nodes, long seed, double loss, Rules rules, Wheel.Events events) {
        this.nodes = nodes;
        dice = new Dice(seed);
        air = new Air(seed, loss, rules.has(Rule.JITTER), dice);
        wheel = new Wheel(events);
        blocks = new Blocks(rules.of(Rule.SHUFFLE));
        links = new Links(nodes, rules.of(Rule.MAX) + MOST_OPEN_REQUESTS);
        known = new Book(nodes, rules.of(Rule.KNOWN));
        candidates = new Book(nodes, rules.of(Rule.CANDIDATES));
        lost = new Book(nodes, rules.of(Rule.LOST));
        alive = new boolean[nodes];
        bornMillis = new int[nodes];
        newestLossMillis = new int[nodes];
        otherSide = new boolean[nodes];
    }

    int now() {
        return wheel.nowMillis();
    }

    // What happens to it

    /** From now on nothing goes between one part of them, taken at random, and the others. */
    void cut(double share) {
        for (int node = 0; node < nodes; node++) {
            otherSide[node] = dice.happens(share);
        }
        isCut = true;
    }

    void heal() {
        isCut = false;
    }

    boolean isOnOtherSide(int node) {
        return otherSide[node];
    }

    void crash(double share) {
        for (int node = 0; node < nodes; node++) {
            alive[node] &= !dice.happens(share);
        }
    }

    int living() {
        int living = 0;
        for (boolean is : alive) {
            living += is ? 1 : 0;
        }
        return living;
    }

    // What is sent

    /** To somebody who was heard of before. */
    void send(int kind, int from, int to, int flags, int block, int size) {
        send(kind, from, to, flags, block, size, 1);
    }

    /** To an address that only others have named. */
    void sendFirst(int kind, int from, int to, int flags, int block, int size) {
        send(kind, from, to, flags, block, size, LEGS_OF_FIRST_CONTACT);
    }

    private void send(int kind, int from, int to, int flags, int block, int size, int legs) {
        boolean arrives = true;
        for (int leg = 0; leg < legs && arrives; leg++) {
            arrives = passes(from, to, size);
        }
        if (arrives) {
            wheel.in(legs * air.delayMillis(from, to), kind, to, from, flags, block);
        } else {
            free(block);
        }
    }

    /** Whether something that goes now arrives. */
    boolean passes(int from, int to, int size) {
        frames++;
        bytes += size;
        framesToContact += to == CONTACT ? 1 : 0;
        return alive[to] && !(isCut && otherSide[from] != otherSide[to]) && !air.loses();
    }

    void free(int block) {
        if (block != Blocks.NONE) {
            blocks.free(block);
        }
    }

    long frames() {
        return frames;
    }

    long bytes() {
        return bytes;
    }

    long framesToContact() {
        return framesToContact;
    }

    /** All that is unknown yet is nobody's. */
    void bornAt(int node, int millis) {
        bornMillis[node] = millis;
    }

    /** The nodes by the millisecond of the second in which they have their ticks, that is that of their birth. */
    int[][] byPhase() {
        int[] counts = new int[1_000];
        for (int node = 0; node < nodes; node++) {
            counts[bornMillis[node] % 1_000]++;
        }
        int[][] phases = new int[1_000][];
        Arrays.setAll(phases, phase -> new int[counts[phase]]);
        for (int node = nodes - 1; node >= 0; node--) {
            int phase = bornMillis[node] % 1_000;
            phases[phase][--counts[phase]] = node;
        }
        return phases;
    }
}
