package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** How much of what was written here, and is too large to be pushed, one neighbour has still to fetch. */
class LargeWritesTest {

    private static final int PIECE = 16_384;
    private static final Content CONTENT = Content.of(new byte[4 * PIECE]);

    /** So many of these are 1 MiB. */
    private static final int MUCH = 16;

    private final LargeWrites large = new LargeWrites();
    private Now now = new Now(0, 1_000_000_000_000L);

    @Test
    void writerIsHeldFromOneMebibyteOnUntilPiecesHaveGone() {
        write(MUCH - 1);
        assertThat(large.isMuch()).isFalse();
        large.written(meta(MUCH, 1), true, now);
        assertThat(large.isMuch()).isTrue();

        large.fetches(meta(3, 1).version(), PIECE, now);
        assertThat(large.isMuch()).isFalse();
    }

    @Test
    void whatIsSmallWaitsElsewhere() {
        IntStream.range(0, 2_000).forEach(i -> large.written(meta(i, 1), false, now));

        assertThat(large.isMuch()).isFalse();
    }

    @Test
    void overwrittenAndRemovedContentCountsNoMore() {
        write(MUCH);
        large.written(meta(1, 2), true, now);
        assertThat(large.isMuch()).as("one of each key").isTrue();
        large.fetches(meta(1, 1).version(), PIECE, now);
        assertThat(large.isMuch()).as("a piece of the older one says nothing").isTrue();
        large.written(meta(1, 3), false, now);

        assertThat(large.isMuch()).isFalse();
    }

    @Test
    void neighbourThatHoldsItOrSomethingNewerNeedNotFetchIt() {
        write(MUCH);
        large.holds(Meta.nothing(new Hash(1)), now);
        large.holds(meta(2, 0), now);
        assertThat(large.isMuch()).as("nothing, and something older").isTrue();
        large.holds(meta(2, 1), now);
        assertThat(large.isMuch()).isFalse();
        write(MUCH);
        large.holds(meta(3, 9), now);
        assertThat(large.isMuch()).isFalse();
        write(MUCH);
        large.holdsAll();
        assertThat(large.isMuch()).isFalse();
    }

    @Test
    void whoFetchesNothingIsAskedWhatItHolds() {
        write(MUCH);
        assertThat(large.tick(now)).isNull();
        assertThat(large.nanosUntilTick(now)).isEqualTo(300_000_000L);
        pass(300);
        assertThat(large.tick(now).keys())
                .containsExactlyElementsOf(
                        IntStream.range(0, MUCH).mapToObj(Hash::new).toList());
        assertThat(large.tick(now)).isNull();
        pass(200);
        large.fetches(meta(1, 1).version(), 1, now);
        large.written(meta(99, 1), true, now);
        pass(299);

        assertThat(large.tick(now)).as("it goes on").isNull();
    }

    @Test
    void whoFetchesNothingForFiveSecondsIsWaitedForNoMoreUntilItDoes() {
        write(MUCH);
        pass(4_999);
        large.tick(now);
        assertThat(large.isMuch()).isTrue();
        assertThat(large.nanosUntilTick(now)).isEqualTo(1_000_000L);
        pass(1);
        large.tick(now);
        assertThat(large.isMuch()).isFalse();
        assertThat(large.isRefused()).isTrue();
        write(MUCH);
        assertThat(large.isMuch()).isFalse();

        large.fetches(meta(1, 1).version(), PIECE, now);
        assertThat(large.isRefused()).isFalse();
        write(MUCH);
        assertThat(large.isMuch()).isTrue();
    }

    @Test
    void soManyAreRememberedAtMost() {
        for (int i = 0; i < 1_025; i++) {
            large.written(meta(i, 1), true, now);
        }
        for (int i = 1; i < 1_025; i++) {
            large.holds(meta(i, 1), now);
        }

        assertThat(large.isMuch()).isFalse();
        assertThat(large.nanosUntilTick(now)).isEqualTo(Long.MAX_VALUE);
    }

    private void write(int count) {
        IntStream.range(0, count).forEach(i -> large.written(meta(i, 1), true, now));
    }

    private void pass(int millis) {
        now = new Now(now.nanos() + millis * 1_000_000L, now.unixMillis() + millis);
    }

    private static Meta meta(int key, int clock) {
        return Meta.of(new Hash(key), clock, 600, CONTENT);
    }
}
