package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How many pieces are asked of one neighbour at a time. */
class PieceWindowTest {

    private static final long TRIP = TimeUnit.MILLISECONDS.toNanos(30);

    private final PieceWindow window = new PieceWindow();

    @Test
    void sixteenAreAskedForAtFirst() {
        assertThat(fill()).isEqualTo(16);
    }

    @Test
    void oneMoreIsAskedForAfterAWindowOfAnswers() {
        for (int i = fill(); i > 0; i--) {
            window.answered(TRIP);
        }

        assertThat(fill()).isEqualTo(17);
    }

    @Test
    void halfAsManyAreAskedForWhenHardlyAnyIsAnswered() {
        for (int i = fill(); i > 1; i--) {
            window.lost();
        }
        window.answered(TRIP);

        assertThat(fill()).isBetween(8, 9);
    }

    @Test
    void linkThatLosesThreeOfFourIsNotAskedForLess() {
        for (int round = 0; round < 20; round++) {
            for (int i = fill(); i > 0; i--) {
                if (i % 4 == 0) {
                    window.answered(TRIP);
                } else {
                    window.lost();
                }
            }
        }

        assertThat(fill()).isGreaterThanOrEqualTo(16);
    }

    @Test
    void fourAreAskedForWhateverHappens() {
        for (int round = 0; round < 20; round++) {
            for (int i = fill(); i > 0; i--) {
                window.lost();
            }
        }

        assertThat(fill()).isEqualTo(4);
    }

    @Test
    void questionIsLostAfterSomeRoundTripsAndNoSoonerThanAHundredMilliseconds() {
        assertThat(window.timeoutNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
        for (int i = 0; i < 100; i++) {
            window.asked();
            window.answered(TRIP);
        }
        assertThat(window.timeoutNanos()).isBetween(4 * TRIP, 4 * TRIP + TRIP);
        for (int i = 0; i < 100; i++) {
            window.asked();
            window.answered(1_000);
        }
        assertThat(window.timeoutNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    }

    private int fill() {
        int asked = 0;
        while (window.hasRoom()) {
            window.asked();
            asked++;
        }
        return asked;
    }
}
