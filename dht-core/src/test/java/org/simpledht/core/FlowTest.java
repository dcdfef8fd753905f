package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.START;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.types.Hash;

/** How much may be on its way to a neighbour, and what counts as lost. The first window is 64 KiB. */
class FlowTest {

    private static final Hash KEY2 = Hash.parse("2b");
    private static final int WINDOW = 1 << 16;
    private static final int SAMPLE = 1 << 15;

    private final Flow flow = new Flow(0);
    private Now now = START;
    private int lastMark;
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
    void whatWasSentUpToAnEchoedMarkAndNotReceivedIsLost() {
        flow.pushes(KEY);
        sendMarked(1_000);
        Flow.Losses losses = echo(0);

        assertThat(losses.pushed()).containsExactly(KEY);
        assertThat(losses.most()).isTrue();
        assertThat(flow.roomBytes()).as("nothing is on its way").isEqualTo(WINDOW);
    }

    @Test
    void lossOfTheSmallerPartIsToldApart() {
        flow.pushes(KEY);
        flow.pushes(KEY2);
        sendMarked(1_000);
        Flow.Losses losses = echo(501);

        assertThat(losses.pushed()).containsExactly(KEY, KEY2);
        assertThat(losses.most()).isFalse();
    }

    @Test
    void whatWasSentAfterTheEchoedMarkIsStillOnItsWay() {
        flow.pushes(KEY);
        sendMarked(1_000);
        flow.pushes(KEY2);
        flow.sent(2_000);

        assertThat(echo(1_000).pushed()).isEmpty();
        assertThat(flow.roomBytes()).isEqualTo(WINDOW + 1_000 - 2_000);
    }

    @Test
    void lossBetweenTwoMarksConcernsWhatWasSentBetweenThem() {
        flow.pushes(KEY);
        sendMarked(1_000);
        echo(1_000);
        flow.pushes(KEY2);
        sendMarked(1_000);

        assertThat(echo(1_000).pushed()).containsExactly(KEY2);
    }

