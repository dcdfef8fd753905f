package org.simpledht;

import java.time.Duration;
import org.simpledht.types.Endpoint;

/**
 * What a node knows of one of its peers, at one moment.
 *
 * @param endpoint where frames to the peer go
 * @param kind what the peer is
 * @param silence time since its last frame
 */
public record PeerInfo(Endpoint endpoint, Kind kind, Duration silence) {

    /** What a peer may be. */
    public enum Kind {
        /** Heard of, but for too short a time to tell. */
        UNDECIDED,
        /** Speaks the classic protocol alone. */
        ORIGINAL,
        /** One of ours. */
        CAPABLE
    }
}
