package org.simpledht.testing;

import java.time.Duration;
import java.util.SplittableRandom;
import org.simpledht.protocol.Meta;

/** What a seed has in store for its nodes. */
final class Lot {

    private static final double[] LOSSES = {0, 0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5};
    private static final int[] KEYS = {4, 8, 12, 16, 24};
    private static final int[] LONGEST_MILLIS = {5, 5, 20, 50, 300, 1_000};
    private static final int[] SHARES = {0, 0, 5, 20};
    private static final int USUAL_ENTRIES = 1_000;

    /** Who is told of whom at the start. */
    enum Shape {
        /** Each of the next two. */
        RING,
        /** Each of all. */
        MESH,
        /** Each of the first one. */
        STAR
    }

    final int nodes;
    final int keys;
    final Shape shape;
    final Duration lease;
    final double loss;
    final double duplication;
    final Duration longestDelay;
    final double replayed;
    final boolean clocksAgree;
    final boolean isCrowded;
    final boolean hasLargeValues;
    final boolean hasOriginal;
    final boolean isLossyToTheEnd;
    final int skewed;
    final Duration skew;
    final int small;
    final int wants;
    final int entries;
    final Attacker attacker;

    /** Whether all nodes have a cluster key, so that nobody else can do anything. */
    final boolean isKeyed;

    /** Whether others write too, under keys of their own. */
    final boolean isShared;

    /** For how long at most somebody does not hear of what others write, differences of clocks included. */
    final Duration longestSilence;

    /** Who else is there. */
    enum Attacker {
        NOBODY,
        /** Makes noise, and nothing that reads like a frame of ours. */
        NOISY,
        /** Sends pieces of contents once more with wrong bytes. */
        CORRUPTING,
        /** Sends versions once more that are ahead of all clocks, or live too long. */
        LYING,
        /** Forges frames: writes what he likes, and keeps nodes apart while he does. */
        FORGING
    }

    Lot(SplittableRandom dice) {
        this(dice, false);
    }

    Lot(SplittableRandom dice, boolean isKeyed) {
        this.isKeyed = isKeyed;
        nodes = dice.nextInt(5) < 3 ? 8 : 3 + dice.nextInt(8);
        keys = KEYS[dice.nextInt(KEYS.length)];
        int shapes = dice.nextInt(20);
        shape = shapes < 11 ? Shape.RING : shapes < 17 ? Shape.MESH : Shape.STAR;
        boolean isShort = dice.nextInt(5) < 2;
        lease = isShort ? Duration.ofMinutes(5) : Duration.ofHours(1);
        loss = LOSSES[dice.nextInt(LOSSES.length)];
        duplication = SHARES[dice.nextInt(SHARES.length)] / 100.0;
        longestDelay = Duration.ofMillis(LONGEST_MILLIS[dice.nextInt(LONGEST_MILLIS.length)]);
        replayed = SHARES[dice.nextInt(SHARES.length)] / 100.0;
        clocksAgree = dice.nextInt(5) < 2;
        isCrowded = dice.nextInt(8) == 0;
        hasLargeValues = dice.nextInt(4) == 0;
        // Nobody serves one with a key.
        hasOriginal = dice.nextInt(12) == 0 && !isKeyed;
        isLossyToTheEnd = loss > 0 && dice.nextInt(3) == 0;
        // Not the first one: what is told of all others keeps them together.
        skewed = dice.nextInt(10) == 0 ? 1 + dice.nextInt(nodes - 1) : -1;
        skew = dice.nextBoolean() ? Duration.ofSeconds(20) : Duration.ofDays(-1);
        small = dice.nextInt(10) == 0 ? 1 + dice.nextInt(nodes - 1) : -1;
        wants = dice.nextInt(6) == 0 ? 2 : 4_096;
        entries = USUAL_ENTRIES;
        isShared = false;
        int attackers = dice.nextInt(20);
        attacker = switch (attackers) {
            case 0 -> Attacker.NOISY;
            case 1 -> Attacker.FORGING;
            case 2 -> Attacker.LYING;
            default -> attackers < 6 && hasLargeValues ? Attacker.CORRUPTING : Attacker.NOBODY;
        };
        longestSilence = Duration.ofDays(365);
    }

