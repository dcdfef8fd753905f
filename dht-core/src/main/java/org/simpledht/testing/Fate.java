package org.simpledht.testing;

import java.util.Locale;

/** What became of a frame. */
enum Fate {
    /** It set out. */
    SENT,
    /** It was read by whom it was sent to. */
    RECEIVED,
    /** It set out, and the weather took it. */
    LOST,
    /** It never set out, because too much was waiting at its sender's line. */
    LINE_FULL,
    /** It waits for its link to be unclogged. */
    HELD,
    /** It was given up because too much was waiting at its clogged link. */
    CLOGGED,
    /** It came to a cut link. */
    CUT_OFF,
    /** It came to where nobody listens. */
    NOBODY,
    /** It came to a host whose receive buffer was full. */
    BUFFER_FULL,
    /** It set out once more. */
    REPLAYED;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', ' ');

    String word() {
        return word;
    }
}
