package org.simpledht.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0000000000000000",
        "2a, 000000000000002a",
        "DEADBEEF, 00000000deadbeef",
        "0123456789abcdef, 0123456789abcdef",
        "ffffffffffffffff, ffffffffffffffff",
        "8000000000000000, 8000000000000000"
    })
    void oneToSixteenDigitsAreFilledWithZerosOnTheLeft(String text, String shown) {
        assertThat(Hash.parse(text)).hasToString(shown);
        assertThat(Hash.parse(shown)).isEqualTo(Hash.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "0x2a", "-1", "+1", "2a ", "g", "00000000000000000", "٣", "1\n"})
    void anythingElseIsRefusedWithARemedy(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hash.parse(text))
                .withMessageContaining(Printable.quote(text))
                .withMessageContaining("1 to 16 hexadecimal digits");
    }

    /** {@code printf %s é | sha256sum | cut -c-16}, and likewise. */
    @ParameterizedTest
    @CsvSource({"'', e3b0c44298fc1c14", "abc, ba7816bf8f01cfea", "é, 4a99557e4033c353"})
    void textIsDigestedToTheFirstEightBytesOfItsSha256(String text, String hash) {
        assertThat(Hash.ofText(text)).hasToString(hash);
    }

    @Test
    void orderIsThatOfTheNotation() {
        assertThat(Stream.of("ffffffffffffffff", "7fffffffffffffff", "0", "8000000000000000")
                        .map(Hash::parse)
                        .sorted())
                .extracting(Hash::toString)
                .isSorted();
    }
}