    /** Nodes whose machines and links are not too bad. */
    private Lot(
            SplittableRandom dice,
            int nodes,
            Shape shape,
            Duration lease,
            double loss,
            double duplication,
            double replayed,
            int entries,
            boolean isShared,
            Duration longestSilence) {
        this.nodes = nodes;
        keys = KEYS[dice.nextInt(KEYS.length)];
        this.shape = shape;
        this.lease = lease;
        this.loss = loss;
        this.duplication = duplication;
        longestDelay = Duration.ofMillis(LONGEST_MILLIS[dice.nextInt(4)]);
        this.replayed = replayed;
        clocksAgree = dice.nextInt(2) == 0;
        hasLargeValues = dice.nextInt(2) == 0;
        isCrowded = false;
        hasOriginal = false;
        isLossyToTheEnd = false;
        skewed = -1;
        skew = Duration.ZERO;
        small = -1;
        wants = 4_096;
        this.entries = entries;
        attacker = Attacker.NOBODY;
        isKeyed = false;
        this.isShared = isShared;
        this.longestSilence = longestSilence;
    }

    /**
     * Leases are those of the default with every other seed, else the shortest.
     *
     * @param longestSilence differences of clocks included
     */
    static Lot ofDay(long seed, SplittableRandom dice, Duration longestSilence) {
        Duration lease = seed % 2 == 0 ? Duration.ofHours(1) : Duration.ofMinutes(5);
        int nodes = 3 + dice.nextInt(2);
        double loss = dice.nextInt(3) * 0.05;
        double duplication = dice.nextInt(3) * 0.02;
        double replayed = 0.05 + 0.05 * dice.nextInt(3);
        return new Lot(
                dice, nodes, Shape.MESH, lease, loss, duplication, replayed, USUAL_ENTRIES, false, longestSilence);
    }

    /**
     * Four nodes or more, among whom others are who mean no good.
     *
     * @param entries how many each has room for
     */
    static Lot amongHostilePeers(SplittableRandom dice, int entries) {
        int nodes = 4 + dice.nextInt(5);
        Shape shape = Shape.values()[dice.nextInt(3)];
        double loss = dice.nextInt(3) * 0.04;
        return new Lot(dice, nodes, shape, Duration.ofHours(1), loss, 0, 0, entries, true, Duration.ofDays(365));
    }

    /** Whether not every frame with the address of one of ours comes from there. */
    boolean isForged() {
        return attacker != Attacker.NOBODY && attacker != Attacker.NOISY;
    }

    /** Until when a version is to be remembered. */
    long heldUntilMillis(Meta meta) {
        return Math.max(meta.endMillis(), meta.clockMillis() + lease.toMillis());
    }

    /** Whether somebody writes without a version that we know. */
    boolean hasStrangers() {
        return hasOriginal || !isKeyed && attacker != Attacker.NOBODY && attacker != Attacker.CORRUPTING;
    }

    @Override
    public String toString() {
        return nodes + (isKeyed ? " keyed" : "") + " nodes in a " + shape + ", " + keys + " keys, lease " + lease
                + ", loss " + loss
                + (isLossyToTheEnd ? " to the end" : "") + ", duplication " + duplication + ", delay up to "
                + longestDelay + ", replayed " + replayed + (clocksAgree ? "" : ", clocks differ")
                + (isCrowded ? ", small buffers" : "") + (hasLargeValues ? ", large values" : "")
                + (hasOriginal ? ", an original" : "") + (skewed < 0 ? "" : ", n" + skewed + " is wrong by " + skew)
                + (small < 0 ? "" : ", n" + small + " is small") + (wants > 2 ? "" : ", few wants")
                + (attacker == Attacker.NOBODY ? "" : ", attacker " + attacker);
    }
}
