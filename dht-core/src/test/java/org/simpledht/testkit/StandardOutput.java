package org.simpledht.testkit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a program prints. */
public final class StandardOutput {

    private StandardOutput() {}

    /** Runs a program in this JVM, with the standard output caught. Not for several programs at once. */
    public static String of(Program program) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A main method. */
    @FunctionalInterface
    public interface Program {
        void main(String[] args) throws Exception;
    }
}
