package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.KEY;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.types.Hash;

/** What counts as lost of what was sent to a neighbour, and what as come. */
class FlowTest extends FlowFixture {

    private static final Hash KEY2 = Hash.parse("2b");

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
    void whatWentToWhoNeverEchoesIsNotRememberedForEver() {
        for (int i = 1; i <= 10_000; i++) {
            for (int key = 0; key < 30; key++) {
                flow.pushes(new Hash(key));
            }
            sendMarked(1_000);
            flow.heard(new LinkRecord.Flow(1_000L * i, 0, 0), now);
        }

        assertThat(flow.roomBytes()).isPositive();
        assertThat(echo(10_000_000 - 1_000).pushed()).hasSizeBetween(1, 1 << 16);
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
}
