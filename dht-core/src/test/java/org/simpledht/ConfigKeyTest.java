package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigKeyTest {

    @ParameterizedTest
    @EnumSource(ConfigKey.class)
    void everySettingReadsItsDefault(ConfigKey key) {
        assertThatCode(() -> key.check(key.defaultValue(), "default")).doesNotThrowAnyException();
        assertThat(DhtConfig.builder().set(key.key(), key.defaultValue()).build())
                .isEqualTo(DhtConfig.defaults());
    }

    @ParameterizedTest
    @EnumSource(ConfigKey.class)
    void everySettingRefusesNonsenseUnderItsName(ConfigKey key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DhtConfig.builder().set(key.key(), "\u0001 nonsense"))
                .withMessageStartingWith("setting " + key.key() + ": ");
    }

    @Test
    void namesFollowTheHabitsOfTheirSource() {
        assertThat(ConfigKey.KEEP_ALIVE_INTERVAL.key()).isEqualTo("keep-alive-interval");
        assertThat(ConfigKey.KEEP_ALIVE_INTERVAL.systemProperty()).isEqualTo("dht.keep-alive-interval");
        assertThat(ConfigKey.KEEP_ALIVE_INTERVAL.variable()).isEqualTo("DHT_KEEP_ALIVE_INTERVAL");
    }

    @Test
    void defaultsAreThoseOfTheOriginal() {
        assertThat(DhtConfig.defaults().keepAliveInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(DhtConfig.defaults().peerTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(DhtConfig.defaults().limits()).isEqualTo(DhtLimits.DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource({"0, PT0S", "5, PT5S", "5s, PT5S", "250ms, PT0.25S", "2 m, PT2M", "1h, PT1H", "1d, PT24H", "PT1M, PT1M"})
    void durationsAreRead(String text, Duration duration) {
        assertThat(ConfigText.duration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "1 S", "1.5s", "-1", "1y", "999999999999999999d"})
    void otherDurationsAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfigText.duration(text))
                .withMessageContaining("write 10s");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1024, 1024", "2KiB, 2048", "1 mib, 1048576", "3GiB, 3221225472", "7B, 7"})
    void bytesAreRead(String text, long bytes) {
        assertThat(ConfigText.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "1MB", "1.5MiB", "-1", "999999999999999999GiB"})
    void otherBytesAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfigText.bytes(text))
                .withMessageContaining("bytes");
    }

    @Test
    void bytesBeyondAnIntAreRefusedWhereAnIntIsNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DhtConfig.builder().set("max-output-bytes", "2GiB"))
                .withMessageContaining("2147483647");
    }

    @ParameterizedTest
    @ValueSource(strings = {"True", "yes", "1", ""})
    void truthIsWrittenInOneWay(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfigText.bool(text))
                .withMessageContaining("write true or false");
    }
}
