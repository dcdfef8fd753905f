package org.simpledht.examples.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** All sheets, and the file in which they last: a line for each figure, so that one size can be measured anew. */
final class Results {

    private static final String HEADING = "kind,nodes,figure,value";
    private static final int FIELDS = 4;

    private record Key(String kind, int nodes) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::kind).thenComparing(Key::nodes);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final SortedMap<Key, Sheet> sheets = new TreeMap<>();

    /** The sheet for that size, made if there is none. */
    Sheet sheet(String kind, int nodes) {
        return sheets.computeIfAbsent(new Key(kind, nodes), key -> new Sheet(kind, nodes));
    }

    /** By size. */
    List<Sheet> of(String kind) {
        return sheets.values().stream()
                .filter(sheet -> sheet.kind().equals(kind))
                .toList();
    }

    void read(Path file) {
        try {
            if (!Files.exists(file)) {
                return;
            }
            for (String line : Files.readAllLines(file)) {
                String[] fields = line.split(",", -1);
                if (fields.length == FIELDS && !line.equals(HEADING)) {
                    sheet(fields[0], Integer.parseInt(fields[1])).put(fields[2], Double.parseDouble(fields[3]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    void write(Path file) {
        List<String> lines = new ArrayList<>();
        lines.add(HEADING);
        for (Sheet sheet : sheets.values()) {
            sheet.figures()
                    .forEach((figure, value) -> lines.add(String.format(
                            Locale.ROOT, "%s,%d,%s,%s", sheet.kind(), sheet.nodes(), figure, text(value))));
        }
        write(file, String.join("\n", lines) + "\n");
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "NaN" : String.format(Locale.ROOT, "%.4f", value);
    }
}
