package org.simpledht;

import org.simpledht.types.Printable;

/**
 * What was thrown, as a log may show it: with its trace, and with its text escaped, in which something that came from the network may
 * stand.
 */
final class Told extends Exception {

    private static final long serialVersionUID = 1;

    /** Causes may be causes of each other. */
    private static final int MOST_CAUSES = 8;

    private final String text;

    private Told(Throwable thrown, int causes) {
        super(
                null,
                thrown.getCause() == null || causes == 0 ? null : new Told(thrown.getCause(), causes - 1),
                false,
                true);
        text = Printable.escape(thrown.toString());
        setStackTrace(thrown.getStackTrace());
    }

    static Told of(Throwable thrown) {
        return new Told(thrown, MOST_CAUSES);
    }

    @Override
    public String toString() {
        return text;
    }
}
