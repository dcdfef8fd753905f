package org.simpledht.types;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text that may be shown in a terminal or a log, whoever wrote it.
 *
 * <p>Control characters (C0, DEL, C1), line and paragraph separators and the marks that turn the direction of writing
 * are written as escapes, so that what comes from the network can neither move the cursor nor forge a line. A
 * backslash is doubled, so that the escapes cannot be forged either.
 */
public final class Printable {

    private Printable() {}

    /** The text with every character escaped that a terminal might act on. */
    public static String escape(CharSequence text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> append(out, c));
        return out.toString();
    }

    /** The bytes as UTF-8 text, escaped; where they are not UTF-8, each byte outside ASCII is written as {@code \xNN}. */
    public static String escape(byte[] bytes) {
        try {
            return escape(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes)));
        } catch (CharacterCodingException e) {
            StringBuilder out = new StringBuilder(bytes.length);
            for (byte b : bytes) {
                if (b < 0) {
                    out.append(String.format("\\x%02x", b & 0xff));
                } else {
                    append(out, b);
                }
            }
            return out.toString();
        }
    }

    /** The escaped text between quotation marks, at most 80 characters of it: for messages that repeat what was given. */
    public static String quote(String text) {
        String shown = escape(text);
        return '"' + (shown.length() <= 80 ? shown : shown.substring(0, 77) + "...") + '"';
    }

    private static void append(StringBuilder out, int c) {
        switch (c) {
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < 0x80 && !Character.isISOControl(c)) {
                    out.append((char) c);
                } else if (isSafe(c)) {
                    out.appendCodePoint(c);
                } else {
                    out.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
                }
            }
        }
    }

    private static boolean isSafe(int c) {
        return switch (Character.getType(c)) {
            // FORMAT holds the marks of direction (bidi), zero-width characters and the soft hyphen.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
