package org.simpledht.examples.chaos;

/** What goes wrong beside the weather of the links. */
enum Kind {
    /** Half of them are on another bridge for a while. */
    PARTITION,
    /** What one node sends to some others gets lost without a word, and what they send arrives. */
    ONE_WAY,
    /** The bridge's end of a node's link, or the node's own, is down. */
    LINK_DOWN,
    /** A node's sends fail: there is no route to all others, or to some it is forbidden. */
    NO_ROUTE,
    /** A node's address is taken away. */
    NO_ADDRESS,
    /** A node may open no further descriptor, and connections take what it gives back. */
    NO_DESCRIPTORS,
    /** A process is stopped by SIGSTOP, and goes on later. */
    STOPPED,
    /** A process is killed without a word, and starts again with nothing. */
    KILLED
}
