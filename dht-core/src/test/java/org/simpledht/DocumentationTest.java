package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.simpledht.testing.SimulatedNetwork;

/** The documents say what the code says. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern NAME_IN_FIRST_CELL = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    private static final Pattern CITATION =
            Pattern.compile("docs/PROTOCOL\\.md,[\\s*]+\"([^\"]+)\"", Pattern.MULTILINE);

    @Test
    void configurationTableHasEverySettingWithItsNames() throws IOException {
        List<List<String>> rows = rows(section(read("README.md"), "## Configuration"));
        assertThat(rows)
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(Arrays.stream(ConfigKey.values())
                        .map(key -> code(key.key()))
                        .toList());
        for (ConfigKey key : ConfigKey.values()) {
            List<String> row = rows.get(key.ordinal());
            assertThat(row.get(2)).as("meaning of " + key).isNotBlank();
            assertThat(row.get(3)).isEqualTo(code(key.systemProperty()));
            assertThat(row.get(4)).isEqualTo(code(key.variable()));
        }
    }

    @Test
    void configurationTableHasTheDefaults() throws IOException {
        List<List<String>> rows = rows(section(read("README.md"), "## Configuration"));
        for (ConfigKey key : ConfigKey.values()) {
            String shown = rows.get(key.ordinal()).get(1);
            if (key == ConfigKey.MAX_STORE_BYTES) {
                // It depends on the machine.
                assertThat(shown).isEqualTo("a third of the heap, at most `256MiB`");
                assertThat(Long.parseLong(key.defaultValue()))
                        .isEqualTo(Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 3));
            } else if (key == ConfigKey.MAX_FETCHING_BYTES) {
                assertThat(shown).isEqualTo("a sixteenth of the heap, at least `4MiB`, at most `64MiB`");
                long share = Runtime.getRuntime().maxMemory() / 16;
                assertThat(Long.parseLong(key.defaultValue()))
                        .isEqualTo(Math.min(64L << 20, Math.max(4L << 20, share)));
            } else {
                String text = shown.replace("`", "");
                assertThat(meanings(text)).as("default of " + key).containsAnyElementsOf(meanings(key.defaultValue()));
            }
        }
    }

    /** What a value may stand for: 60s and PT1M are one duration, 1MiB and 1048576 one size. */
    private static List<Object> meanings(String text) {
        List<Object> meanings = new ArrayList<>(List.of(text));
        List<Function<String, Object>> readings = List.of(ConfigText::duration, ConfigText::bytes);
        for (Function<String, Object> reading : readings) {
            try {
                meanings.add(reading.apply(text));
            } catch (IllegalArgumentException e) {
                // It is none of these.
                meanings.add(text);
            }
        }
        return meanings;
    }

    @Test
    void everyStatisticIsExplainedOnce() throws IOException {
        Dht dht = Dht.start(DhtConfig.defaults(), SimulatedNetwork.ofSeed(1).host("a"));
        List<String> expected = new ArrayList<>(dht.statistics().counters().keySet());
        Arrays.stream(DhtStatistics.class.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !name.equals("counters"))
                .forEach(expected::add);
        assertThat(all(NAME_IN_FIRST_CELL, read("docs/STATISTICS.md"))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void citedSectionsOfTheProtocolExist() throws IOException {
        TreeSet<String> cited = new TreeSet<>();
        for (String module : List.of("dht-core", "dht-transport-udp", "dht-transport-tcp")) {
            try (Stream<Path> sources = Files.walk(ROOT.resolve(module).resolve("src"))) {
                for (Path source : sources.filter(file -> file.toString().endsWith(".java"))
                        .toList()) {
                    cited.addAll(all(CITATION, Files.readString(source)));
                }
            }
        }
        assertThat(cited).contains("Frames", "Originals");
        assertThat(read("docs/PROTOCOL.md")
                        .lines()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3)))
                .containsAll(cited);
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        Pattern link = Pattern.compile("\\]\\(([^)#:]+)\\)");
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        for (Path page : pages) {
            for (String target : all(link, Files.readString(page))) {
                assertThat(page.resolveSibling(target))
                        .as(page + " links to it")
                        .exists();
            }
        }
    }

    private static String read(String page) throws IOException {
        return Files.readString(ROOT.resolve(page));
    }

    private static String section(String page, String heading) {
        int from = page.indexOf(heading + "\n");
        assertThat(from).as(heading).isNotNegative();
        int to = page.indexOf("\n## ", from);
        return page.substring(from, to < 0 ? page.length() : to);
    }

    private static List<List<String>> rows(String section) {
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static List<String> all(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().map((MatchResult found) -> found.group(1)).toList();
    }

    private static String code(String text) {
        return '`' + text + '`';
    }
}
