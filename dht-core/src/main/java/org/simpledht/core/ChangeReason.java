package org.simpledht.core;

/** Why what is visible under a key has changed. */
public enum ChangeReason {
    /** Somebody put it. */
    PUT,
    /** Somebody removed it. */
    REMOVED,
    /** Its lease has ended. */
    EXPIRED
}
