package org.simpledht;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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

    private static final int MAX_NAME_CHARS = 64;

    /** 32 bytes in hexadecimal digits or in base64. */
    private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{64}|[0-9a-zA-Z+/]{43}=?");

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

    /** The name of a network, without blanks around it: it stands in logs and in lines of a terminal. */
    static String name(String text) {
        String name = text.strip();
        String plain = name.replace("\\", "");
        if (name.codePointCount(0, name.length()) > MAX_NAME_CHARS
                || !Printable.escape(plain).equals(plain)) {
            throw new IllegalArgumentException("not a name: " + Printable.quote(text) + "; write at most "
                    + MAX_NAME_CHARS + " printable characters");
        }
        return name;
    }

    /** A file of keys. What looks like the keys themselves is not repeated in the message: this text ends up in logs. */
    static void keysFile(String text) {
        for (String part : text.split("[,\\s]+")) {
            if (KEY.matcher(part).matches()) {
                throw new IllegalArgumentException(
                        "that looks like a key, which others can see here; write it into a file, and name the file");
            }
        }
        try {
            if (!text.chars().anyMatch(Character::isISOControl)) {
                Path.of(text.strip());
                return;
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a file's name: " + Printable.quote(text) + "; write its path", e);
        }
        throw new IllegalArgumentException("not a file's name: " + Printable.quote(text) + "; write its path");
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