    @Test
    void echoOfALaterMarkStandsForTheEarlierOnes() {
        flow.pushes(KEY);
        sendMarked(1_000);
        flow.pushes(KEY2);
        sendMarked(1_000);

        assertThat(echo(1_000).pushed()).containsExactly(KEY, KEY2);
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

    @Test
    void whatHasComeInAllMakesRoomBeforeTheEchoTellsWhatIsLost() {
        flow.pushes(KEY);
        sendMarked(3_000);
        flow.sent(2_000);
        assertThat(flow.heard(new LinkRecord.Flow(4_000, 0, 0), now).pushed()).isEmpty();
        assertThat(flow.roomBytes()).isEqualTo(WINDOW - 1_000);

        assertThat(echo(2_500).pushed()).as("it has come later than the mark").containsExactly(KEY);
        assertThat(flow.roomBytes()).isEqualTo(WINDOW - 500);
    }

    @Test
    void whatCountsAsLostAndComesLateIsNotLost() {
        sendMarked(3_000);
        echo(2_000);
        sendMarked(1_000);
        flow.pushes(KEY);

        assertThat(echo(4_000).pushed()).isEmpty();
        assertThat(flow.roomBytes()).isEqualTo(WINDOW);
    }

    @Test
    void echoOfAnUnknownMarkIsIgnored() {
        flow.pushes(KEY);
        sendMarked(1_000);

        assertThat(flow.heard(new LinkRecord.Flow(0, 0, lastMark + 1), now).pushed())
                .isEmpty();
        assertThat(flow.heard(new LinkRecord.Flow(0, 0, 0), now).pushed()).isEmpty();
        assertThat(flow.roomBytes()).isEqualTo(WINDOW - 1_000);
    }

    @Test
    void echoThatComesTwiceCountsOnce() {
        flow.pushes(KEY);
        sendMarked(1_000);
        echo(0);

        assertThat(echo(0).pushed()).isEmpty();
        assertThat(flow.roomBytes()).isEqualTo(WINDOW);
    }

    @ParameterizedTest
    @ValueSource(longs = {1_001, 1_000_000})
    void otherSideMayHaveCountedSinceBeforeThisLink(long counted) {
        flow.pushes(KEY);
        sendMarked(1_000);
        assertThat(echo(counted).pushed()).isEmpty();
        flow.pushes(KEY2);
        sendMarked(1_000);

        assertThat(echo(counted).pushed()).containsExactly(KEY2);
    }

    @Test
    void otherSideMayBeginToCountAnew() {
        sendMarked(50_000);
        echo(50_000);
        long room = flow.roomBytes();
        for (int i = 1; i <= 10; i++) {
            flow.pushes(KEY);
            sendMarked(1_000);
            assertThat(echo(i * 1_000L).pushed()).as("mark %d", i).isEmpty();
        }
        assertThat(flow.roomBytes()).isEqualTo(room + 10_000);
        flow.pushes(KEY);
        sendMarked(1_000);

        assertThat(echo(10_000).pushed()).containsExactly(KEY);
    }

    @Test
    void markIsDueAfterAQuarterOfTheWindow() {
        flow.sent(WINDOW / 4 - 100);

        assertThat(flow.isMarkDue(99)).isFalse();
        assertThat(flow.isMarkDue(100)).isTrue();
    }

    @Test
    void noMarkHasTheNumberZero() {
        Flow old = new Flow(-2);

        assertThat(List.of(old.record(true, now).mark(), old.record(true, now).mark()))
                .containsExactly(-1, 1);
    }

    @Test
    void markWithoutEchoIsFollowedByOthersMoreAndMoreSlowly() {
        sendMarked(1_000);
        for (long wait : List.of(200L, 200L, 200L, 200L, 200L, 400L, 800L, 1_000L, 1_000L)) {
            pass(wait - 1);
            assertThat(flow.mustProbe(now)).isFalse();
            pass(1);
            assertThat(flow.mustProbe(now)).as("after %d ms", wait).isTrue();
            flow.probing();
            sendMarked(50);
        }
    }

    @Test
    void echoEndsTheProbes() {
        sendMarked(1_000);
        echo(1_000);
        pass(10_000);

        assertThat(flow.mustProbe(now)).isFalse();
        assertThat(flow.nanosUntilTick(now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void markIsEchoedAfterTwentyMillisecondsOrWithWhateverGoesBefore() {
        flow.heard(new LinkRecord.Flow(0, 7, 0), now);
        assertThat(flow.owesEcho()).isTrue();
        pass(19);
        assertThat(flow.mustEcho(now)).isFalse();
        pass(1);
        assertThat(flow.mustEcho(now)).isTrue();

        assertThat(flow.record(false, now)).isEqualTo(new LinkRecord.Flow(0, 0, 7));
        assertThat(flow.owesEcho()).isFalse();
    }

    @Test
    void muchThatHasComeIsReportedAtOnceAndTheMarkInItsTime() {
        flow.received(4_096, 1, now);
        assertThat(flow.mustEcho(now)).as("nobody has asked").isFalse();
        flow.heard(new LinkRecord.Flow(0, 7, 0), now);

        assertThat(flow.mustEcho(now)).isTrue();
        assertThat(flow.record(false, now)).isEqualTo(new LinkRecord.Flow(4_096, 0, 0));
        assertThat(flow.mustEcho(now)).isFalse();
        pass(20);
        assertThat(flow.mustEcho(now)).isTrue();
        assertThat(flow.record(false, now)).isEqualTo(new LinkRecord.Flow(4_096, 0, 7));
    }

    @Test
    void whoEchoesNothingThoughItIsAskedIsStuckAfterFiveSeconds() {
        pass(60_000);
        assertThat(flow.isStuck(now)).as("it was asked for nothing").isFalse();
        sendMarked(1_000);
        pass(3_000);
        sendMarked(1_000);
        pass(1_999);
        assertThat(flow.isStuck(now)).isFalse();
        pass(1);
        assertThat(flow.isStuck(now)).isTrue();
        echo(2_000);

        assertThat(flow.isStuck(now)).isFalse();
    }

    @Test
    void whoEchoesNowAndThenIsNotStuck() {
        for (int i = 1; i < 10; i++) {
            sendMarked(1_000);
            pass(1_000);
            int first = lastMark;
            sendMarked(1_000);
            pass(3_000);
            flow.heard(new LinkRecord.Flow(2_000L * i - 1_000, 0, first), now);
            assertThat(flow.isStuck(now)).isFalse();
        }
    }

    private void sendMarked(int bytes) {
        lastMark = flow.record(true, now).mark();
        flow.sent(bytes);
        flow.markSent();
    }

    private Flow.Losses echo(long received) {
        return flow.heard(new LinkRecord.Flow(received, 0, lastMark), now);
    }

    private void pass(long millis) {
        now = new Now(now.nanos() + TimeUnit.MILLISECONDS.toNanos(millis), now.unixMillis() + millis);
    }
}
