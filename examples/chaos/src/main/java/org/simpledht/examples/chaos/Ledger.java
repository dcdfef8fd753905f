package org.simpledht.examples.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * All that was written to one hash, in order: one write ends before the next one begins, so that the later one has the later
 * clock. A write that is held by somebody who lives, or by whom the writer's neighbours said so, cannot be lost.
 */
final class Ledger {

    /** One of them. Without a content it is a removal. */
    static final class Write {
        private final Optional<String> content;
        private final BooleanSupplier writerLives;
        private volatile boolean done;
        private volatile boolean acknowledged;

        private Write(Optional<String> content, BooleanSupplier writerLives) {
            this.content = content;
            this.writerLives = writerLives;
        }

        Optional<String> content() {
            return content;
        }

        /** The writer itself has it. */
        void done() {
            done = true;
        }

        /** All neighbours that the writer had at that time have it. */
        void acknowledged() {
            acknowledged = true;
        }

        /** In a round one node is killed at most, so of a writer and a neighbour one has lived on. */
        private boolean isSure() {
            return acknowledged || done && writerLives.getAsBoolean();
        }
    }

    private final String hash;
    private final List<Write> writes = new ArrayList<>();
    private Optional<String> settled = Optional.empty();
    private boolean taken;
    private int count;

    Ledger(int number) {
        hash = Integer.toHexString(number);
    }

    String hash() {
        return hash;
    }

    /** For one writer alone, until {@link #release}. */
    synchronized boolean take() {
        boolean free = !taken;
        taken = true;
        return free;
    }

    synchronized void release() {
        taken = false;
    }

    /** The next one, before it is sent. */
    synchronized Write begin(boolean removal, int size, BooleanSupplier writerLives, RandomGenerator dice) {
        String content = hash + '-' + ++count + '-';
        Write write = new Write(removal ? Optional.empty() : Optional.of(content + letters(size, dice)), writerLives);
        writes.add(write);
        return write;
    }

    private static String letters(int size, RandomGenerator dice) {
        StringBuilder text = new StringBuilder(size);
        while (text.length() < size) {
            text.append((char) ('a' + dice.nextInt(26)));
        }
        return text.toString();
    }

    /** What is to be found: what the last sure one wrote, or any that came after it. */
    synchronized boolean allows(Optional<String> found) {
        for (int i = writes.size() - 1; i >= 0; i--) {
            if (writes.get(i).content().equals(found)) {
                return true;
            }
            if (writes.get(i).isSure()) {
                return false;
            }
        }
        return settled.equals(found);
    }

    /** What {@link #allows} would like to see, for the story. */
    synchronized String expected() {
        for (int i = writes.size() - 1; i >= 0; i--) {
            if (writes.get(i).isSure()) {
                return Census.shown(writes.get(i).content()) + (i < writes.size() - 1 ? " or later" : "");
            }
        }
        return Census.shown(settled) + " or later";
    }

    /** Whether that was written there ever. */
    synchronized boolean knows(Optional<String> found) {
        return found.isEmpty()
                || settled.equals(found)
                || writes.stream().anyMatch(write -> write.content().equals(found));
    }

    /** All have that: it is what counts from now on, whatever becomes of its writer. */
    synchronized void settle(Optional<String> found) {
        writes.clear();
        settled = found;
    }
}
