package org.simpledht.testing;

import java.time.Duration;

/** A host's wall clock, which may be wrong, go wrong and jump. Time as such goes on as everywhere. */
final class HostClock {

    /** The wall clock at the beginning: some moment, the same in every run. */
    private static final long START_MILLIS = 1_700_000_000_000L;

    private static final double PARTS = 1e6;
    private static final Duration LARGEST_ERROR = Duration.ofDays(18_250);

    private long skewMillis;
    private long steppedMillis;
    private double driftPpm;
    private long driftingSinceNanos;
    private long driftedNanos;

    long millis(long nowNanos) {
        return START_MILLIS + skewMillis + steppedMillis + (nowNanos + driftedNanos(nowNanos)) / 1_000_000;
    }

    private long driftedNanos(long nowNanos) {
        return driftedNanos + (long) ((nowNanos - driftingSinceNanos) * (driftPpm / PARTS));
    }

    void skew(Duration offset) {
        skewMillis = millis("offset", offset);
    }

    void step(Duration step) {
        steppedMillis += millis("step", step);
    }

    private static long millis(String name, Duration error) {
        if (error.abs().compareTo(LARGEST_ERROR) > 0) {
            throw new IllegalArgumentException(name + " is " + error
                    + ", but a clock is wrong by 18250 days (50 years) at most, in either direction");
        }
        return error.toMillis();
    }

    void drift(double ppm, long nowNanos) {
        double checked = Require.within("partsPerMillion", ppm, -500_000, 500_000);
        driftedNanos = driftedNanos(nowNanos);
        driftingSinceNanos = nowNanos;
        driftPpm = checked;
    }
}
