package org.simpledht;

import java.util.EnumMap;
import java.util.Map;
import org.simpledht.types.Printable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Log lines that others can cause: of each kind a few in a while, then how many were left out. So nobody fills a disk from afar.
 *
 * <p>What stands in them is escaped. For one thread.
 */
final class SparingLog {

    /** Lines of one kind in one interval. */
    static final int MOST = 20;

    static final long INTERVAL_NANOS = 10_000_000_000L;

    /** What lines are about. Each kind has an allowance of its own, so that a flood of one does not hide another. */
    enum Kind {
        PEER_JOINED("peers that joined", Level.INFO),
        PEER_LOST("peers that were lost", Level.INFO),
        CLOCKS_DIFFER("clocks that differ", Level.WARN),
        CLOCKS_AGREE("clocks that agree again", Level.INFO),
        OTHER_NETWORK("nodes of other networks", Level.WARN),
        OTHER_KEY("sources of frames without a valid signature", Level.WARN),
        KEY_MISSING("nodes with a key", Level.WARN),
        FRAMES_STALE("frames that are too old", Level.WARN),
        ACCEPTED("connections that were accepted", Level.DEBUG),
        CLOSED("connections that were closed", Level.DEBUG),
        CALLBACK("callbacks that have thrown", Level.WARN);

        private final String plural;
        private final Level level;

        Kind(String plural, Level level) {
            this.plural = plural;
            this.level = level;
        }
    }

    private static final class Allowance {
        private final long sinceNanos;
        private int written;
        private long leftOut;

        Allowance(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }

    private final Logger log;
    private final Map<Kind, Allowance> allowances = new EnumMap<>(Kind.class);

    SparingLog(Logger log) {
        this.log = log;
    }

    /**
     * Writes a line, or counts it.
     *
     * @param format as SLF4J has it
     * @param arguments what they say is escaped
     */
    void say(Kind kind, long nowNanos, String format, Object... arguments) {
        if (!isAllowed(kind, nowNanos)) {
            return;
        }
        Object[] escaped = new Object[arguments.length];
        for (int i = 0; i < escaped.length; i++) {
            escaped[i] = Printable.escape(String.valueOf(arguments[i]));
        }
        log.atLevel(kind.level).log(format, escaped);
    }

    /** The same of what was thrown, with its trace. */
    void say(Kind kind, long nowNanos, String text, Throwable thrown) {
        if (isAllowed(kind, nowNanos)) {
            log.atLevel(kind.level).setCause(Told.of(thrown)).log(text);
        }
    }

    private boolean isAllowed(Kind kind, long nowNanos) {
        if (!log.isEnabledForLevel(kind.level)) {
            return false;
        }
        tick(nowNanos);
        Allowance allowance = allowances.computeIfAbsent(kind, k -> new Allowance(nowNanos));
        if (allowance.written == MOST) {
            allowance.leftOut++;
            return false;
        }
        allowance.written++;
        return true;
    }

    /** Says what was left out in intervals that are over. */
    void tick(long nowNanos) {
        if (allowances.isEmpty()) {
            return;
        }
        allowances.entrySet().removeIf(entry -> {
            Allowance allowance = entry.getValue();
            boolean isOver = nowNanos - allowance.sinceNanos >= INTERVAL_NANOS;
            if (isOver) {
                tell(entry.getKey(), allowance);
            }
            return isOver;
        });
    }

    /** Says what was left out so far: nothing follows. */
    void end() {
        allowances.forEach(this::tell);
        allowances.clear();
    }

    private void tell(Kind kind, Allowance allowance) {
        if (allowance.leftOut > 0) {
            log.atLevel(kind.level).log("{}: {} left out", kind.plural, allowance.leftOut);
        }
    }
}
