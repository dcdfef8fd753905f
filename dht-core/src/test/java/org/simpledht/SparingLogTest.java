package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.simpledht.SparingLog.Kind;
import org.slf4j.event.Level;

class SparingLogTest {

    private static final long START = Long.MAX_VALUE - SparingLog.INTERVAL_NANOS / 2;

    private final LogLines lines = new LogLines();
    private final SparingLog log = new SparingLog(lines);

    @Test
    void floodIsAFewLinesAndACount() {
        for (int i = 0; i < 10_000; i++) {
            // A thousand a second.
            log.say(Kind.PEER_JOINED, START + i * 1_000_000L, "peer joined: {}", i);
        }
        assertThat(lines.all).hasSize(SparingLog.MOST).first().isEqualTo("INFO peer joined: 0");

        log.tick(START + SparingLog.INTERVAL_NANOS);
        assertThat(lines.all).hasSize(SparingLog.MOST + 1).last().isEqualTo("INFO peers that joined: 9980 left out");
    }

    @Test
    void whatIsLeftOutIsCountedOnce() {
        flood(Kind.PEER_LOST, SparingLog.MOST + 1);
        log.tick(START + SparingLog.INTERVAL_NANOS);
        lines.all.clear();

        log.tick(START + 2 * SparingLog.INTERVAL_NANOS);
        assertThat(lines.all).isEmpty();
    }

    @Test
    void whatIsLeftOutIsCountedAtTheEnd() {
        flood(Kind.PEER_LOST, SparingLog.MOST + 3);
        log.end();
        log.end();

        assertThat(lines.all).hasSize(SparingLog.MOST + 1).last().isEqualTo("INFO peers that were lost: 3 left out");
    }

    @Test
    void nextIntervalHasItsOwnLinesBehindTheCount() {
        flood(Kind.CLOSED, SparingLog.MOST + 5);
        lines.all.clear();

        log.say(Kind.CLOSED, START + SparingLog.INTERVAL_NANOS, "next");
        assertThat(lines.all).containsExactly("DEBUG connections that were closed: 5 left out", "DEBUG next");
    }

    @Test
    void kindsDoNotHideEachOther() {
        flood(Kind.PEER_JOINED, 1_000);
        lines.all.clear();

        log.say(Kind.OTHER_NETWORK, START, "seen");
        assertThat(lines.all).containsExactly("WARN seen");
    }

    @Test
    void argumentsAreEscaped() {
        log.say(Kind.CLOSED, START, "{} is closed: {}", "a\u001b[2J", "b\n\u202e");

        assertThat(lines.all).containsExactly("DEBUG a\\u001b[2J is closed: b\\n\\u202e");
    }

    @Test
    void traceOfWhatWasThrownShowsNothingUnescaped() {
        log.say(
                Kind.CALLBACK,
                START,
                "thrown",
                new IllegalStateException("a\u001b[2J", new NumberFormatException("b\u009b")));

        StringWriter trace = new StringWriter();
        lines.thrown.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString())
                .contains("IllegalStateException: a\\u001b[2J", "NumberFormatException: b\\u009b", "SparingLogTest")
                .doesNotContain("\u001b", "\u009b");
    }

    @Test
    void whatNobodyReadsIsNotCounted() {
        lines.least = Level.WARN;
        flood(Kind.PEER_JOINED, 1_000);
        log.tick(START + SparingLog.INTERVAL_NANOS);

        assertThat(lines.all).isEmpty();
    }

    private void flood(Kind kind, int times) {
        for (int i = 0; i < times; i++) {
            log.say(kind, START, "once more");
        }
    }
}
