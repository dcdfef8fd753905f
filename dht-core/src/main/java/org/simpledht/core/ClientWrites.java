package org.simpledht.core;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest write of each client, by its header's clock: what is no newer has been done already, or is late and is said
 * again. Of too many the one that wrote longest ago is forgotten, and then what is no newer than its last write is refused of
 * everybody who is not remembered.
 */
final class ClientWrites {

    /** Far more than write within the half minute for which a frame counts, so the limit is rarely felt. */
    static final int MAX_CLIENTS = 4_096;

    private final Map<Long, Long> newest = new LinkedHashMap<>();
    private long forgotten;

    /** True once for each clock of a client that is newer than all before. */
    boolean isFirst(long clientId, long clock) {
        long before = newest.getOrDefault(clientId, forgotten);
        if (Long.compareUnsigned(clock, before) <= 0) {
            return false;
        }
        newest.remove(clientId);
        newest.put(clientId, clock);
        if (newest.size() > MAX_CLIENTS) {
            Iterator<Long> clocks = newest.values().iterator();
            long oldest = clocks.next();
            clocks.remove();
            forgotten = Long.compareUnsigned(oldest, forgotten) > 0 ? oldest : forgotten;
        }
        return true;
    }
}
