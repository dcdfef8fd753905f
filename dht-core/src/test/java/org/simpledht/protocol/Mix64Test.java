package org.simpledht.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class Mix64Test {

    @Test
    void keyCanBeComputedBackSoNoTwoMixToTheSame() {
        Random dice = new Random(64);
        for (int i = 0; i < 10_000; i++) {
            long key = dice.nextLong();
            assertThat(unmix(Mix64.of(key))).isEqualTo(key);
        }
    }

    private static long unmix(long mixed) {
        long key = (mixed ^ mixed >>> 31 ^ mixed >>> 62) * inverse(0x94d049bb133111ebL);
        key = (key ^ key >>> 27 ^ key >>> 54) * inverse(0xbf58476d1ce4e5b9L);
        return key ^ key >>> 30 ^ key >>> 60;
    }

    /** Of an odd number modulo 2⁶⁴, by Newton's method. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
