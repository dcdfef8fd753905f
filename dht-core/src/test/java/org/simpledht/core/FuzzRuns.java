package org.simpledht.core;

import java.io.IOException;
import org.simpledht.testkit.InputMill;

/**
 * Tries far more events at a node or a client than a fuzzer does in the same time. A program, not a test: {@code node} or {@code client},
 * executions, seed.
 */
final class FuzzRuns {

    private FuzzRuns() {}

    public static void main(String[] args) throws IOException {
        boolean isNode = args[0].equals("node");
        String inputs = "src/test/resources/org/simpledht/core/" + (isNode ? "NodeFuzzTest" : "ClientFuzzTest")
                + "Inputs/anySequenceOfEvents";
        InputMill.main(
                isNode ? NodeFuzzTest::counted : ClientFuzzTest::counted,
                java.nio.file.Path.of(inputs),
                args[1],
                args[2]);
    }
}
