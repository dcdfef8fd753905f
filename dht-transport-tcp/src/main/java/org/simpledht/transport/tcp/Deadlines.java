package org.simpledht.transport.tcp;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who has been waited for since when. All may take equally long, so the order in which they began is the order in
 * which they are late, and asking costs nothing while nobody is.
 */
final class Deadlines<T> {

    private final long timeoutNanos;
    private final Map<T, Long> begunNanos = new LinkedHashMap<>();

    Deadlines(Duration timeout) {
        timeoutNanos = timeout.toNanos();
    }

    /** Starts anew if it was started before. */
    void start(T who, long nowNanos) {
        begunNanos.remove(who);
        begunNanos.put(who, nowNanos);
    }

    void stop(T who) {
        begunNanos.remove(who);
    }

    boolean isStarted(T who) {
        return begunNanos.containsKey(who);
    }

    /** Stops and returns whoever is late for longest; null if nobody is. */
    T pollLate(long nowNanos) {
        Iterator<Map.Entry<T, Long>> oldest = begunNanos.entrySet().iterator();
        if (!oldest.hasNext()) {
            return null;
        }
        Map.Entry<T, Long> entry = oldest.next();
        if (nowNanos - entry.getValue() < timeoutNanos) {
            return null;
        }
        T who = entry.getKey();
        oldest.remove();
        return who;
    }
}
