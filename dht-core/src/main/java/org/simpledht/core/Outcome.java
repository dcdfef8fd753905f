package org.simpledht.core;

import java.util.Objects;
import java.util.Optional;
import org.simpledht.types.Content;

/**
 * How a request ended.
 *
 * @param kind what came of it
 * @param content what was found, with {@link Kind#FOUND} alone
 * @param count how many, with {@link Kind#COUNTED} alone, else 0
 * @param reason for people, may be empty
 */
public record Outcome(Kind kind, Optional<Content> content, int count, String reason) {

    public Outcome {
        Objects.requireNonNull(reason, "reason");
        if (content.isPresent() != (kind == Kind.FOUND)) {
            throw new IllegalArgumentException("content belongs to FOUND alone, not to " + kind);
        }
    }

    /** The ways to end. */
    public enum Kind {
        /** Here is the content. */
        FOUND,
        /** It was done, and acknowledged. */
        DONE,
        /** So many. */
        COUNTED,
        /** Everybody who was asked was heard of after the question, and nobody has it. */
        MISS,
        /** From somebody nothing came in time. */
        TIMEOUT,
        /** There was nobody to ask. */
        NO_PEER,
        /** No address accepts connections. */
        UNREACHABLE,
        /** The asked node declined. */
        DECLINED
    }

    static Outcome found(Content content) {
        return new Outcome(Kind.FOUND, Optional.of(content), 0, "");
    }

    static Outcome counted(int count) {
        return new Outcome(Kind.COUNTED, Optional.empty(), count, "");
    }

    static Outcome of(Kind kind) {
        return of(kind, "");
    }

    static Outcome of(Kind kind, String reason) {
        return new Outcome(kind, Optional.empty(), 0, reason);
    }
}
