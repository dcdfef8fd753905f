package org.simpledht.transport;

import java.time.Duration;

/**
 * Bounds for transports that keep connections.
 *
 * @param maxConnections open at once, inbound and outbound together, at one binding
 * @param maxOutputBytes waiting to be written at one connection; a frame beyond is dropped
 * @param frameTimeout how long a begun frame, or a connection being made, may take
 */
public record StreamLimits(int maxConnections, int maxOutputBytes, Duration frameTimeout) {

    /** The largest frame accepted from a stream, in bytes; a longer length closes the connection. */
    public static final int MAX_FRAME_BYTES = 66_560;

    public StreamLimits {
        requireAtLeast("maxConnections", maxConnections, 1);
        requireAtLeast("maxOutputBytes", maxOutputBytes, MAX_FRAME_BYTES + Integer.BYTES);
        if (frameTimeout.isNegative() || frameTimeout.isZero()) {
            throw new IllegalArgumentException("frameTimeout is " + frameTimeout + ", but must be longer than zero");
        }
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be at least " + least);
        }
    }
}
