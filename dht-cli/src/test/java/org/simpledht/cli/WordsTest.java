package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordsTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '=',
            value = {
                "put 2a hello = put|2a|hello",
                "`  get \t 2a  ` = get|2a",
                "put 2a \"two words\" = put|2a|two words",
                "put 2a 'two \"words\" \\' = put|2a|two \"words\" \\",
                "put 2a two\\ words = put|2a|two words",
                "put 2a \"a \\\" b \\\\\" = put|2a|a \" b \\",
                "put 2a a\"b c\"'d e' = put|2a|ab cd e",
                "put 2a \"\" = put|2a|",
                "put 2a it\\'s = put|2a|it's",
            })
    void lineIsSplitIntoWords(String line, String words) {
        assertThat(Words.split(line)).isEqualTo(List.of(words.split("\\|", -1)));
    }

    @Test
    void emptyLineHasNoWords() {
        assertThat(Words.split("")).isEmpty();
        assertThat(Words.split(" \t ")).isEmpty();
    }

    @Test
    void unbalancedQuoteIsNamedWithItsPlace() {
        assertThatThrownBy(() -> Words.split("put 2a \"hello"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the \" at column 8 is not closed");
        assertThatThrownBy(() -> Words.split("put 2a it's")).hasMessageContaining("the ' at column 10 is not closed");
    }

    @Test
    void backslashNeedsACharacter() {
        assertThatThrownBy(() -> Words.split("put 2a \\")).hasMessageContaining("ends with a backslash");
    }
}
