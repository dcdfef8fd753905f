package org.simpledht.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of each open stream: who began it, whether it was greeted, when it last spoke. The transport bounds how many
 * there are.
 */
final class Streams {

    /** Two streams of one pair begun within this time were begun together. */
    private static final long TOGETHER_NANOS = 5_000_000_000L;

    /** How long the side that did not open a superfluous stream waits for its opener to close it. */
    private static final long GRACE_NANOS = 3_000_000_000L;

    private static final class Stream {
        private final boolean ours;
        private final long sinceNanos;
        private boolean greeted;
        private boolean heard;
        private long heardNanos;
        private long closeAtNanos;
        private boolean superfluous;

        Stream(boolean ours, Now now) {
            this.ours = ours;
            this.sinceNanos = now.nanos();
            this.heardNanos = now.nanos();
        }
    }

    private final long ownId;
    private final Map<Path, Stream> byPath = new LinkedHashMap<>();

    Streams(long ownId) {
        this.ownId = ownId;
    }

    void accepted(Path path, Now now) {
        byPath.put(path, new Stream(false, now));
    }

    void closed(Path path) {
        byPath.remove(path);
    }

    /** Whether anything has come by that stream: then its end is no refusal. */
    boolean wasHeard(Path path) {
        Stream stream = byPath.get(path);
        return stream != null && stream.heard;
    }

    /** True if that stream is open and was opened by this node, which therefore knows an address to open it to again. */
    boolean isOurs(Path path) {
        Stream stream = byPath.get(path);
        return stream != null && stream.ours;
    }

    /** True if that stream is open and was opened by the other side: it comes from where nobody listens. */
    boolean isTheirs(Path path) {
        Stream stream = byPath.get(path);
        return stream != null && !stream.ours;
    }

    void heard(Path path, Now now) {
        Stream stream = byPath.get(path);
        if (stream != null) {
            stream.heardNanos = now.nanos();
            stream.heard = true;
        }
    }

    /** Asked before each frame: true if this is the first one on a stream that it opens. */
    boolean mustGreet(Path path, Now now) {
        if (byPath.containsKey(path)) {
            return false;
        }
        Stream stream = new Stream(true, now);
        stream.greeted = true;
        byPath.put(path, stream);
        return true;
    }

    /** The other side has greeted: true if it is to be greeted in return. */
    boolean mustAnswerHello(Path path) {
        Stream stream = byPath.get(path);
        if (stream == null || stream.greeted) {
            return false;
        }
        stream.greeted = true;
        return true;
    }

    /**
     * One node is at the other end of both streams. Of two begun together the one that the smaller node id began stays,
     * else the older one. The opener closes the other one; the side that did not open it does so only if it is still
     * there after a while, so that never both close a different one.
     *
     * @return the stream to be closed now, or null
     */
    Path superfluous(Path first, Path second, long otherId, Now now) {
        Stream a = byPath.get(first);
        Stream b = byPath.get(second);
        if (a == null || b == null || a.superfluous || b.superfluous) {
            return null;
        }
        boolean aStays;
        if (a.ours != b.ours && Math.abs(a.sinceNanos - b.sinceNanos) < TOGETHER_NANOS) {
            boolean weAreSmaller = Long.compareUnsigned(ownId, otherId) < 0;
            aStays = a.ours == weAreSmaller;
        } else {
            aStays = a.sinceNanos - b.sinceNanos <= 0;
        }
        Stream loser = aStays ? b : a;
        loser.superfluous = true;
        loser.closeAtNanos = now.nanos() + GRACE_NANOS;
        return loser.ours ? (aStays ? second : first) : null;
    }

    /** Streams that are to be closed: superfluous ones after their grace, and those silent for too long. */
    List<Path> overdue(long idleNanos, PendingGets pending, Now now) {
        List<Path> overdue = new ArrayList<>();
        byPath.forEach((path, stream) -> {
            boolean idle = now.since(stream.heardNanos) >= idleNanos && !pending.isWaiting(path);
            if (idle || stream.superfluous && now.isAtOrAfter(stream.closeAtNanos)) {
                overdue.add(path);
            }
        });
        return overdue;
    }

    void excuse(long pauseNanos, Now now) {
        byPath.values()
                .forEach(stream ->
                        stream.heardNanos += Math.max(0, Math.min(pauseNanos, now.nanos() - stream.heardNanos)));
    }

    Set<Path> open() {
        return byPath.keySet();
    }

    int size() {
        return byPath.size();
    }
}
