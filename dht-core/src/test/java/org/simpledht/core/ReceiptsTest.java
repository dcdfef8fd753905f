package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.START;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.LinkRecord;

/** What a neighbour is told of its frames, which overtake each other. The number of a frame is the clock in its header. */
class ReceiptsTest {

    private static final int MUCH = 5_000;

    private final Receipts receipts = new Receipts();
    private Now now = START;

    @Test
    void echoTellsHowMuchHasComeOfWhatWasSentUpToTheMark() {
        frame(1);
        markedFrame(3, 7);
        frame(4);
        assertThat(report()).as("in all").isEqualTo(new LinkRecord.Flow(3 * MUCH, 0, 0));
        pass(10);
        frame(2);
        pass(10);

        assertThat(receipts.mustEcho(now)).isTrue();
        assertThat(report()).isEqualTo(new LinkRecord.Flow(3 * MUCH, 0, 7));
    }

    @Test
    void whatComesAfterTheEchoIsInTheNextOne() {
        frame(1);
        markedFrame(3, 7);
        pass(20);
        assertThat(report()).isEqualTo(new LinkRecord.Flow(2 * MUCH, 0, 7));
        frame(2);
        markedFrame(4, 8);
        pass(100);

        assertThat(report()).isEqualTo(new LinkRecord.Flow(4 * MUCH, 0, 8));
    }

    @Test
    void whereFramesComeLateMarksWaitLonger() {
        frame(2);
        pass(40);
        frame(1);
        markedFrame(3, 7);
        report();
        pass(49);
        assertThat(receipts.mustEcho(now)).isFalse();
        pass(1);

        assertThat(receipts.mustEcho(now)).isTrue();
    }

    @Test
    void markThatWasOvertakenByAnotherOneIsNotEchoedAfterIt() {
        markedFrame(2, 8);
        markedFrame(1, 7);
        pass(20);

        assertThat(report()).isEqualTo(new LinkRecord.Flow(2 * MUCH, 0, 8));
    }

    @Test
    void whereLittleComesTheMarkIsEchoedWithTheNextFrame() {
        receipts.frame(100, 1, now);
        receipts.mark(7, now);

        assertThat(report()).isEqualTo(new LinkRecord.Flow(100, 0, 7));
        assertThat(receipts.owesEcho()).isFalse();
    }

    @Test
    void frameThatComesTwiceCountsOnce() {
        frame(1);
        frame(2);
        frame(1);
        markedFrame(3, 7);
        pass(20);

        assertThat(report()).isEqualTo(new LinkRecord.Flow(3 * MUCH, 0, 7));
    }

    @Test
    void whatIsRememberedIsBounded() {
        for (int i = 1; i <= 100_000; i++) {
            markedFrame(i, i);
        }
        pass(20);

        assertThat(report()).isEqualTo(new LinkRecord.Flow(100_000L * MUCH, 0, 100_000));
    }

    private void frame(long clock) {
        receipts.frame(MUCH, clock, now);
    }

    private void markedFrame(long clock, int mark) {
        frame(clock);
        receipts.mark(mark, now);
    }

    private LinkRecord.Flow report() {
        return receipts.report(0, now);
    }

    private void pass(long millis) {
        now = new Now(now.nanos() + TimeUnit.MILLISECONDS.toNanos(millis), now.unixMillis() + millis);
    }
}
