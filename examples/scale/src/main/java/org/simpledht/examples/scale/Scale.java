package org.simpledht.examples.scale;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.simpledht.examples.scale.core.CoreTrial;
import org.simpledht.examples.scale.model.ModelTrial;
import org.simpledht.examples.scale.model.Rules;

/**
 * How a network of very many nodes holds together, and how news spreads in it: real nodes in virtual time, up to ten thousand of
 * them, and a model that is lean enough for a million.
 *
 * <p>Arguments: {@code --quick} for some seconds of both; {@code --core=10,1000} and {@code --model=1000,1000000} for how many
 * nodes; {@code --scenarios=rest,news,stream,cut,hour,half,most}; {@code --seed=1}; {@code --to=folder} to add the figures to a file there and
 * draw charts from all that it holds, {@code --draw} to do nothing else. Any rule of the model by its name, such as
 * {@code inbound=10}; {@code --settling=300} updates before any counts.
 */
public final class Scale {

    /** Each in a network of its own, as what happens to it has it changed; the others after each other. */
    private static final List<Scenario> ALONE = List.of(Scenario.MOST, Scenario.STREAM, Scenario.HOUR);

    /** Of fewer nodes chance says more than the rules. */
    private static final int COMPARED = 100;

    private static final Trial.Pace USUAL = new Trial.Pace(20, 60, 20, 300);
    private static final Trial.Pace QUICK = new Trial.Pace(5, 10, 5, 30);

    private final Results results = new Results();
    private final Rules rules = new Rules();
    private List<Integer> core = List.of(10, 30, 100, 300, 1_000, 3_000, 10_000);
    private List<Integer> model = List.of(10, 30, 100, 300, 1_000, 3_000, 10_000, 100_000, 1_000_000);
    private List<Scenario> scenarios =
            List.of(Scenario.REST, Scenario.NEWS, Scenario.CUT, Scenario.HALF, Scenario.MOST);
    private Trial.Pace pace = USUAL;
    private Path folder;
    private long seed = 1;

    private Scale(String[] args) {
        for (String arg : args) {
            String value = arg.substring(arg.indexOf('=') + 1);
            if (arg.equals("--quick")) {
                pace = QUICK;
                core = List.of(10, 30);
                model = List.of(10, 100, 1_000);
            } else if (arg.equals("--draw")) {
                core = List.of();
                model = List.of();
            } else if (arg.startsWith("--core=")) {
                core = numbers(value);
            } else if (arg.startsWith("--model=")) {
                model = numbers(value);
            } else if (arg.startsWith("--scenarios=")) {
                scenarios = Arrays.stream(value.split(","))
                        .map(name -> Scenario.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList();
            } else if (arg.startsWith("--settling=")) {
                pace = new Trial.Pace(pace.restSeconds(), Integer.parseInt(value), pace.measured(), pace.cutSeconds());
            } else if (arg.startsWith("--seed=")) {
                seed = Long.parseLong(value);
            } else if (arg.startsWith("--to=")) {
                folder = Path.of(value);
            } else {
                rules.set(arg);
            }
        }
    }

    private static List<Integer> numbers(String list) {
        return Arrays.stream(list.split(","))
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }

    public static void main(String[] args) {
        new Scale(args).run();
    }

    private void run() {
        if (folder != null) {
            results.read(file());
        }
        core.forEach(nodes -> measure("core", nodes));
        model.forEach(nodes -> measure("model", nodes));
        String tables = tables();
        System.out.print(tables);
        if (folder != null) {
            Results.write(folder.resolve("table.md"), tables);
            new Charts(results, folder).draw();
        }
    }

    private String tables() {
        StringBuilder out = new StringBuilder("# Figures of large networks\n");
        for (String kind : List.of("core", "model")) {
            if (!results.of(kind).isEmpty()) {
                out.append("\n## The ").append(kind).append("\n\n").append(Table.of(results.of(kind)));
            }
        }
        for (Sheet core : results.of("core")) {
            results.of("model").stream()
                    .filter(model -> model.nodes() == core.nodes() && core.nodes() >= COMPARED)
                    .forEach(model ->
                            out.append("\n## Both, at the same size\n\n").append(Table.compare(core, model)));
        }
        return out.toString();
    }

    private Path file() {
        return folder.resolve("figures.csv");
    }

    private void measure(String kind, int nodes) {
        long began = System.nanoTime();
        Sheet sheet = results.sheet(kind, nodes);
        List<Scenario> together = new ArrayList<>(scenarios);
        together.removeAll(ALONE);
        if (!together.isEmpty()) {
            live(sheet, together);
        }
        scenarios.stream().filter(ALONE::contains).forEach(scenario -> live(sheet, List.of(scenario)));
        if (folder != null) {
            results.write(file());
        }
        System.err.printf(
                Locale.ROOT, "%s, %,d nodes: %.0f s of computing%n", kind, nodes, (System.nanoTime() - began) / 1e9);
    }

    private void live(Sheet sheet, List<Scenario> events) {
        Trial trial = sheet.kind().equals("core")
                ? new CoreTrial(sheet, seed, pace)
                : new ModelTrial(sheet, seed, pace, rules);
        events.forEach(trial::run);
    }
}
