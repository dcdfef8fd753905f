package org.simpledht.cli;

import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The library's log, a line each, through the console's door. */
final class LogLines extends Handler {

    /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger LIBRARY = Logger.getLogger("org.simpledht");

    private static final Level[] LEVELS = {Level.WARNING, Level.INFO, Level.FINE, Level.FINEST};

    private final Console console;
    private final Formatter formatter = new SimpleFormatter();
    private final boolean withTraces;

    private LogLines(Console console, boolean withTraces) {
        this.console = console;
        this.withTraces = withTraces;
    }

    /**
     * Has all logging go to the console from now on.
     *
     * @param verbosity 0 for warnings, 1 for what happens, 2 for refused input and stack traces, 3 for every message
     */
    static void to(Console console, int verbosity) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.setLevel(Level.WARNING);
        root.addHandler(new LogLines(console, verbosity >= 2));
        LIBRARY.setLevel(LEVELS[Math.min(verbosity, LEVELS.length - 1)]);
    }

    @Override
    public void publish(LogRecord entry) {
        StringBuilder line = new StringBuilder(entry.getLevel().getName().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(Console.tame(formatter.formatMessage(entry)));
        Throwable thrown = entry.getThrown();
        if (thrown != null) {
            line.append(": ").append(Console.tame(thrown.toString()));
        }
        console.note(line.toString());
        if (thrown != null && withTraces) {
            for (StackTraceElement frame : thrown.getStackTrace()) {
                console.note("    at " + Console.tame(frame.toString()));
            }
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
