package org.simpledht.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.testkit.StandardOutput;

class ConvergenceTest {

    @Test
    void everythingAgreesInTimeInTheSmallForm() throws Exception {
        List<String> rows = StandardOutput.of(none -> Convergence.main(new String[] {"--quick", "101..102"}))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| figure"))
                .toList();

        assertThat(rows).hasSizeGreaterThan(15);
        // Originals can hold only so much, and are given time for no more than what they can be told in it.
        assertThat(rows)
                .filteredOn(row -> !row.contains("the originals first hold all"))
                .allSatisfy(row -> assertThat(row).doesNotContain("never"));
        assertThat(rows).filteredOn(row -> row.contains("dead")).allSatisfy(row -> assertThat(row)
                .contains("| 0 "));
    }

    @Test
    void medianIsInTheMiddleAndTheWorstIsTheLargest() {
        assertThat(Samples.of(List.of(3.0, 1.0, 2.0)).cells("s")).isEqualTo("2 s | 3 s | 3");
        assertThat(Samples.of(List.of(4.0, 1.0, 2.0, Samples.NEVER)).cells("s")).isEqualTo("3 s | never | 4");
        assertThat(Samples.of(List.of(20_000.4)).cells("bytes")).isEqualTo("20,000 bytes | 20,000 bytes | 1");
    }
}
