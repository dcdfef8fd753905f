package org.simpledht.transport;

import java.time.Duration;

/**
 * Bounds for transports that keep connections.
 *
 * @param maxConnections open at once, inbound and outbound together, at one binding
 * @param maxConnectionsPerSource of these with one IPv4 address, or one /64 of IPv6
 * @param maxOutputBytes waiting to be written at one connection; a frame beyond is dropped
 * @param frameTimeout how long a begun frame, or a connection being made, may take
 * @param maxBufferedBytes waiting to be written at all connections of a binding together; a frame beyond is dropped
 */
public record StreamLimits(
        int maxConnections,
        int maxConnectionsPerSource,
        int maxOutputBytes,
        Duration frameTimeout,
        long maxBufferedBytes) {

    /** The largest frame accepted from a stream, in bytes; a longer length closes the connection. */
    public static final int MAX_FRAME_BYTES = 66_560;

    public StreamLimits {
        requireAtLeast("maxConnections", maxConnections, 1);
        requireAtLeast("maxConnectionsPerSource", maxConnectionsPerSource, 1);
        requireAtLeast("maxOutputBytes", maxOutputBytes, MAX_FRAME_BYTES + Integer.BYTES);
        requireAtLeast("maxBufferedBytes", maxBufferedBytes, MAX_FRAME_BYTES + Integer.BYTES);
        if (frameTimeout.isNegative() || frameTimeout.isZero()) {
            throw new IllegalArgumentException("frameTimeout is " + frameTimeout + ", but must be longer than zero");
        }
    }

    /** All connections together may have an eighth of the heap wait to be written. */
    public StreamLimits(int maxConnections, int maxConnectionsPerSource, int maxOutputBytes, Duration frameTimeout) {
        this(
                maxConnections,
                maxConnectionsPerSource,
                maxOutputBytes,
                frameTimeout,
                Math.max(4L * MAX_FRAME_BYTES, Runtime.getRuntime().maxMemory() / 8));
    }

    /** As the other one, and one source may have all connections. */
    public StreamLimits(int maxConnections, int maxOutputBytes, Duration frameTimeout) {
        this(maxConnections, maxConnections, maxOutputBytes, frameTimeout);
    }

    private static void requireAtLeast(String name, long value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be at least " + least);
        }
    }
}
