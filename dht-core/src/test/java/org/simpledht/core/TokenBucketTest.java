package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final Now START = MachineFixture.START;

    private final TokenBucket bucket = new TokenBucket(10, 20);

    private static Now at(long millis) {
        return new Now(START.nanos() + NodeFixture.seconds(1) / 1_000 * millis, START.unixMillis() + millis);
    }

    @Test
    void isFullAtFirstAndRefillsAtItsPace() {
        assertThat(taken(at(0))).isEqualTo(20);
        assertThat(taken(at(99))).isZero();
        assertThat(taken(at(100))).isEqualTo(1);
        assertThat(taken(at(1_100))).isEqualTo(10);
    }

    @Test
    void savesUpNoMoreThanItHolds() {
        assertThat(taken(at(1_000_000))).isEqualTo(20);
    }

    @Test
    void takesAllOrNothing() {
        assertThat(bucket.tryTake(15, at(0))).isTrue();
        assertThat(bucket.tryTake(6, at(0))).isFalse();
        assertThat(bucket.tryTake(5, at(0))).isTrue();
    }

    private int taken(Now now) {
        int taken = 0;
        while (bucket.tryTake(1, now)) {
            taken++;
        }
        return taken;
    }
}
