package org.simpledht.examples.scale;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The figures as pictures: what the real core did is drawn through, what the model did is dashed. */
final class Charts {

    private static final String NODES = "nodes (logarithmic)";

    private record Wanted(String figure, String name) {}

    private final Results results;
    private final Path folder;

    Charts(Results results, Path folder) {
        this.results = results;
        this.folder = folder;
    }

    void draw() {
        overNodes(
                "copies",
                "Copies of a content that a node gets",
                "copies per node and update",
                new Wanted("copies-0", "no loss"),
                new Wanted("copies-1", "1 % loss"),
                new Wanted("copies-10", "10 % loss"));
        overNodes(
                "bytes",
                "Bytes for one update of 100 bytes, headers included",
                "bytes sent per node and update",
                new Wanted("bytes-0", "no loss"),
                new Wanted("bytes-1", "1 % loss"),
                new Wanted("bytes-10", "10 % loss"));
        for (int percent : Trial.LOSSES_PERCENT) {
            overNodes(
                    "latency-" + percent,
                    "Until an update is there, links of 5 to 50 ms, " + percent + " % loss",
                    "seconds",
                    new Wanted("p50-" + percent, "at half of the nodes"),
                    new Wanted("p99-" + percent, "at 99 %"),
                    new Wanted("p100-" + percent, "at all"));
        }
        overNodes(
                "idle",
                "What an idle node sends, headers included",
                "bytes per second",
                new Wanted("rest-bytes", "sent"));
        overNodes(
                "paths",
                "Links between two nodes",
                "links",
                new Wanted("paths-average", "mean"),
                new Wanted("paths-longest", "longest seen"));
        overNodes(
                "heal",
                "Until a network is one again",
                "seconds",
                new Wanted("half-one", "half crashed"),
                new Wanted("most-one", "80 % crashed"),
                new Wanted("cut-one", "two halves apart"),
                new Wanted("join-one", "all joined in 20 s"));
        overNodes(
                "cost",
                "What a simulated node costs",
                "kB, or µs per second",
                new Wanted("heap-kb", "heap, kB"),
                new Wanted("cpu-us", "processor, µs/s"));
        degrees();
    }

    private void overNodes(String name, String title, String up, Wanted... wanted) {
        Chart chart = new Chart(title, NODES, up, true);
        for (String kind : List.of("core", "model")) {
            for (int i = 0; i < wanted.length; i++) {
                chart.line(wanted[i].name + ", " + kind, i, kind.equals("model"));
                for (Sheet sheet : results.of(kind)) {
                    chart.point(sheet.nodes(), sheet.of(wanted[i].figure));
                }
            }
        }
        Results.write(folder.resolve(name + ".svg"), chart.svg());
    }

    private void degrees() {
        Chart chart = new Chart("How many links nodes have", "links of a node", "part of the nodes, in %", false);
        int colour = 0;
        for (String kind : List.of("core", "model")) {
            for (Sheet sheet : results.of(kind)) {
                if (sheet.nodes() >= 1_000 && Math.log10(sheet.nodes()) % 1 == 0) {
                    chart.line(
                            String.format(Locale.ROOT, "%,d, %s", sheet.nodes(), kind), colour++, kind.equals("model"));
                    for (int links = 0; links <= Sheet.MOST_LINKS; links++) {
                        chart.point(links, 100 * sheet.of(Sheet.links(links)));
                    }
                }
            }
        }
        Results.write(folder.resolve("degrees.svg"), chart.svg());
    }
}
