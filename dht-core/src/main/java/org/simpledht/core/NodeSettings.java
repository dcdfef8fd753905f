package org.simpledht.core;

import java.util.List;
import java.util.Optional;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.KeyRing;

/**
 * What a node is told once. All durations in nanoseconds.
 *
 * @param nodeId random per process, not 0
 * @param bindings at least one
 * @param leaseMillis the longest lease, in milliseconds: one value for the whole network
 * @param cluster its network's name
 * @param keys without which nobody takes part; empty where everybody may
 * @param advertised where others can reach this node, if that is not where it speaks from; by binding
 * @param seeds how many seeds there are; the driver resolves them by index
 */
public record NodeSettings(
        long nodeId,
        List<Binding> bindings,
        List<Path> advertised,
        int seeds,
        long keepAliveNanos,
        long peerTimeoutNanos,
        long pendingGetNanos,
        long idleStreamNanos,
        long leaseMillis,
        GateSettings gate,
        Cluster cluster,
        Optional<KeyRing> keys,
        Bounds bounds) {

    public NodeSettings {
        bindings = List.copyOf(bindings);
        advertised = List.copyOf(advertised);
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
