package org.simpledht.examples.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of each promise. */
final class Verdicts {

    private static final int MOST_SHOWN = 10;

    private final Map<Promise, List<String>> breaches = new EnumMap<>(Promise.class);
    private final Map<Promise, String> figures = new EnumMap<>(Promise.class);
    private final Story story;

    Verdicts(Story story) {
        this.story = story;
    }

    synchronized void broken(Promise promise, String how) {
        List<String> all = breaches.computeIfAbsent(promise, none -> new ArrayList<>());
        all.add(how);
        if (all.size() <= MOST_SHOWN) {
            story.tell("BROKEN: " + how);
        }
    }

    /** What stands behind a promise that was kept. */
    synchronized void figure(Promise promise, String figure) {
        figures.put(promise, figure);
    }

    /** Prints one line for each, and says whether all were kept. */
    synchronized boolean print() {
        System.out.println();
        for (Promise promise : Promise.values()) {
            List<String> broken = breaches.getOrDefault(promise, List.of());
            String figure = figures.containsKey(promise) ? ": " + figures.get(promise) : "";
            System.out.println((broken.isEmpty() ? "kept    " : "BROKEN  ")
                    + promise.text()
                    + figure
                    + (broken.isEmpty() ? "" : " (" + broken.size() + " times)"));
        }
        return breaches.isEmpty();
    }
}
