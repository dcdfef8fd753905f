package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ArgumentsTest {

    @Test
    void lastWordsOfTheCommandLineAreOurs() {
        String[] args = {"put", "2a", "\ufffd", ""};

        assertThat(Arguments.last(args, "java\0-jar\0x.jar\0put\0" + "2a\0\u00e9\0\0"))
                .containsExactly("put", "2a", "\u00e9", "");
    }

    @Test
    void commandLineThatIsTooShortIsNotBelieved() {
        String[] args = {"put", "2a", "\ufffd"};

        assertThat(Arguments.last(args, "2a\0\u00e9\0")).isSameAs(args);
    }
}
