package org.simpledht.core.store;

import java.util.SplittableRandom;
import org.simpledht.protocol.Mix64;

/** Keys chosen by where they stand in the order of x. */
final class Keys {

    private Keys() {}

    /** The key that {@link Mix64} takes to that x. */
    static long at(long x) {
        long mixed = unshifted(x, 31) * inverse(0x94d0_49bb_1331_11ebL);
        mixed = unshifted(mixed, 27) * inverse(0xbf58_476d_1ce4_e5b9L);
        long key = unshifted(mixed, 30);
        if (Mix64.of(key) != x) {
            throw new AssertionError("the inverse is wrong");
        }
        return key;
    }

    /** The y of which this is {@code y ^ y >>> bits}. */
    private static long unshifted(long mixed, int bits) {
        long y = mixed;
        for (int known = bits; known < Long.SIZE; known += bits) {
            y = mixed ^ y >>> bits;
        }
        return y;
    }

    /** Of an odd number modulo 2⁶⁴, by Newton's method: each step doubles the bits that are right. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int right = 3; right < Long.SIZE; right *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    /** An x that has most of its bits in common with others, at every depth, and also stands at the ends of prefixes. */
    static long crowdedX(SplittableRandom dice) {
        int common = 4 * dice.nextInt(17);
        long head = common == 0 ? 0 : 0x123_4567_89ab_cdefL * -3 & -1L << Long.SIZE - common;
        long rest = common == Long.SIZE ? 0 : -1L >>> common;
        long tail =
                switch (dice.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> -1;
                    default -> dice.nextLong();
                };
        return head | tail & rest;
    }
}
