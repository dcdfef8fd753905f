package org.simpledht.core;

/** What an operator should know of a peer, or of whoever else frames come from. */
public enum Notice {
    /** Its clock is too far from ours for it to be a neighbour. */
    CLOCKS_DIFFER,
    /** It is not any more. */
    CLOCKS_AGREE,
    /** It is of another network, or has another longest lease. */
    OTHER_NETWORK,
    /** Frames come from there without a valid MAC, as of who has no cluster key or another one, or damaged. */
    OTHER_KEY,
    /** Frames come from there with a MAC, and this node has no cluster key. */
    KEY_MISSING,
    /** Genuine frames come from there that are too old, or ahead of this node's clock. */
    FRAMES_STALE
}
