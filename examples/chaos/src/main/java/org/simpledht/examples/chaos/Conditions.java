package org.simpledht.examples.chaos;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * What a link does to packets in one direction. Loss, duplication and corruption are probabilities.
 *
 * @param jitterMillis a delay is longer by up to so much, so that one packet overtakes another
 */
record Conditions(double loss, double duplication, double corruption, int delayMillis, int jitterMillis) {

    static final Conditions FAIR = new Conditions(0, 0, 0, 0, 0);

    /** A packet passes its sender's link and its receiver's: of both together that is 5 to 40 %. */
    private static final double LEAST_LOSS = 0.025;

    private static final double MOST_LOSS = 0.225;

    static Conditions drawn(RandomGenerator dice) {
        return new Conditions(
                LEAST_LOSS + dice.nextDouble() * (MOST_LOSS - LEAST_LOSS),
                dice.nextBoolean() ? dice.nextDouble() * 0.2 : 0,
                dice.nextBoolean() ? dice.nextDouble() * 0.05 : 0,
                dice.nextInt(80),
                dice.nextInt(60));
    }

    /** As one line, which {@link #parse} reads. */
    String line() {
        return String.format(
                Locale.ROOT, "%.4f %.4f %.4f %d %d", loss, duplication, corruption, delayMillis, jitterMillis);
    }

    static Conditions parse(String[] words, int from) {
        return new Conditions(
                Double.parseDouble(words[from]),
                Double.parseDouble(words[from + 1]),
                Double.parseDouble(words[from + 2]),
                Integer.parseInt(words[from + 3]),
                Integer.parseInt(words[from + 4]));
    }

    /** As netem is told, which takes a middle and how far from it. */
    String netem() {
        return String.format(
                Locale.ROOT,
                "netem delay %.1fms %.1fms loss %.2f%% duplicate %.2f%% corrupt %.2f%%",
                delayMillis + jitterMillis / 2.0,
                jitterMillis / 2.0,
                100 * loss,
                100 * duplication,
                100 * corruption);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.0f %% lost, %.0f %% twice, %.1f %% damaged, %d to %d ms",
                100 * loss,
                100 * duplication,
                100 * corruption,
                delayMillis,
                delayMillis + jitterMillis);
    }
}
