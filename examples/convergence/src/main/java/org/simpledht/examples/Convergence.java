package org.simpledht.examples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.simpledht.examples.Differences.Cost;

/**
 * How fast nodes agree, and what it costs, in virtual time. Prints the table of docs/CONVERGENCE.md.
 *
 * <p>Arguments: seeds, as numbers or as {@code first..last}; 101..130 if there are none. {@code --quick} for smaller networks and
 * tables and few seeds; {@code --only=word} for the rows whose name has that word in it.
 */
public final class Convergence {

    private static final List<String> QUICK_SEEDS = List.of("101..103");
    private static final List<String> ALL_SEEDS = List.of("101..130");
    private static final int MILLION = 1_000_000;

    private final long[] seeds;
    private final boolean quick;
    private final String only;

    private Convergence(long[] seeds, boolean quick, String only) {
        this.seeds = seeds;
        this.quick = quick;
        this.only = only;
    }

    /** Seeds and options as above. */
    public static void main(String[] args) {
        List<String> seeds = new ArrayList<>();
        boolean quick = false;
        String only = "";
        for (String arg : args) {
            if (arg.equals("--quick")) {
                quick = true;
            } else if (arg.startsWith("--only=")) {
                only = arg.substring("--only=".length());
            } else {
                seeds.add(arg);
            }
        }
        if (seeds.isEmpty()) {
            seeds = quick ? QUICK_SEEDS : ALL_SEEDS;
        }
        new Convergence(seeds.stream().flatMapToLong(Convergence::range).toArray(), quick, only).print();
    }

    private static LongStream range(String text) {
        String[] ends = text.split("\\.\\.");
        return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
    }

    private void print() {
        System.out.println(
                "seeds: " + Arrays.stream(seeds).mapToObj(Long::toString).collect(Collectors.joining(" ")));
        System.out.println();
        System.out.println("| figure | median | worst | of |");
        System.out.println("|---|---|---|---|");
        int nodes = quick ? 12 : 40;
        for (double loss : new double[] {0, 0.2, 0.5}) {
            row(nodes + " nodes after the heal, " + percent(loss) + " loss", "s", seed -> new Turmoil(
                            seed, nodes, 0, Turmoil.KEYS, loss)
                    .run()
                    .agreed());
        }
        originals(Turmoil.KEYS);
        // As many as an original can be reminded of in time, with that much loss.
        originals(40);
        for (double loss : new double[] {0, 0.2}) {
            row(
                    "one update at " + nodes + " nodes, " + percent(loss) + " loss",
                    "s",
                    seed -> OneUpdate.seconds(seed, nodes, loss));
        }
        for (int entries : quick ? new int[] {10_000} : new int[] {MILLION / 10, MILLION}) {
            differences(entries);
        }
        row("equal stores, added to each sign of life", "bytes", Idle::bytesPerKeepAlive);
        row("equal stores, all that a node sends to its only neighbour", "bytes/s", Idle::bytesPerSecond);
        for (double loss : new double[] {0, 0.1, 0.2}) {
            int entries = quick ? 10_000 : MILLION / 10;
            row(
                    String.format("late joiner of %,d entries, %s loss", entries, percent(loss)),
                    "s",
                    seed -> Joiner.seconds(seed, entries, loss));
        }
        for (double loss : new double[] {0.2, 0.4}) {
            row("5 nodes, 200 keys, " + percent(loss) + " loss", "s", seed -> ManyPuts.seconds(seed, loss));
        }
    }

    private static String percent(double loss) {
        return Math.round(100 * loss) + " %";
    }

    private void originals(int keys) {
        int ours = quick ? 6 : 30;
        int originals = quick ? 2 : 6;
        String name = ours + " nodes and " + originals + " originals, " + keys + " keys, 5 % loss: ";
        if (name.contains(only)) {
            List<Turmoil.Outcome> outcomes = ofAll(seed -> new Turmoil(seed, ours, originals, keys, 0.05).run());
            print(
                    name + "nodes",
                    "s",
                    outcomes.stream().map(Turmoil.Outcome::agreed).toList());
            print(
                    name + "the originals first hold all",
                    "s",
                    outcomes.stream().map(Turmoil.Outcome::originalsAgreed).toList());
            print(
                    name + "they lack a minute after the heal",
                    "%",
                    outcomes.stream()
                            .map(outcome -> 100 - outcome.heldByOriginals())
                            .toList());
            print(
                    name + "dead",
                    "originals",
                    outcomes.stream()
                            .map(outcome -> (double) outcome.deadOriginals())
                            .toList());
        }
    }

    /** Tables of that size are filled once, and then measured once per seed: only the first seed has its say in how they are filled. */
    private void differences(int entries) {
        String name = String.format("stores of %,d entries, ", entries);
        if (!name.contains(only)) {
            return;
        }
        Differences stores = new Differences(seeds[0], entries);
        for (int writes : new int[] {1, 100}) {
            List<Cost> costs = new ArrayList<>();
            for (int i = 0; i < seeds.length; i++) {
                costs.add(stores.measure(writes));
            }
            String what = name + writes + (writes == 1 ? " difference" : " differences");
            print(what, "bytes", costs.stream().map(Cost::bytes).toList());
            print(what, "frames", costs.stream().map(Cost::frames).toList());
            print(what, "round trips", costs.stream().map(Cost::roundTrips).toList());
        }
    }

    private void row(String name, String unit, LongToDoubleFunction figure) {
        if (name.contains(only)) {
            print(name, unit, ofAll(figure::applyAsDouble));
        }
    }

    /** Each seed is a network of its own, so several can live at once. */
    private <T> List<T> ofAll(LongFunction<T> figure) {
        return Arrays.stream(seeds).parallel().mapToObj(figure).toList();
    }

    private static void print(String name, String unit, List<Double> values) {
        System.out.println("| " + name + " | " + Samples.of(values).cells(unit) + " |");
    }
}
