package org.simpledht.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A line as words, roughly as a shell does it: blanks separate, {@code '…'} and {@code "…"} keep together, a backslash
 * takes the next character as it is (not between single quotes).
 */
final class Words {

    private static final char NONE = 0;

    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;

    private Words() {}

    /**
     * @throws IllegalArgumentException if a quote is not closed, or a backslash is the last character
     */
    static List<String> split(String line) {
        return new Words().read(line);
    }

    private List<String> read(String line) {
        char quote = NONE;
        int opened = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'') {
                if (++i == line.length()) {
                    throw new IllegalArgumentException(
                            "the line ends with a backslash; write \\\\ for the character itself");
                }
                append(line.charAt(i));
            } else if (quote != NONE) {
                if (c == quote) {
                    quote = NONE;
                } else {
                    append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                opened = i + 1;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                endWord();
            } else {
                append(c);
            }
        }
        if (quote != NONE) {
            throw new IllegalArgumentException("unbalanced quote: the " + quote + " at column " + opened
                    + " is not closed; close it, or write \\" + quote + " for the character itself");
        }
        endWord();
        return words;
    }

    private void append(char c) {
        word.append(c);
        inWord = true;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
