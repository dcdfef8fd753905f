package org.simpledht;

import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * Hears of what happens at a node, on one of the node's helper threads, in order.
 *
 * <p>A listener may call the library, wait for its futures, block and throw: the node goes on. What it throws is logged. When it is so slow that
 * more than {@link DhtLimits#maxCallbacks} events wait, further ones are left out and counted in
 * {@link DhtStatistics#counters} as {@code callbacksDropped}.
 */
public interface DhtListener {

    /** A content was stored here under a hash that had none or another one, by whomever it was put. */
    default void entryStored(Hash hash, Content content) {}

    /** A peer was heard of for the first time. */
    default void peerJoined(PeerInfo peer) {}

    /** A peer is gone: silent for too long, or it left. */
    default void peerLost(PeerInfo peer) {}
}
