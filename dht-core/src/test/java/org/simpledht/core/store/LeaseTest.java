package org.simpledht.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.simpledht.core.store.Cases.holds;

import org.junit.jupiter.api.Test;

class LeaseTest {

    private static final Lease HOUR = new Lease(3_600_000);
    private static final long NOW = 1_700_000_000_000L;

    @Test
    void leaseShorterThanASecondIsNone() {
        assertThatThrownBy(() -> new Lease(999)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Lease(1_000).longestSeconds()).isEqualTo(1);
    }

    @Test
    void metaIsHeldForTheLongestLeaseAfterItWasWrittenAndUntilItsEnd() {
        assertThat(HOUR.heldUntilMillis(clock(NOW), 0)).isEqualTo(NOW + 3_600_000);
        assertThat(HOUR.heldUntilMillis(clock(NOW), 3_600)).isEqualTo(NOW + 3_600_000);
        assertThat(HOUR.heldUntilMillis(clock(NOW), 3_601)).isEqualTo(NOW + 3_601_000);
        assertThat(HOUR.heldUntilMillis(-1, -1)).isEqualTo(0xffff_ffff_ffffL + 1_000 * 0xffff_ffffL);
    }

    @Test
    void metaLeavesTheSumsAtTheFirstRoundMomentWithLessThanTwentySecondsLeft() {
        Cases.each(20_000, dice -> {
            long clock = clock(NOW + dice.nextLong(100_000)) + dice.nextInt(3);
            int life = dice.nextInt(7_200);
            long until = HOUR.heldUntilMillis(clock, life);
            long first = 0;
            for (long moment = until / 10_000 * 10_000 - 30_000; first == 0; moment += 10_000) {
                first = until - moment < 20_000 ? moment : 0;
            }
            Cases.same(HOUR.leavesSumsMillis(clock, life), first, "the moment");
        });
    }

    @Test
    void theNextMomentOfLeavingIsTheNextMultipleOfTenSeconds() {
        for (long moment = NOW; moment < NOW + 30_000; moment++) {
            long next = Lease.nextLeavingMillis(moment);
            holds(next % 10_000 == 0 && next > moment && next <= moment + 10_000, moment + " is followed by " + next);
        }
    }

    @Test
    void lifeUntilAMomentIsTheWholeSecondsBeforeIt() {
        assertThat(HOUR.lifeUntil(clock(NOW), NOW + 999, 5_000)).isEqualTo(5);
        assertThat(HOUR.lifeUntil(clock(NOW + 1), NOW, 5_000)).isEqualTo(4);
        assertThat(HOUR.lifeUntil(clock(NOW), NOW, 5_000)).isEqualTo(5);
        assertThat(HOUR.lifeUntil(clock(NOW), NOW + 10_000, 5_000)).isEqualTo(15);
        assertThat(HOUR.lifeUntil(clock(NOW), NOW - 10_000, 5_000)).isZero();
    }

    @Test
    void lifeOfACopyIsUnsignedAndAtMostAllThatFits() {
        long in2050 = 2_524_608_000_000L;
        long in2120 = 4_733_510_400_000L;

        assertThat(Lease.endMillis(1, HOUR.lifeUntil(1, in2050, 600_000))).isEqualTo(in2050 + 600_000);
        assertThat(HOUR.lifeUntil(1, in2120, 600_000)).isEqualTo(-1);
    }

    private static long clock(long millis) {
        return millis << 16;
    }
}
