package org.simpledht.examples.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The program as it is packaged, in the profile {@code chaos} alone: it takes minutes. */
class ChaosIT {

    private static final int CANNOT_BE_TRIED = 2;

    @Test
    void everyPromiseIsKept() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", "target/chaos.jar"));
        add(command, "seed");
        add(command, "seconds");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // Not inherited: what this process itself prints is how it speaks to Maven.
        process.inputReader().lines().forEach(System.out::println);
        int exit = process.waitFor();
        assumeThat(exit).as("it says above what is missing here").isNotEqualTo(CANNOT_BE_TRIED);
        assertThat(exit).isZero();
    }

    private static void add(List<String> command, String name) {
        String value = System.getProperty("chaos." + name, "");
        if (!value.isBlank()) {
            command.add("--" + name + '=' + value);
        }
    }
}
