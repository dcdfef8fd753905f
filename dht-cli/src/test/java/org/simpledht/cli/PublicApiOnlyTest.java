package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The command line is an application like any other: what it needs and the library lacks goes into the library. */
final class PublicApiOnlyTest {

    /** A class's name in the constant pool of another, with whatever stands before the last slash as the package. */
    private static final Pattern OURS = Pattern.compile("org/simpledht/((?:[a-z0-9]+/)*)[A-Z]");

    @Test
    void classesNameOnlyTheApplicationsPackages() throws IOException, URISyntaxException {
        Path classes = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> compiled =
                    files.filter(file -> file.toString().endsWith(".class")).toList();

            assertThat(compiled).hasSizeGreaterThan(10);
            Set<String> named =
                    compiled.stream().flatMap(PublicApiOnlyTest::packages).collect(Collectors.toSet());
            assertThat(named).isSubsetOf("", "types/", "cli/");
        }
    }

    private static Stream<String> packages(Path file) {
        try {
            String constants = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return OURS.matcher(constants).results().map(match -> match.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
