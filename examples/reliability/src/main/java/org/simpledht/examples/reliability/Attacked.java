package org.simpledht.examples.reliability;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A {@link Server} in a process of its own, with a heap of 64 MB. */
final class Attacked implements AutoCloseable {

    private static final String HEAP = "-Xmx64m";

    private final Process process;
    private final BufferedReader answers;
    private final int port;

    private Attacked(Process process) throws IOException {
        this.process = process;
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the node did not start; what it said is above");
        }
        port = Integer.parseInt(line);
    }

    static Attacked start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        Process process = new ProcessBuilder(java, HEAP, "-cp", classes, Server.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new Attacked(process);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Time that its threads have run, in nanoseconds. */
    long cpuNanos() {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    Map<String, Long> counters() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        Map<String, Long> counters = new TreeMap<>();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the node is gone");
        }
        for (String each : line.substring(1, line.length() - 1).split(", ")) {
            String[] nameAndValue = each.split("=");
            counters.put(nameAndValue[0], Long.parseLong(nameAndValue[1]));
        }
        return counters;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
