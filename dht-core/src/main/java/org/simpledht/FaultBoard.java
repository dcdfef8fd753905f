package org.simpledht;

import java.util.EnumMap;
import java.util.Map;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.Printable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Counts what goes wrong at the transports, and logs each kind once in a while, then how many were left out: when the interval is over
 * or the node ends, be it that nothing of that kind ever happens again.
 */
final class FaultBoard {

    static final long INTERVAL_NANOS = 10_000_000_000L;

    /** Since a line was logged; further ones wait for its end. */
    private static final class Interval {
        private final long sinceNanos;
        private long leftOut;

        Interval(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }

    private final Logger log;
    private final boolean warns;
    private final long[] counts = new long[TransportFault.values().length];
    private final Map<TransportFault, Interval> intervals = new EnumMap<>(TransportFault.class);

    /**
     * @param warns whether whoever reads the log is told of failed handshakes; whoever asks is told anyway
     */
    FaultBoard(Logger log, boolean warns) {
        this.log = log;
        this.warns = warns;
    }

    void add(TransportFault fault, Object where, Throwable cause, long nowNanos) {
        counts[fault.ordinal()]++;
        Level level = level(fault);
        if (!log.isEnabledForLevel(level)) {
            return;
        }
        tick(nowNanos);
        Interval interval = intervals.get(fault);
        if (interval != null) {
            interval.leftOut++;
            return;
        }
        intervals.put(fault, new Interval(nowNanos));
        // Its text, not its trace: a dead peer is no defect of ours.
        String text = cause == null ? "refused" : Printable.escape(cause.toString());
        log.atLevel(level).log("{} at {}: {}", fault, where, text);
    }

    /** Who has the wrong key is to hear of it; whatever else goes wrong is daily life. */
    private Level level(TransportFault fault) {
        return warns && fault == TransportFault.HANDSHAKE_FAILED ? Level.WARN : Level.DEBUG;
    }

    /** Says what was left out in intervals that are over. */
    void tick(long nowNanos) {
        if (intervals.isEmpty()) {
            return;
        }
        intervals.entrySet().removeIf(entry -> {
            boolean isOver = nowNanos - entry.getValue().sinceNanos >= INTERVAL_NANOS;
            if (isOver) {
                tell(entry.getKey(), entry.getValue());
            }
            return isOver;
        });
    }

    /** Says what was left out so far: nothing follows. */
    void end() {
        intervals.forEach(this::tell);
        intervals.clear();
    }

    private void tell(TransportFault fault, Interval interval) {
        if (interval.leftOut > 0) {
            log.atLevel(level(fault)).log("{}: {} more left out", fault, interval.leftOut);
        }
    }

    void addTo(Map<String, Long> counters) {
        for (TransportFault fault : TransportFault.values()) {
            counters.put("fault." + fault, counts[fault.ordinal()]);
        }
    }
}
