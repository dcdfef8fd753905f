package org.simpledht.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhysicalClockTest {

    private static final long WALL = 1_700_000_000_000L;
    private static final long SECOND = 1_000_000_000;
    private static final long HOUR_MILLIS = 3_600_000;

    /** Where a monotonic clock starts is nobody's choice. */
    private static final long START = -5 * SECOND - 1;

    private final PhysicalClock clock = new PhysicalClock(START, WALL);

    @Test
    void timePassesByTheMonotonicClock() {
        assertThat(clock.at(START)).isEqualTo(WALL);
        assertThat(clock.at(START + 12 * SECOND)).isEqualTo(WALL + 12_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {HOUR_MILLIS, -HOUR_MILLIS})
    void stepOfTheWallClockIsAdoptedAfterTenSecondsByWhoeverIsAlone(long step) {
        assertThat(clock.isInDoubt(START, WALL + step)).isFalse();
        assertThat(clock.isInDoubt(START + 10 * SECOND - 1, WALL + step + 9_999))
                .isFalse();
        assertThat(clock.at(START + 9 * SECOND)).isEqualTo(WALL + 9_000);
        assertThat(clock.isInDoubt(START + 10 * SECOND, WALL + step + 10_000)).isTrue();

        assertThat(clock.toAdopt(START + 10 * SECOND, WALL + step + 10_000, OptionalLong.empty()))
                .isEqualTo(step);
        clock.step(step);
        assertThat(clock.at(START + 10 * SECOND)).isEqualTo(WALL + step + 10_000);
        assertThat(clock.isInDoubt(START + 20 * SECOND, WALL + step + 20_000)).isFalse();
    }

    @Test
    void differenceOfASecondIsNone() {
        assertThat(clock.isInDoubt(START, WALL + 1_000)).isFalse();
        assertThat(clock.isInDoubt(START + 60 * SECOND, WALL + 61_000)).isFalse();
        assertThat(clock.isInDoubt(START + 61 * SECOND, WALL + 60_000)).isFalse();
        assertThat(clock.isInDoubt(START + 90 * SECOND, WALL + 89_000)).isFalse();
    }

    @Test
    void differenceThatPassesIsForgotten() {
        clock.isInDoubt(START, WALL + 2_000);
        clock.isInDoubt(START + 9 * SECOND, WALL + 9_000);

        assertThat(clock.isInDoubt(START + 11 * SECOND, WALL + 13_000)).isFalse();
        assertThat(clock.isInDoubt(START + 21 * SECOND, WALL + 23_000)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // how far the wall clock and the neighbours are ahead, and whether it is adopted
        "5000, 5000, true",
        "5000, 2501, true",
        "5000, 2500, false",
        "5000, 0, false",
        "5000, -1, false",
        "-5000, -2501, true",
        "-5000, -2500, false",
        "-5000, 100, false",
        "3600000, 9000, false",
    })
    void wallClockIsAdoptedIfItIsNearerToTheNeighbours(long wallAhead, long neighboursAhead, boolean isAdopted) {
        assertThat(clock.toAdopt(START, WALL + wallAhead, OptionalLong.of(neighboursAhead)))
                .isEqualTo(isAdopted ? wallAhead : 0);
    }

    /** So that the others have heard of it when the first one adopts it. */
    @Test
    void wallClockIsToldSomewhatBeforeAllMayGoByIt() {
        clock.isInDoubt(START, WALL + 5_000);
        assertThat(clock.wallToTell(START, SECOND)).isZero();
        clock.isInDoubt(START + 59 * SECOND - 1, WALL + 63_999);
        assertThat(clock.wallToTell(START + 59 * SECOND - 1, SECOND)).isZero();
        clock.isInDoubt(START + 59 * SECOND, WALL + 64_000);
        assertThat(clock.wallToTell(START + 59 * SECOND, SECOND)).isEqualTo(WALL + 64_000);
        assertThat(clock.mayGoTogether(START + 60 * SECOND - 1)).isFalse();
        assertThat(clock.mayGoTogether(START + 60 * SECOND)).isTrue();
        clock.isInDoubt(START + 62 * SECOND, WALL + 62_000);
        assertThat(clock.wallToTell(START + 62 * SECOND, SECOND)).isZero();
    }
}
