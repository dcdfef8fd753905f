package org.simpledht.protocol;

/** Why bytes are no frame. An ordinary outcome: counted, never thrown, never answered. */
public enum Refusal implements Decoded {
    /** No bytes at all. */
    EMPTY,
    /** A type that is none of the five. */
    UNKNOWN_TYPE,
    /** The message ends before it is complete, or its length goes beyond the end. */
    TRUNCATED,
    /** An address of a family that is neither 4 nor 6. */
    UNKNOWN_FAMILY,
    /** An extension of a version that this reader does not know. */
    UNKNOWN_VERSION,
    /** A record of the extension goes beyond its end, or is cut. */
    RECORD_OVERRUN,
    /** A record whose body cannot be what its type says. */
    MALFORMED_RECORD,
    /** An authenticated extension, of which this node cannot know whether it is genuine. */
    UNAUTHENTIC
}
