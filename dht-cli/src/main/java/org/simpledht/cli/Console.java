package org.simpledht.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import org.simpledht.types.Printable;

/**
 * The one door to standard output and standard error, for every thread.
 *
 * <p>While a prompt is {@linkplain #attach attached}, everything goes through it, so that nothing is ever printed into the
 * line being typed. Text is UTF-8, whatever the locale: a content must not depend on who looks at it.
 */
final class Console {

    private final OutputStream out;
    private final OutputStream err;
    private volatile boolean json;
    private volatile Consumer<String> prompt;
    private volatile IOException outputFailure;

    Console(OutputStream out, OutputStream err) {
        this.out = out;
        this.err = err;
    }

    /** The process's own. Unbuffered, and unlike {@link System#out} it tells when it fails. */
    static Console ofProcess() {
        return new Console(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err));
    }

    /** From now on, lines on standard output are JSON. */
    void useJson() {
        json = true;
    }

    boolean isJson() {
        return json;
    }

    /** Has a prompt print everything, until {@link #detach}. */
    void attach(Consumer<String> printAbove) {
        prompt = printAbove;
    }

    void detach() {
        prompt = null;
    }

    /** A result or an event. */
    void print(Line line) {
        output(json ? Json.object(line.fields()) : line.text());
    }

    /** What happened without being asked for: to a person it is a note. */
    void event(Line line) {
        if (json) {
            print(line);
        } else {
            note(line.text());
        }
    }

    /** Text for a person, whatever was asked for: help. */
    void output(String text) {
        Consumer<String> door = prompt;
        if (door != null) {
            door.accept(text);
        } else {
            write((text + '\n').getBytes(StandardCharsets.UTF_8));
        }
    }

    /** One line of failure; with JSON, standard output gets it as well. */
    void error(String message, int exit) {
        String line = oneLine(message);
        Consumer<String> door = prompt;
        if (door == null) {
            writeError("simple_dht: " + line);
        }
        if (json) {
            print(Line.error(line, exit));
        } else if (door != null) {
            door.accept(line);
        }
    }

    /** One line that is neither result nor failure: a log line, a hint. */
    void note(String message) {
        Consumer<String> door = prompt;
        if (door != null) {
            door.accept(oneLine(message));
        } else {
            writeError(oneLine(message));
        }
    }

    /** The exact bytes. A failure is kept for {@link #outputFailure}: a server whose reader went away serves on. */
    synchronized void write(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            outputFailure = e;
        }
    }

    /** Why standard output could not be written, or null if it could. */
    IOException outputFailure() {
        return outputFailure;
    }

    /** True if the reader of standard output is gone, which it may. */
    static boolean isBrokenPipe(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("broken pipe") || message.contains("connection reset");
    }

    private synchronized void writeError(String line) {
        try {
            err.write((line + '\n').getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // Standard error was closed: there is nobody left to tell.
        }
    }

    private static String oneLine(String message) {
        return tame(message.strip().replaceAll("[\\p{Cntrl}]+", " "));
    }

    /**
     * The text with every character escaped that a terminal might act on. Unlike {@link Printable#escape} it leaves backslashes
     * alone: parts of the text are escaped already.
     */
    static String tame(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\\') {
                out.append('\\');
            } else {
                out.append(Printable.escape(Character.toString(c)));
            }
        });
        return out.toString();
    }
}
