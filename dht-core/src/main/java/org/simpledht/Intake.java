package org.simpledht;

import java.nio.channels.SelectionKey;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Which of the channels that are ready are read in a turn: one after the other, each once, until enough has come or enough is to be
 * answered. The others are read first in the next turn, in their order: so that timers and answers do not wait for whoever sends
 * most, nor anybody else.
 */
final class Intake {

    /** Frames after which nothing more is read. What one channel hands over at once is all taken. */
    static final int FRAMES = 256;

    /** Bytes that wait to be sent, after which nothing more is read. Some of the largest answers. */
    static final int ANSWER_BYTES = 1 << 20;

    private final Consumer<SelectionKey> reader;
    private final LongSupplier answerBytes;
    private final Set<SelectionKey> waiting = new LinkedHashSet<>();
    private final Set<SelectionKey> hadTheirTurn = new HashSet<>();
    private int frames;

    /**
     * @param reader reads a channel
     * @param answerBytes how much waits to be sent
     */
    Intake(Consumer<SelectionKey> reader, LongSupplier answerBytes) {
        this.reader = reader;
        this.answerBytes = answerBytes;
    }

    /** A turn begins, with those who had to wait. */
    void begin() {
        frames = 0;
        hadTheirTurn.clear();
        Iterator<SelectionKey> longestFirst = waiting.iterator();
        while (longestFirst.hasNext() && !isEnough()) {
            SelectionKey key = longestFirst.next();
            longestFirst.remove();
            read(key);
        }
    }

    /** That channel is ready. Whatever is left in one that was read makes it ready again in the next turn. */
    void ready(SelectionKey key) {
        if (hadTheirTurn.contains(key)) {
            return;
        }
        if (isEnough()) {
            waiting.add(key);
        } else {
            read(key);
        }
    }

    private void read(SelectionKey key) {
        hadTheirTurn.add(key);
        if (key.isValid()) {
            reader.accept(key);
        }
    }

    private boolean isEnough() {
        return frames >= FRAMES || answerBytes.getAsLong() >= ANSWER_BYTES;
    }

    /** A frame has come. */
    void received() {
        frames++;
    }

    /** Whether somebody was read in this turn, so that it is not to wait for others. */
    boolean hasRead() {
        return !hadTheirTurn.isEmpty();
    }
}
