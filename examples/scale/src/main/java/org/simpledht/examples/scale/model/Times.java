package org.simpledht.examples.scale.model;

/** How long updates took. */
final class Times {

    private int count;
    private long half;
    private long most;
    private long last;
    private long missing;
    private int worstMost;
    private int worstLast;

    void add(Updates updates, int number) {
        count++;
        half += updates.halfMillis(number);
        most += updates.mostMillis(number);
        last += updates.lastMillis(number);
        missing += updates.missing(number);
        worstMost = Math.max(worstMost, updates.mostMillis(number));
        worstLast = Math.max(worstLast, updates.lastMillis(number));
    }

    double half() {
        return (double) half / count;
    }

    double most() {
        return (double) most / count;
    }

    double last() {
        return (double) last / count;
    }

    int worstMost() {
        return worstMost;
    }

    int worstLast() {
        return worstLast;
    }

    /** Nodes per update that no push and no announcement reached, and that a comparison of stores must find. */
    double missing() {
        return (double) missing / count;
    }
}
