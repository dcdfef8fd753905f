package org.simpledht.core;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.simpledht.types.NetAddress;

/**
 * Whose turn it is, of all that a client has to put and discover, to go to an address where an original may be: it dies of three that
 * come close together, or of two and its own tick, so one goes at a time, apart from the one before it, and whoever has waited longest.
 */
final class Turns {

    /** Of one address. */
    private static final class Line {
        private final Set<Attempt> waiting = new LinkedHashSet<>();
        private long freeNanos;

        Line(Now now) {
            freeNanos = now.nanos();
        }

        private boolean isOver(Now now) {
            return waiting.isEmpty() && now.isAtOrAfter(freeNanos);
        }
    }

    /** Where somebody waits, or something has gone less than {@link LastPuts#GAP_NANOS} ago. */
    private final Map<NetAddress, Line> lines = new HashMap<>();

    /** Whether it is this one's turn, which is over with that; else it waits in line from now on, if it has not before. */
    boolean take(NetAddress to, Attempt attempt, Now now) {
        lines.values().removeIf(line -> line.isOver(now));
        Line line = lines.computeIfAbsent(to, address -> new Line(now));
        line.waiting.add(attempt);
        boolean isFirst = line.waiting.iterator().next() == attempt;
        if (!isFirst || !now.isAtOrAfter(line.freeNanos)) {
            return false;
        }
        line.waiting.remove(attempt);
        line.freeNanos = now.nanos() + LastPuts.GAP_NANOS;
        return true;
    }

    /** It need not wait any more, or nobody waits for it. */
    void leave(NetAddress to, Attempt attempt) {
        Line line = lines.get(to);
        if (line != null) {
            line.waiting.remove(attempt);
        }
    }

    /** Until the next one's turn, whoever that is. */
    long nanosUntilNext(NetAddress to, Now now) {
        Line line = lines.get(to);
        return line == null ? 0 : now.until(line.freeNanos);
    }
}
