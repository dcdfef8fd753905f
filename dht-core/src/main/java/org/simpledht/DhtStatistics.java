package org.simpledht;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node in numbers, at one moment.
 *
 * @param entries held in the local table, also those that are remembered as removed or ended
 * @param storeBytes bytes of content in the local table
 * @param peers alive
 * @param candidates told of and not yet heard
 * @param pendingGets Gets of others that wait for a hash to arrive
 * @param lookups Gets of this application that wait for an answer
 * @param counters what happened since the start, by name; docs/STATISTICS.md explains each
 */
public record DhtStatistics(
        int entries,
        long storeBytes,
        int peers,
        int candidates,
        int pendingGets,
        int lookups,
        SortedMap<String, Long> counters) {

    public DhtStatistics {
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    }

    /** A counter's value; 0 for one that has never counted. */
    public long counter(String name) {
        return ((Map<String, Long>) counters).getOrDefault(name, 0L);
    }
}
