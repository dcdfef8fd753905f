package org.simpledht.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.simpledht.testkit.InputMill;

/** Tries far more lines than a fuzzer does in the same time. A program, not a test: executions, seed. */
final class LineFuzzRuns {

    private LineFuzzRuns() {}

    public static void main(String[] args) throws IOException {
        InputMill.main(
                LineFuzzTest::counted,
                Path.of("src/test/resources/org/simpledht/cli/LineFuzzTestInputs/anyLines"),
                args);
    }
}
