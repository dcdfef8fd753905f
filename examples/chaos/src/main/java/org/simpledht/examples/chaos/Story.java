package org.simpledht.examples.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was done, as it is done, with the time since the start; and what nobody had expected. From any thread. */
final class Story {

    private final long began = System.nanoTime();
    private final List<String> unexpected = new ArrayList<>();

    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    synchronized void tell(String what) {
        System.out.printf(Locale.ROOT, "%7.1f s  %s%n", seconds(), what);
    }

    synchronized void unexpected(String what) {
        unexpected.add(what);
        tell("UNEXPECTED: " + what);
    }

    synchronized List<String> unexpected() {
        return List.copyOf(unexpected);
    }
}
