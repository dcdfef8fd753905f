package org.simpledht.examples.scale;

import java.util.List;
import java.util.Locale;

/** The figures in words, for people and for Markdown: a row for each figure, a column for each size. */
final class Table {

    private record Row(String figure, String words, String format) {}

    private static final String COUNT = "%,.0f";
    private static final String FRACTION = "%.2f";
    private static final String SECONDS = "%.2f s";
    private static final String BYTES = "%,.0f B";

    private static final List<Row> ROWS = List.of(
            new Row("rest-bytes", "idle, sent per node and second", BYTES),
            new Row("rest-frames", "idle, frames per node and second", FRACTION),
            new Row("links-least", "links, least", COUNT),
            new Row("links-average", "links, mean", FRACTION),
            new Row("links-most", "links, most", COUNT),
            new Row("links-contact", "links of the only seed", COUNT),
            new Row("paths-average", "path, mean", FRACTION),
            new Row("paths-longest", "path, longest seen", COUNT),
            new Row("join-one", "one component after all have joined", SECONDS),
            new Row("join-full", "… and six links everywhere", SECONDS),
            new Row("half-one", "one again after half crashed", SECONDS),
            new Row("half-full", "… and six links everywhere", SECONDS),
            new Row("most-one", "one again after 80 % crashed", SECONDS),
            new Row("most-full", "… and six links everywhere", SECONDS),
            new Row("cut-one", "one again after two halves were apart", SECONDS),
            new Row("hour-one", "the same after an hour", SECONDS),
            new Row("copies-0", "copies per node, no loss", FRACTION),
            new Row("copies-1", "copies per node, 1 % loss", FRACTION),
            new Row("copies-10", "copies per node, 10 % loss", FRACTION),
            new Row("bytes-0", "bytes per node and update, no loss", BYTES),
            new Row("bytes-1", "bytes per node and update, 1 % loss", BYTES),
            new Row("bytes-10", "bytes per node and update, 10 % loss", BYTES),
            new Row("p50-0", "50 % reached, no loss", SECONDS),
            new Row("p99-0", "99 % reached, no loss", SECONDS),
            new Row("p100-0", "all reached, no loss", SECONDS),
            new Row("p50-1", "50 % reached, 1 % loss", SECONDS),
            new Row("p99-1", "99 % reached, 1 % loss", SECONDS),
            new Row("p100-1", "all reached, 1 % loss", SECONDS),
            new Row("p50-10", "50 % reached, 10 % loss", SECONDS),
            new Row("p99-10", "99 % reached, 10 % loss", SECONDS),
            new Row("p100-10", "all reached, 10 % loss", SECONDS),
            new Row("stream-copies-0", "copies, 500 updates/s, no loss", FRACTION),
            new Row("stream-copies-1", "copies, 500 updates/s, 1 % loss", FRACTION),
            new Row("stream-copies-10", "copies, 500 updates/s, 10 % loss", FRACTION),
            new Row("stream-bytes-1", "bytes per node and update, 500 updates/s, 1 % loss", BYTES),
            new Row("stream-p99-1", "99 % reached, 500 updates/s, 1 % loss", SECONDS),
            new Row("heap-kb", "heap per simulated node", "%,.0f kB"),
            new Row("cpu-us", "processor time per idle node and second", "%,.0f µs"));

    private Table() {}

    /** One column for each sheet. */
    static String of(List<Sheet> sheets) {
        StringBuilder out = new StringBuilder("| nodes |");
        sheets.forEach(sheet -> out.append(String.format(Locale.ROOT, " %,d |", sheet.nodes())));
        out.append("\n|---|").append("---|".repeat(sheets.size())).append('\n');
        for (Row row : ROWS) {
            if (sheets.stream().anyMatch(sheet -> sheet.has(row.figure))) {
                out.append("| ").append(row.words).append(" |");
                sheets.forEach(sheet -> out.append(' ').append(cell(sheet, row)).append(" |"));
                out.append('\n');
            }
        }
        return out.toString();
    }

    /** Two sheets side by side, with how much more the second one says. */
    static String compare(Sheet core, Sheet model) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT, "| %,d nodes | core | model | difference |%n|---|---|---|---|%n", core.nodes()));
        for (Row row : ROWS) {
            if (core.has(row.figure) && model.has(row.figure)) {
                double one = core.of(row.figure);
                double other = model.of(row.figure);
                String difference = one == other
                        ? "–"
                        : one > 0 ? String.format(Locale.ROOT, "%+.0f %%", 100 * (other / one - 1)) : "";
                out.append("| ")
                        .append(row.words)
                        .append(" | ")
                        .append(cell(core, row))
                        .append(" | ");
                out.append(cell(model, row)).append(" | ").append(difference).append(" |\n");
            }
        }
        return out.toString();
    }

    private static String cell(Sheet sheet, Row row) {
        double value = sheet.of(row.figure);
        return !sheet.has(row.figure)
                ? ""
                : Double.isNaN(value) ? "never" : String.format(Locale.ROOT, row.format, value);
    }
}
