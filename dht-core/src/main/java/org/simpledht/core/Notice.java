package org.simpledht.core;

/** What an operator should know of a peer. */
public enum Notice {
    /** Its clock is too far from ours for it to be a neighbour. */
    CLOCKS_DIFFER,
    /** It is not any more. */
    CLOCKS_AGREE,
    /** It is of another network, or has another longest lease. */
    OTHER_NETWORK
}
