package org.simpledht.testing;

import java.time.Duration;
import org.simpledht.types.NetAddress;
import org.simpledht.types.Printable;

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

    /** The bytes of an IPv4 address that one host can have. */
    static byte[] hostAddress(String literal) {
        String[] parts = literal.split("\\.", -1);
        byte[] bytes = new byte[4];
        boolean isAddress = parts.length == bytes.length;
        for (int i = 0; i < bytes.length && isAddress; i++) {
            isAddress = parts[i].matches("[0-9]{1,3}") && Integer.parseInt(parts[i]) <= 255;
            bytes[i] = isAddress ? (byte) Integer.parseInt(parts[i]) : 0;
        }
        if (!isAddress || !NetAddress.of(bytes, 1).isUnicast()) {
            throw new IllegalArgumentException(
                    Printable.quote(literal) + " is no address of a host; write one such as 198.51.100.7");
        }
        return bytes;
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
