package org.simpledht.examples.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the system's commands, and has none fail unseen. */
final class Shell {

    private Shell() {}

    /** What it printed, failures included. */
    record Result(int exit, String output) {}

    static Result attempt(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + String.join(" ", command), e);
        }
    }

    static String run(List<String> command) throws IOException {
        Result result = attempt(command);
        if (result.exit() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + result.output());
        }
        return result.output();
    }

    /** Words are separated by blanks; none of ours has any inside. */
    static String run(String command) throws IOException {
        return run(List.of(command.split(" ")));
    }
}
