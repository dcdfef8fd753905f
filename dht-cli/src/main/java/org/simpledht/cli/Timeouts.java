package org.simpledht.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.simpledht.types.Printable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A timeout as it is typed: {@code 5}, {@code 5s}, {@code 500ms}, {@code 1m}; a fraction is fine. */
final class Timeouts implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m|h|)");
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public Duration convert(String text) {
        return parse(text)
                .orElseThrow(() -> new TypeConversionException(
                        "not a timeout: " + Printable.quote(text) + "; write 5s, 500ms, 1m or a number of seconds"));
    }

    /** Empty if it is no duration that is longer than zero. */
    static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        double millis = Double.parseDouble(form.group(1)) * unitMillis(form.group(2));
        Duration duration = Duration.ofNanos((long) Math.min(millis * NANOS_PER_MILLI, Long.MAX_VALUE));
        return duration.isZero() ? Optional.empty() : Optional.of(duration);
    }

    private static double unitMillis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 1_000;
        };
    }
}
