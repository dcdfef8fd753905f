package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.LinkRecord;

/** When marks are due and echoed, and what becomes of those that are not. */
class FlowMarksTest extends FlowFixture {

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

    private void pass(long millis) {
        now = new Now(now.nanos() + TimeUnit.MILLISECONDS.toNanos(millis), now.unixMillis() + millis);
    }
}
