package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class TimeoutsTest {

    @ParameterizedTest
    @CsvSource({"5, PT5S", "2s, PT2S", "500ms, PT0.5S", "1m, PT1M", "1h, PT1H", "0.25, PT0.25S", "1.5s, PT1.5S"})
    void numberAndUnitAreATime(String text, Duration timeout) {
        assertThat(new Timeouts().convert(text)).isEqualTo(timeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0ms", "-1", "s", "5 s", "5 parsecs", "1e3", "99999999999", "\u0665"})
    void anythingElseIsRefusedWithARemedy(String text) {
        assertThatThrownBy(() -> new Timeouts().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("write 5s, 500ms, 1m or a number of seconds");
    }
}
