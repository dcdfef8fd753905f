package org.simpledht.examples;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One figure, once for each seed. */
record Samples(double[] values) {

    /** What did not happen in time. */
    static final double NEVER = Double.POSITIVE_INFINITY;

    Samples {
        values = values.clone();
        Arrays.sort(values);
    }

    static Samples of(List<Double> values) {
        return new Samples(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    double median() {
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    double worst() {
        return values[values.length - 1];
    }

    /** The median, the worst, and how many there are. */
    String cells(String unit) {
        return text(median(), unit) + " | " + text(worst(), unit) + " | " + values.length;
    }

    private static String text(double value, String unit) {
        if (value == NEVER) {
            return "never";
        }
        String number = value >= 1_000
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%.0f" : "%.2f", value);
        return number + " " + unit;
    }
}
