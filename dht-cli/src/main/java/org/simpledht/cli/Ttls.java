package org.simpledht.cli;

import java.time.Duration;
import org.simpledht.types.Printable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How long a content is to live, as it is typed: like a timeout. */
final class Ttls implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /**
     * @throws IllegalArgumentException if it is none
     */
    static Duration parse(String text) {
        return Timeouts.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "not a ttl: " + Printable.quote(text) + "; write 30s, 10m, 1h or a number of seconds"));
    }
}
