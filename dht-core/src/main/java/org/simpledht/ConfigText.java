package org.simpledht;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.simpledht.types.Printable;

/** Settings' values as text. Each method fails with an {@link IllegalArgumentException} that says what would be right. */
final class ConfigText {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,18})\\s*([a-zA-Z]*)");
    private static final Map<String, Duration> TIME_UNITS = Map.of(
            "", Duration.ofSeconds(1),
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Long> BYTE_UNITS =
            Map.of("", 1L, "b", 1L, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30);

    private ConfigText() {}

    static Duration duration(String text) {
        Matcher form = NUMBER_AND_UNIT.matcher(text.strip());
        try {
            if (form.matches() && TIME_UNITS.containsKey(form.group(2))) {
                return TIME_UNITS.get(form.group(2)).multipliedBy(Long.parseLong(form.group(1)));
            }
            return Duration.parse(text.strip());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "not a duration: " + Printable.quote(text) + "; write 10s, 500ms, 5m, 1h or a number of seconds",
                    e);
        }
    }

    static long bytes(String text) {
        Matcher form = NUMBER_AND_UNIT.matcher(text.strip());
        Long unit = form.matches() ? BYTE_UNITS.get(form.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit != null) {
            try {
                return Math.multiplyExact(Long.parseLong(form.group(1)), unit);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("too many bytes: " + Printable.quote(text), e);
            }
        }
        throw new IllegalArgumentException(
                "not a number of bytes: " + Printable.quote(text) + "; write 1048576, 512KiB or 256MiB");
    }

    static int intBytes(String text) {
        long bytes = bytes(text);
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("too many bytes: " + Printable.quote(text) + "; at most 2147483647");
        }
        return (int) bytes;
    }

    static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "not a number: " + Printable.quote(text) + "; write digits, such as 100", e);
        }
    }

    /** A file's name; whether there is such a file turns out when it is read. */
    static String file(String text) {
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "not a file's name: " + Printable.quote(text) + "; write a path, such as /etc/dht/node.pem");
        }
        return text;
    }

    static boolean bool(String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(
                        "neither true nor false: " + Printable.quote(text) + "; write true or false");
        };
    }
}
