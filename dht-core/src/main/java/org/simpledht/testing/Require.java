package org.simpledht.testing;

import java.time.Duration;

/** What callers give, checked: each mistake says what was wrong and what would be right. */
final class Require {

    /** Nothing here takes longer: nanoseconds are counted in a long. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private Require() {}

    static double probability(String name, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    name + " is " + probability + ", but a probability is from 0 (never) to 1 (always)");
        }
        return probability;
    }

    /** Nanoseconds of a duration from zero to 365 days. */
    static long nanos(String name, Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is " + duration + ", but must be from 0 to 365 days");
        }
        return duration.toNanos();
    }

    /** Nanoseconds of a duration that is longer than zero. */
    static long positiveNanos(String name, Duration duration, Duration longest) {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    name + " is " + duration + ", but must be longer than zero and at most " + longest);
        }
        return duration.toNanos();
    }

    static long within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be from " + least + " to " + most);
        }
        return value;
    }

    static double within(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be from " + least + " to " + most);
        }
        return value;
    }
}
