package org.simpledht.core;

import java.util.List;

/**
 * What a node is told once. All durations in nanoseconds.
 *
 * @param nodeId random per process, not 0
 * @param bindings at least one
 * @param leaseMillis the longest lease, in milliseconds: one value for the whole network
 * @param seeds how many seeds there are; the driver resolves them by index
 */
public record NodeSettings(
        long nodeId,
        List<Binding> bindings,
        int seeds,
        long keepAliveNanos,
        long peerTimeoutNanos,
        long pendingGetNanos,
        long idleStreamNanos,
        long leaseMillis,
        GateSettings gate,
        Bounds bounds) {

    public NodeSettings {
        bindings = List.copyOf(bindings);
    }

    /**
     * How far each table may grow.
     *
     * @param valueBytes the largest content that is taken
     * @param fetchingBytes of all contents that are being fetched in pieces
     */
    public record Bounds(
            int peers,
            int entries,
            long storeBytes,
            int pendingGets,
            int pendingGetsPerSource,
            int lookups,
            int wants,
            int valueBytes,
            long fetchingBytes) {}
}
