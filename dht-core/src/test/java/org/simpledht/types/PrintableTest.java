package org.simpledht.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Hello, world!", "~ \"quoted\" 'too' #", "déjà vu", "日本語", "🙂", "e\u0301"})
    void textIsShownAsItIs(String text) {
        assertThat(Printable.escape(text)).isEqualTo(text);
        assertThat(Printable.escape(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    }

    /** In UTF-8: what a terminal would act on. */
    @ParameterizedTest
    @CsvSource({
        "1b5b324a, '\\u001b[2J'",
        "00, '\\u0000'",
        "07, '\\u0007'",
        "08, '\\u0008'",
        "7f, '\\u007f'",
        "0a, '\\n'",
        "0d, '\\r'",
        "09, '\\t'",
        "5c, '\\\\'",
        "c29b, '\\u009b'",
        "c285, '\\u0085'",
        "e280ae, '\\u202e'",
        "e281a6, '\\u2066'",
        "d89c, '\\u061c'",
        "e2808b, '\\u200b'",
        "efbbbf, '\\ufeff'",
        "c2ad, '\\u00ad'",
        "e280a8, '\\u2028'",
        "e280a9, '\\u2029'",
        "ee8080, '\\ue000'",
        "f3a08181, '\\U000e0041'",
        "f48fbfbf, '\\U0010ffff'"
    })
    void whatATerminalMightActOnIsEscaped(String utf8, String shown) {
        byte[] bytes = HexFormat.of().parseHex(utf8);

        assertThat(Printable.escape(bytes)).isEqualTo(shown);
        assertThat(Printable.escape(new String(bytes, StandardCharsets.UTF_8))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "ff, '\\xff'",
        "6180, 'a\\x80'",
        "c3a9ff, '\\xc3\\xa9\\xff'",
        "eda080, '\\xed\\xa0\\x80'",
        "c00a, '\\xc0\\n'"
    })
    void bytesThatAreNotUtf8AreShownOneByOne(String hex, String shown) {
        assertThat(Printable.escape(HexFormat.of().parseHex(hex))).isEqualTo(shown);
    }

    @Test
    void loneSurrogateIsEscaped() {
        assertThat(Printable.escape("a\ud800b")).isEqualTo("a\\ud800b");
    }

    @Test
    void escapeCannotBeForged() {
        assertThat(Printable.escape("\\u001b")).isEqualTo("\\\\u001b");
    }

    @Test
    void nothingShownActsOnATerminal() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String shown = Printable.escape(Character.toString(c));
            if (shown.chars()
                    .anyMatch(shownChar ->
                            Character.isISOControl(shownChar) || Character.getType(shownChar) == Character.FORMAT)) {
                assertThat(shown).as("code point %x", c).isEmpty();
            }
        }
    }

    @Test
    void quoteIsShortened() {
        assertThat(Printable.quote("x".repeat(80))).isEqualTo('"' + "x".repeat(80) + '"');
        assertThat(Printable.quote("x".repeat(81))).isEqualTo('"' + "x".repeat(77) + "...\"");
        assertThat(Printable.quote("a\nb")).isEqualTo("\"a\\nb\"");
    }
}
