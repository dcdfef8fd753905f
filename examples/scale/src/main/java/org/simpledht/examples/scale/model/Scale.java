package org.simpledht.examples.scale.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a network of very many nodes holds together and how news spreads in it, by a model that is lean enough for a million
 * nodes. It has the rules of docs/PROTOCOL.md and no bytes.
 *
 * <p>Arguments: numbers of nodes; {@code --seed=1}; {@code --loss=0.01}; {@code --scenario=join}, half, most, cut, hour, seeds, all; any rule by its name, such as {@code inbound=10}.
 */
public final class Scale {

    private final List<Integer> sizes = new ArrayList<>();
    private final Rules rules = new Rules();
    private long seed = 1;
    private double loss = 0.01;
    private double[] losses = {0, 0.01, 0.1};
    private boolean[] origins = {true, false};
    private String scenario = "all";

    private Scale(String[] args) {
        for (String arg : args) {
            if (arg.startsWith("--seed=")) {
                seed = Long.parseLong(arg.substring("--seed=".length()));
            } else if (arg.startsWith("--loss=")) {
                loss = Double.parseDouble(arg.substring("--loss=".length()));
                losses = new double[] {loss};
            } else if (arg.startsWith("--scenario=")) {
                scenario = arg.substring("--scenario=".length());
            } else if (arg.startsWith("--origins=")) {
                origins = new boolean[] {arg.endsWith("one")};
            } else if (arg.contains("=")) {
                rules.set(arg);
            } else {
                sizes.add(Integer.parseInt(arg));
            }
        }
        if (sizes.isEmpty()) {
            sizes.addAll(List.of(10, 100, 1_000, 10_000));
        }
    }

    /** Sizes, options and rules as above. */
    public static void main(String[] args) {
        Scale scale = new Scale(args);
        scale.sizes.forEach(scale::print);
    }

    private void print(int nodes) {
        System.out.printf("%,d nodes, seed %d, loss %s, %s%n", nodes, seed, loss, rules);
        trial("join", nodes, trial -> System.out.println("  " + trial.shape(20_000)));
        trial("half", nodes, trial -> System.out.println("  " + trial.crash(0.5)));
        trial("most", nodes, trial -> System.out.println("  " + trial.crash(0.8)));
        trial("cut", nodes, trial -> System.out.println("  " + trial.cut(300_000)));
        trial("hour", nodes, trial -> System.out.println("  " + trial.cut(3_600_000)));
        trial("seeds", nodes, trial -> {
            System.out.println("  " + trial.killContact());
            System.out.println("  " + trial.crash(0.5));
        });
        huge(nodes);
        for (double each : losses) {
            news("alone", nodes, each);
            news("stream", nodes, each);
        }
    }

    /** As much as possible of one network, since it takes long to make. */
    private void huge(int nodes) {
        if (!scenario.equals("huge")) {
            return;
        }
        Trial trial = new Trial(nodes, seed, loss, rules);
        System.out.println("  " + trial.join());
        System.out.println("  " + trial.shape(10_000));
        for (boolean oneOrigin : new boolean[] {true, false}) {
            News news = new News(trial.world(), seed, loss, rules);
            System.out.println("  " + news.measure("alone", 1_000, 40, 6, oneOrigin));
        }
        System.out.println("  " + trial.crash(0.5));
        System.out.println("  " + trial.crash(0.8));
    }

    /** Alone: one update each second. Stream: 500 in a second. */
    private void news(String name, int nodes, double withLoss) {
        if (!scenario.equals(name) && !scenario.equals("all")) {
            return;
        }
        Trial trial = new Trial(nodes, seed, 0.01, rules);
        trial.join();
        trial.settle(60_000);
        boolean alone = name.equals("alone");
        int gapMillis = alone ? 1_000 : 2;
        int many = nodes > 200_000 ? 1 : 4;
        int settling = alone ? 75 * many : 6_000;
        int measured = alone ? 8 * many : 1_000;
        for (boolean oneOrigin : origins) {
            News news = new News(trial.world(), seed, withLoss, rules);
            System.out.println("  "
                    + news.measure(
                            name + (oneOrigin ? " from one" : " from all") + ", loss " + withLoss,
                            gapMillis,
                            settling,
                            measured,
                            oneOrigin));
        }
    }

    private void trial(String name, int nodes, Consumer<Trial> body) {
        if (!scenario.equals(name) && !scenario.equals("all")) {
            return;
        }
        long began = System.nanoTime();
        Trial trial = new Trial(nodes, seed, loss, rules);
        String joined = trial.join();
        if (name.equals("join")) {
            System.out.println("  " + joined);
        }
        body.accept(trial);
        System.err.printf("  (%s: %.1f s of computing)%n", name, (System.nanoTime() - began) / 1e9);
    }
}
