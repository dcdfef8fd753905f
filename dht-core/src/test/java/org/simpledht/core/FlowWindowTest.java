package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.simpledht.protocol.LinkRecord;

/** How much may be on its way to a neighbour. */
class FlowWindowTest extends FlowFixture {

    private static final int SAMPLE = 1 << 15;

    private long received;

    @Test
    void windowIsHowMuchMayBeOnItsWay() {
        assertThat(flow.roomBytes()).isEqualTo(WINDOW);
        flow.sent(WINDOW - 1);
        assertThat(flow.roomBytes()).isEqualTo(1);
        flow.sent(1);

        assertThat(flow.roomBytes()).isZero();
    }

    @Test
    void windowDoublesPerRoundTripUntilTheFirstLoss() {
        sendMarked(WINDOW);
        echo(WINDOW);

        assertThat(flow.roomBytes()).isEqualTo(2 * WINDOW);
    }

    @Test
    void windowStopsGrowingAtHalfAMebibyte() {
        long all = 0;
        for (int i = 0; i < 10; i++) {
            sendMarked(1 << 19);
            all += 1 << 19;
            echo(all);
        }

        assertThat(flow.roomBytes()).isEqualTo(1 << 19);
    }

    @Test
    void windowIsHalvedWhenMuchOfManyFramesIsLost() {
        sendMarked(SAMPLE - 1);
        echo(SAMPLE / 2);
        assertThat(flow.roomBytes()).as("so few may be lost by chance").isEqualTo(WINDOW);
        sendMarked(1);
        echo(SAMPLE / 2);

        assertThat(flow.roomBytes()).isEqualTo(WINDOW / 2);
    }

    @Test
    void windowIsHalvedOncePerRoundTrip() {
        sendMarked(SAMPLE);
        int first = lastMark;
        sendMarked(SAMPLE);
        int second = lastMark;
        flow.heard(new LinkRecord.Flow(SAMPLE / 2, 0, first), now);
        flow.heard(new LinkRecord.Flow(SAMPLE, 0, second), now);

        assertThat(flow.roomBytes()).isEqualTo(WINDOW / 2);
    }

    @Test
    void windowIsNeverLessThanSixteenKibibytes() {
        for (int i = 0; i < 10; i++) {
            sendMarked(SAMPLE);
            echo(0);
        }

        assertThat(flow.roomBytes()).isEqualTo(1 << 14);
    }

    @Test
    void linkThatLosesALittleWhateverGoesOverItIsNotMadeSlow() {
        lose(0.3, 100);

        assertThat(flow.roomBytes()).isEqualTo(1 << 19);
    }

    @Test
    void whatIsLostBeyondTheUsualMakesTheWindowSmallerUntilItIsUsual() {
        lose(0.1, 100);
        lose(0.3, 20);
        assertThat(flow.roomBytes()).isLessThan(1 << 18);
        lose(0.3, 100);

        assertThat(flow.roomBytes()).isEqualTo(1 << 19);
    }

    private void lose(double share, int times) {
        for (int i = 0; i < times; i++) {
            sendMarked(SAMPLE);
            received += (long) (SAMPLE * (1 - share));
            echo(received);
        }
    }

    @Test
    void afterTheFirstLossTheWindowGrowsByATenthPerRoundTrip() {
        sendMarked(1_000);
        echo(0);
        assertThat(flow.roomBytes()).isEqualTo(WINDOW);
        sendMarked(SAMPLE);
        echo(SAMPLE);
        assertThat(flow.roomBytes()).isEqualTo(WINDOW * 11 / 10);
        sendMarked(WINDOW);
        echo(SAMPLE + WINDOW);

        assertThat(flow.roomBytes()).isEqualTo(WINDOW * 121 / 100);
    }
}
