package org.simpledht;

import java.util.Objects;
import java.util.Optional;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * What is to be had under a hash has changed at this node.
 *
 * @param before what was there, empty if there was nothing
 * @param after what is there now, empty if there is nothing any more
 */
public record EntryEvent(Hash hash, Optional<Content> before, Optional<Content> after, Reason reason) {

    /** Why it has changed. */
    public enum Reason {
        /** Somebody put it. */
        PUT,
        /** Somebody removed it. */
        REMOVED,
        /** It lived as long as it was to live: its ttl has passed, or the node that put it has been gone for the longest lease. */
        EXPIRED
    }

    public EntryEvent {
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(reason, "reason");
    }
}
