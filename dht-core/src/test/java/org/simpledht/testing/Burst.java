package org.simpledht.testing;

import java.util.ArrayDeque;
import java.util.Deque;

/** Puts and Discovers that one node sends to one original: three within 100 ms kill it, and so do two and its own tick. */
final class Burst {

    private static final int MOST = 2;
    private static final long NANOS = 100_000_000L;

    private final Deque<Long> lastNanos = new ArrayDeque<>();

    /**
     * One more has gone.
     *
     * @throws AssertionError if it is too much
     */
    void sent(String words, long nowNanos) {
        lastNanos.add(nowNanos);
        if (lastNanos.size() == MOST) {
            long within = nowNanos - lastNanos.remove();
            if (within < NANOS) {
                throw new AssertionError(words + ": two Puts or Discovers within " + within + " ns");
            }
        }
    }
}
