package org.simpledht.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.store.Cases.holds;

import org.junit.jupiter.api.Test;

class HybridClockTest {

    private static final long NOW = 1_700_000_000_000L;

    private final HybridClock clock = new HybridClock();

    @Test
    void clockFollowsThePhysicalOne() {
        assertThat(clock.next(NOW, 0)).isEqualTo(NOW << 16);
        assertThat(clock.next(NOW + 5, 0)).isEqualTo(NOW + 5 << 16);
    }

    @Test
    void clockOfAWriteIsLargerThanAllThatWasWrittenSeenOrStoredUnsigned() {
        Cases.each(50_000, dice -> {
            HybridClock each = new HybridClock();
            long largest = 0;
            long now = dice.nextInt(8) == 0 ? (1L << 47) - 5 : NOW;
            for (int i = 0; i < 8; i++) {
                now += dice.nextInt(-10, 11);
                long other = (now + dice.nextInt(-10, 11) << 16) + dice.nextInt(0x10000);
                if (dice.nextBoolean()) {
                    each.observe(other, now);
                    largest = max(largest, other);
                } else {
                    long next = each.next(now, other);
                    holds(Long.compareUnsigned(next, max(largest, other)) > 0, "it is not larger");
                    holds(next == now << 16 || next == max(largest, other) + 1, "it is larger than need be");
                    largest = next;
                }
                holds(each.nowMillis(now) == Math.max(now, largest >>> 16), "now is not the later one");
            }
        });
    }

    @Test
    void counterThatIsFullGoesOnInTheMilliseconds() {
        clock.observe(NOW << 16 | 0xffff, NOW);

        assertThat(clock.next(NOW, 0)).isEqualTo(NOW + 1 << 16);
        assertThat(clock.nowMillis(NOW)).isEqualTo(NOW + 1);
    }

    @Test
    void leasesDoNotGoBackBeforeWhatWasSeen() {
        clock.observe(NOW + 7 << 16, NOW);

        assertThat(clock.nowMillis(NOW)).isEqualTo(NOW + 7);
        assertThat(clock.nowMillis(NOW + 8)).isEqualTo(NOW + 8);
    }

    @Test
    void writeIsNotBeforeWhatLeasesHaveGoneBy() {
        clock.passed(NOW + 3_000);

        assertThat(clock.next(NOW, 0)).isEqualTo(NOW + 3_000 << 16);
    }

    @Test
    void whatTheClockWasFarAheadByCountsNoMore() {
        clock.passed(NOW + 20_001);

        assertThat(clock.next(NOW, 0)).isEqualTo(NOW << 16);
    }

    /** The physical clock has gone back twice, the first time far. */
    @Test
    void whatIsFarAheadDoesNotHideWhatIsNot() {
        clock.observe(NOW + 60_000 << 16, NOW + 60_000);
        clock.passed(NOW + 3_000);
        assertThat(clock.nowMillis(NOW)).isEqualTo(NOW + 3_000);

        assertThat(clock.next(NOW, 0)).isEqualTo(NOW + 3_000 << 16);
    }

    /** When the time comes that it is no longer far ahead. */
    @Test
    void leasesDoNotLeapToWhatWasFarAhead() {
        long ahead = NOW + 60_000;
        assertThat(clock.next(NOW, ahead << 16)).isEqualTo((ahead << 16) + 1);
        clock.observe(ahead << 16, NOW);
        assertThat(clock.nowMillis(ahead - 10_000)).isEqualTo(ahead - 10_000);

        clock.observe(ahead << 16, ahead);
        clock.passed(ahead);
        clock.steppedTo(NOW);
        assertThat(clock.nowMillis(ahead - 10_000)).isEqualTo(ahead - 10_000);
    }

    private static long max(long one, long other) {
        return Long.compareUnsigned(one, other) > 0 ? one : other;
    }
}
