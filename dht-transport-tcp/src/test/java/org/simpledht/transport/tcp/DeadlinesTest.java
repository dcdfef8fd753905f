package org.simpledht.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    /** Near the end of the range, since the clock's origin is arbitrary. */
    private static final long START = Long.MAX_VALUE - 50;

    private final Deadlines<String> deadlines = new Deadlines<>(Duration.ofNanos(100));

    @Test
    void nobodyIsLateBeforeTheTimeout() {
        deadlines.start("a", START);
        assertThat(deadlines.pollLate(START + 99)).isNull();
        assertThat(deadlines.pollLate(START + 100)).isEqualTo("a");
        assertThat(deadlines.pollLate(START + 100)).isNull();
    }

    @Test
    void thoseWhoBeganFirstAreLateFirst() {
        deadlines.start("a", START);
        deadlines.start("b", START + 10);
        deadlines.start("a", START + 20);
        assertThat(deadlines.pollLate(START + 110)).isEqualTo("b");
        assertThat(deadlines.pollLate(START + 110)).isNull();
        assertThat(deadlines.pollLate(START + 120)).isEqualTo("a");
    }

    @Test
    void whoStoppedIsNeverLate() {
        deadlines.start("a", START);
        assertThat(deadlines.isStarted("a")).isTrue();
        deadlines.stop("a");
        assertThat(deadlines.isStarted("a")).isFalse();
        assertThat(deadlines.pollLate(START + 1000)).isNull();
    }
}
