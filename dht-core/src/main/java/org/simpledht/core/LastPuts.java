package org.simpledht.core;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.simpledht.types.NetAddress;

/**
 * When the last two Puts went to each address where an original may be: two close together do not kill it, three may
 * (docs/PROTOCOL.md, "Originals"). This outlives all that is known of who is there, since of many guests one gives way to another.
 */
final class LastPuts {

    /** Within {@link Pacing#GAP_NANOS}. None is forgotten earlier for others: whoever forges addresses could have it so. */
    static final int MOST_ADDRESSES = 4_096;

    /** Two moments, or where there was none that matters any more, some before it matters. */
    record Two(long lastNanos, long lastButOneNanos) {

        /** None that matters. */
        static Two longAgo(Now now) {
            long before = now.nanos() - Pacing.GAP_NANOS;
            return new Two(before, before);
        }

        private boolean allowsAnother(Now now) {
            return now.since(lastButOneNanos) >= Pacing.GAP_NANOS;
        }
    }

    /** The one whose last is longest ago first. */
    private final Map<NetAddress, Two> lately = new LinkedHashMap<>();

    /** Whether another one may go there now. */
    boolean allowAnother(NetAddress to, Now now) {
        forgetOld(now);
        Two two = lately.get(to);
        return two == null ? lately.size() < MOST_ADDRESSES : two.allowsAnother(now);
    }

    /** One goes there. */
    void sent(NetAddress to, Now now) {
        forgetOld(now);
        // Removed first, so that it counts as the youngest.
        Two before = lately.remove(to);
        if (lately.size() < MOST_ADDRESSES) {
            long lastButOne = before == null ? Two.longAgo(now).lastNanos : before.lastNanos;
            lately.put(to, new Two(now.nanos(), lastButOne));
        }
    }

    Two of(NetAddress to, Now now) {
        return lately.getOrDefault(to, Two.longAgo(now));
    }

    private void forgetOld(Now now) {
        Iterator<Two> oldestFirst = lately.values().iterator();
        while (oldestFirst.hasNext() && now.since(oldestFirst.next().lastNanos) >= Pacing.GAP_NANOS) {
            oldestFirst.remove();
        }
    }
}
