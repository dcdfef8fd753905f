package org.simpledht.core;

/** What a source of frames turned out to be. */
public enum PeerKind {
    /** Told of, never heard. */
    CANDIDATE,
    /** Heard of, without an extension, for less than four seconds: it may be either of the next two. */
    UNDECIDED,
    /** Heard of for longer, and never with an extension. */
    ORIGINAL,
    /** One of ours. */
    CAPABLE,
    /** One of ours without a table: served, nobody's peer. */
    CLIENT;

    /** Whether it has an extension, be it a node or a client. */
    boolean isOurs() {
        return this == CAPABLE || this == CLIENT;
    }
}
