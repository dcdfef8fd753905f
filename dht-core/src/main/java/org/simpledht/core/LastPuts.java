package org.simpledht.core;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.simpledht.types.NetAddress;

/**
 * When the last Put went to each address where an original may be, so that the next one goes 100 ms later at the earliest: three close
 * together kill it, and so do two and its own tick (docs/PROTOCOL.md, "Originals"). This outlives all that is known of who is there,
 * since of many guests one gives way to another; and who is met by two of our sockets is one.
 */
final class LastPuts {

    static final long GAP_NANOS = 100_000_000L;

    /** None is forgotten earlier for others, or whoever forges addresses could have it so: nobody else gets one then. */
    static final int MOST_ADDRESSES = 4_096;

    /** The one to whom it is longest ago first. */
    private final Map<NetAddress, Long> lastNanos = new LinkedHashMap<>();

    /** How long it is until another one may go there; 0 if it may now. */
    long nanosUntilAnother(NetAddress to, Now now) {
        forgetOld(now);
        Long last = lastNanos.get(to);
        if (last == null) {
            return lastNanos.size() < MOST_ADDRESSES ? 0 : GAP_NANOS;
        }
        return now.until(last + GAP_NANOS);
    }

    /** One goes there, as it may. */
    void sent(NetAddress to, Now now) {
        forgetOld(now);
        // Removed first, so that it counts as the youngest.
        lastNanos.remove(to);
        lastNanos.put(to, now.nanos());
    }

    private void forgetOld(Now now) {
        Iterator<Long> oldestFirst = lastNanos.values().iterator();
        while (oldestFirst.hasNext() && now.since(oldestFirst.next()) >= GAP_NANOS) {
            oldestFirst.remove();
        }
    }
}
