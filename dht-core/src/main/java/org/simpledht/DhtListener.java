package org.simpledht;

/**
 * Hears of what happens at a node, on one of the node's helper threads, in order.
 *
 * <p>A listener may call the library, wait for its futures, block and throw: the node goes on. What it throws is logged. When it is so slow that
 * more than {@link DhtLimits#maxCallbacks} events wait, further ones are left out and counted in
 * {@link DhtStatistics#counters} as {@code callbacksDropped}.
 */
public interface DhtListener {

    /** What is to be had under a hash has changed here, by whomever it was put or removed, or because it ended. */
    default void entryChanged(EntryEvent event) {}

    /** A peer was heard of for the first time. */
    default void peerJoined(PeerInfo peer) {}

    /** A peer is gone: silent for too long, or it left. */
    default void peerLost(PeerInfo peer) {}
}
