package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.simpledht.transport.TransportFault;
import org.slf4j.event.Level;

class FaultBoardTest {

    private static final long START = Long.MAX_VALUE - FaultBoard.INTERVAL_NANOS / 2;
    private static final long OVER = START + FaultBoard.INTERVAL_NANOS;

    private final LogLines lines = new LogLines();
    private final FaultBoard board = new FaultBoard(lines, true);

    @Test
    void floodIsOneLineAndACountThoughNothingFollows() {
        flood(TransportFault.BAD_FRAMING, 100);
        board.tick(OVER - 1);
        assertThat(lines.all).containsExactly("DEBUG BAD_FRAMING at there: refused");
        board.tick(OVER);
        board.tick(OVER + FaultBoard.INTERVAL_NANOS);

        assertThat(lines.all)
                .containsExactly("DEBUG BAD_FRAMING at there: refused", "DEBUG BAD_FRAMING: 99 more left out");
    }

    @Test
    void countIsToldAtTheEnd() {
        flood(TransportFault.BAD_FRAMING, 3);
        flood(TransportFault.OUTPUT_FULL, 1);
        lines.all.clear();
        board.end();
        board.end();

        assertThat(lines.all).containsExactly("DEBUG BAD_FRAMING: 2 more left out");
    }

    @Test
    void nextIntervalHasItsOwnLineBehindTheCount() {
        flood(TransportFault.BAD_FRAMING, 2);
        lines.all.clear();
        board.add(TransportFault.BAD_FRAMING, "elsewhere", new IOException("a\u001b[2J"), OVER);

        assertThat(lines.all)
                .containsExactly(
                        "DEBUG BAD_FRAMING: 1 more left out",
                        "DEBUG BAD_FRAMING at elsewhere: java.io.IOException: a\\u001b[2J");
    }

    @Test
    void kindsDoNotHideEachOther() {
        flood(TransportFault.BAD_FRAMING, 100);
        lines.all.clear();
        flood(TransportFault.OUTPUT_FULL, 1);

        assertThat(lines.all).containsExactly("DEBUG OUTPUT_FULL at there: refused");
    }

    @Test
    void failedHandshakesAreWarnedOfWhereSomebodyReadsTheLog() {
        flood(TransportFault.HANDSHAKE_FAILED, 2);
        new FaultBoard(lines, false).add(TransportFault.HANDSHAKE_FAILED, "there", null, START);
        board.end();

        assertThat(lines.all)
                .containsExactly(
                        "WARN HANDSHAKE_FAILED at there: refused",
                        "DEBUG HANDSHAKE_FAILED at there: refused",
                        "WARN HANDSHAKE_FAILED: 1 more left out");
    }

    @Test
    void allCountThoughNobodyReadsTheLog() {
        lines.least = Level.WARN;
        flood(TransportFault.BAD_FRAMING, 100);
        board.end();
        Map<String, Long> counters = new HashMap<>();
        board.addTo(counters);

        assertThat(lines.all).isEmpty();
        assertThat(counters).containsEntry("fault." + TransportFault.BAD_FRAMING, 100L);
    }

    private void flood(TransportFault fault, int times) {
        for (int i = 0; i < times; i++) {
            board.add(fault, "there", null, START);
        }
    }
}
