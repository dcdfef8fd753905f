package org.simpledht;

import java.time.Duration;
import java.util.Objects;

/**
 * Everything at a node that can grow, and how far. Numbers are at least 1, durations longer than zero and at most 365 days.
 *
 * @param maxPeers peers and candidates together; further ones are served, and not added
 * @param maxEntries entries in the local table; further keys are refused
 * @param maxStoreBytes bytes of content in the local table; further content is refused
 * @param maxPendingGets Gets of others that wait for a hash; the oldest gives way
 * @param maxPendingGetsPerSource of these from one address
 * @param pendingGetTimeout how long one waits
 * @param maxLookups Gets of this application that wait at once; further callers get an {@link IllegalStateException}
 * @param maxValueBytes the largest content that is put or taken, in bytes; with originals only 65,496 bytes can be shared
 * @param maxFetchingBytes bytes of large contents that are being fetched in pieces; further ones wait
 * @param maxWants announced hashes that are being fetched; further announcements are ignored
 * @param maxCommands calls of the application on their way to the loop, and of {@link Dht#putAsync} those that are going on;
 *     further callers wait; at most 1,048,576
 * @param maxCallbacks events on their way to listeners; further ones are left out and counted
 * @param maxConnections open streams at one binding
 * @param maxConnectionsPerSource of these with one IPv4 address, or one /64 of IPv6
 * @param maxOutputBytes bytes that wait to be written at one stream; a frame beyond is dropped and counted
 * @param maxGuestBytesPerSecond sent to addresses that have not shown that they receive, beyond three times of what came from
 *     there; four times as much at once
 * @param maxGuestBytesPerNetwork the same for each /24 of IPv4 and /48 of IPv6; sixteen times as much at once
 * @param maxGuestFramesPerSecond frames read from one such address; as many at once
 * @param maxGuestWritesPerSecond writes taken from all such addresses together; twice as many at once
 * @param frameTimeout how long one frame, or one connection being made, may take at a stream
 * @param idleTimeout how long a stream may stay silent, unless a Get of its is pending; longer than the keep-alive interval
 */
public record DhtLimits(
        int maxPeers,
        int maxEntries,
        long maxStoreBytes,
        int maxPendingGets,
        int maxPendingGetsPerSource,
        Duration pendingGetTimeout,
        int maxLookups,
        int maxWants,
        int maxValueBytes,
        long maxFetchingBytes,
        int maxCommands,
        int maxCallbacks,
        int maxConnections,
        int maxConnectionsPerSource,
        int maxOutputBytes,
        int maxGuestBytesPerSecond,
        int maxGuestBytesPerNetwork,
        int maxGuestFramesPerSecond,
        int maxGuestWritesPerSecond,
        Duration frameTimeout,
        Duration idleTimeout) {

    private static final int MIB = 1 << 20;
    private static final int MAX_COMMANDS = 1 << 20;
    private static final Duration LONGEST = Duration.ofDays(365);

    /** What a node has when nothing is configured. {@code maxStoreBytes} is a third of the heap, at most 256 MiB. */
    public static final DhtLimits DEFAULTS = new DhtLimits(
            1_024,
            1_000_000,
            Math.min(256L * MIB, Runtime.getRuntime().maxMemory() / 3),
            1_024,
            16,
            Duration.ofMinutes(10),
            1_024,
            4_096,
            MIB,
            Math.min(64L * MIB, Math.max(4L * MIB, Runtime.getRuntime().maxMemory() / 16)),
            1_024,
            4_096,
            512,
            128,
            MIB,
            64 << 10,
            8 << 10,
            200,
            1_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));

    public DhtLimits {
        atLeastOne("max-peers", maxPeers);
        atLeastOne("max-entries", maxEntries);
        atLeastOne("max-store-bytes", maxStoreBytes);
        atLeastOne("max-pending-gets", maxPendingGets);
        atLeastOne("max-pending-gets-per-source", maxPendingGetsPerSource);
        span("pending-get-timeout", "pendingGetTimeout", pendingGetTimeout);
        atLeastOne("max-lookups", maxLookups);
        atLeastOne("max-wants", maxWants);
        atLeastOne("max-value-bytes", maxValueBytes);
        if (maxFetchingBytes < maxValueBytes) {
            throw new IllegalArgumentException("max-fetching-bytes is " + maxFetchingBytes
                    + ", but must be at least max-value-bytes, " + maxValueBytes
                    + ", so that a largest content can be fetched");
        }
        atLeastOne("max-commands", maxCommands);
        if (maxCommands > MAX_COMMANDS) {
            throw new IllegalArgumentException(
                    "max-commands is " + maxCommands + ", but must be at most " + MAX_COMMANDS);
        }
        atLeastOne("max-callbacks", maxCallbacks);
        atLeastOne("max-connections", maxConnections);
        atLeastOne("max-connections-per-source", maxConnectionsPerSource);
        if (maxOutputBytes < 1 << 17) {
            throw new IllegalArgumentException("max-output-bytes is " + maxOutputBytes
                    + ", but must be at least 131072, so that a largest frame fits");
        }
        atLeastOne("max-guest-bytes-per-second", maxGuestBytesPerSecond);
        atLeastOne("max-guest-bytes-per-network", maxGuestBytesPerNetwork);
        atLeastOne("max-guest-frames-per-second", maxGuestFramesPerSecond);
        atLeastOne("max-guest-writes-per-second", maxGuestWritesPerSecond);
        span("frame-timeout", "frameTimeout", frameTimeout);
        span("idle-timeout", "idleTimeout", idleTimeout);
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be at least 1");
        }
    }

    /** A duration among the settings. */
    static void span(String key, String component, Duration value) {
        Objects.requireNonNull(value, component);
        positive(key, value);
        if (value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    key + " is " + value + ", but must be at most " + LONGEST.toDays() + " days");
        }
    }

    static void positive(String name, Duration value) {
        Objects.requireNonNull(value, name);
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be longer than zero");
        }
    }
}
