package org.simpledht.examples.scale;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was found out about networks of one size. */
public final class Sheet {

    /** More than any node has; the figures of degrees end here. */
    public static final int MOST_LINKS = 12;

    private final String kind;
    private final int nodes;
    private final SortedMap<String, Double> figures = new TreeMap<>();

    /** @param kind {@code core} or {@code model} */
    public Sheet(String kind, int nodes) {
        this.kind = kind;
        this.nodes = nodes;
    }

    public String kind() {
        return kind;
    }

    public int nodes() {
        return nodes;
    }

    /** A value that is no number means never. */
    public void put(String figure, double value) {
        figures.put(figure, value);
    }

    /** No number if it was never measured, or never happened. */
    public double of(String figure) {
        return figures.getOrDefault(figure, Double.NaN);
    }

    public boolean has(String figure) {
        return figures.containsKey(figure);
    }

    /** The figure that says which part of the nodes has so many links. */
    public static String links(int count) {
        return String.format("links-%02d", count);
    }

    SortedMap<String, Double> figures() {
        return Collections.unmodifiableSortedMap(figures);
    }
}
