package org.simpledht;

import java.time.Duration;
import java.util.Optional;
import org.simpledht.core.Outcome;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** What a node's lookup came to, for a caller. */
final class Outcomes {

    private Outcomes() {}

    static Optional<Content> content(Outcome outcome, Hash hash, Duration timeout) {
        return switch (outcome.kind()) {
            case FOUND, MISS -> outcome.content();
            case TIMEOUT ->
                throw new DhtTimeoutException(
                        hash + " was not found within " + timeout + ", and not every peer was heard of: it may exist");
            case NO_PEER ->
                throw new NoPeerException(
                        hash + " is not here, and no peer is alive to be asked; name a seed, or discover a node");
            case DONE, COUNTED, UNREACHABLE, DECLINED -> throw new AssertionError(outcome);
        };
    }
}
