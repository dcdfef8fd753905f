package org.simpledht;

import java.util.Map;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.Printable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Counts what goes wrong at the transports, and logs each kind once in a while, with the number of those left out. */
final class FaultBoard {

    private static final long LOG_INTERVAL_NANOS = 10_000_000_000L;

    private final long[] counts = new long[TransportFault.values().length];
    private final long[] loggedCounts = new long[TransportFault.values().length];
    private final long[] loggedNanos = new long[TransportFault.values().length];

    private final boolean warns;

    /**
     * @param warns whether whoever reads the log is told of failed handshakes; whoever asks is told anyway
     */
    FaultBoard(boolean warns) {
        this.warns = warns;
    }

    void add(TransportFault fault, Object where, Throwable cause, long nowNanos, Logger log) {
        int kind = fault.ordinal();
        counts[kind]++;
        boolean due = loggedCounts[kind] == 0 || nowNanos - loggedNanos[kind] >= LOG_INTERVAL_NANOS;
        // Who has the wrong key is to hear of it; whatever else goes wrong is daily life.
        Level level = warns && fault == TransportFault.HANDSHAKE_FAILED ? Level.WARN : Level.DEBUG;
        if (due && log.isEnabledForLevel(level)) {
            long leftOut = counts[kind] - loggedCounts[kind] - 1;
            // Its text, not its trace: a dead peer is no defect of ours.
            log.atLevel(level)
                    .log(
                            "{} at {}: {} ({} more left out)",
                            fault,
                            where,
                            cause == null ? "refused" : Printable.escape(cause.toString()),
                            leftOut);
            loggedCounts[kind] = counts[kind];
            loggedNanos[kind] = nowNanos;
        }
    }

    void addTo(Map<String, Long> counters) {
        for (TransportFault fault : TransportFault.values()) {
            counters.put("fault." + fault, counts[fault.ordinal()]);
        }
    }
}
