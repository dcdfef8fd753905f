package org.simpledht;

import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.TransportSettings;

/**
 * What a loop tells each of its transports.
 *
 * @param accepts false if nobody is to connect to this loop
 */
record TransportTerms(StreamLimits streamLimits, TransportSettings settings, boolean accepts) {

    static TransportTerms of(DhtConfig config, boolean accepts) {
        DhtLimits limits = config.limits();
        StreamLimits streams = new StreamLimits(
                limits.maxConnections(),
                limits.maxConnectionsPerSource(),
                limits.maxOutputBytes(),
                limits.frameTimeout());
        return new TransportTerms(streams, config.transportSettings(), accepts);
    }
}
