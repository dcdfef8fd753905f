package org.simpledht.examples.scale.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The rules of one run: the usual ones, save what was set otherwise. */
public final class Rules {

    private final int[] values =
            Arrays.stream(Rule.values()).mapToInt(Rule::usual).toArray();

    int of(Rule rule) {
        return values[rule.ordinal()];
    }

    boolean has(Rule rule) {
        return of(rule) != 0;
    }

    Rules with(Rule rule, int value) {
        values[rule.ordinal()] = value;
        return this;
    }

    /** Such as {@code inbound=10}. */
    public void set(String assignment) {
        String[] parts = assignment.split("=", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("no name=value: " + assignment);
        }
        Rule rule = Rule.valueOf(parts[0].toUpperCase(Locale.ROOT).replace('-', '_'));
        with(rule, Integer.parseInt(parts[1]));
    }

    /** What is not as usual. */
    @Override
    public String toString() {
        String changed = Arrays.stream(Rule.values())
                .filter(rule -> of(rule) != rule.usual())
                .map(rule -> rule.name().toLowerCase(Locale.ROOT) + "=" + of(rule))
                .collect(Collectors.joining(" "));
        return changed.isEmpty() ? "the usual rules" : changed;
    }
}
