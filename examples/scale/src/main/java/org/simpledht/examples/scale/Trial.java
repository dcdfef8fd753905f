package org.simpledht.examples.scale;

/** One network, of real nodes or of a model; what is found out about it goes to a {@link Sheet}. */
public interface Trial {

    /** How likely a frame gets lost while nothing else is said. */
    double USUAL_LOSS = 0.01;

    /** The rates of loss at which updates are measured; in a hundred. */
    int[] LOSSES_PERCENT = {0, 1, 10};

    void run(Scenario scenario);

    /**
     * How long things go on.
     *
     * @param restSeconds of a network in which nothing happens
     * @param settling updates before any counts, since links become eager and lazy by them
     * @param measured updates that count
     * @param cutSeconds how long two halves are apart
     */
    record Pace(int restSeconds, int settling, int measured, int cutSeconds) {}
}
