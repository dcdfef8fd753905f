package org.simpledht.cli;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lines of what others cause: of each kind a few in a while, then how many were left out. So nobody floods a terminal from afar.
 */
final class Allowances {

    /** Lines of one kind in one interval. */
    static final int MOST = 20;

    static final long INTERVAL_NANOS = 2_000_000_000L;

    private static final class Allowance {
        private final long sinceNanos;
        private int written;
        private long leftOut;

        Allowance(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }

    private final Map<String, Allowance> byKind = new HashMap<>();
    private final Consumer<Line> door;

    Allowances(Consumer<Line> door) {
        this.door = door;
    }

    /**
     * Prints a line, or counts it.
     *
     * @param kind the event's name
     * @return true if it is the first one of its interval that is left out: then {@link #tick} is to be called when that is over
     */
    synchronized boolean print(String kind, Line line, long nowNanos) {
        tick(nowNanos);
        Allowance allowance = byKind.computeIfAbsent(kind, k -> new Allowance(nowNanos));
        if (allowance.written < MOST) {
            allowance.written++;
            door.accept(line);
            return false;
        }
        return ++allowance.leftOut == 1;
    }

    /** Says what was left out in intervals that are over. */
    synchronized void tick(long nowNanos) {
        Iterator<Map.Entry<String, Allowance>> all = byKind.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Allowance> each = all.next();
            Allowance allowance = each.getValue();
            if (nowNanos - allowance.sinceNanos >= INTERVAL_NANOS) {
                all.remove();
                if (allowance.leftOut > 0) {
                    door.accept(Line.leftOut(each.getKey(), allowance.leftOut));
                }
            }
        }
    }
}
