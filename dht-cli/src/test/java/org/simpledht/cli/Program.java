package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the built jar, or of what starts it; killed when closed. */
final class Program implements AutoCloseable {

    static final Path JAR = Path.of("target", "simple_dht.jar").toAbsolutePath();

    /** Of a machine that also does other things; what is awaited comes in a fraction of it. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Pattern LISTENING = Pattern.compile("listening on (?:udp|tcp|tls) (\\S+:[0-9]+)\\R");

    private final Process process;
    private final Gatherer out;
    private final Gatherer err;

    private Program(Process process) {
        this.process = process;
        this.out = new Gatherer(process.getInputStream());
        this.err = new Gatherer(process.getErrorStream());
    }

    /** The jar with the arguments; its input is open until {@link #endInput}. */
    static Program start(String... arguments) {
        List<String> command = java();
        command.addAll(Arrays.asList(arguments));
        return start(new ProcessBuilder(command));
    }

    static Program start(ProcessBuilder builder) {
        try {
            return new Program(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jar with the arguments and no input, to its end. */
    static Program run(String... arguments) {
        Program program = start(arguments);
        program.endInput();
        program.exit();
        return program;
    }

    /** As {@link #run}, of a client of that address. */
    static Program client(String address, String... words) {
        List<String> all = new ArrayList<>(List.of("client", address));
        all.addAll(List.of(words));
        return run(all.toArray(String[]::new));
    }

    static List<String> java() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ArrayList<>(
                List.of(java.toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", JAR.toString()));
    }

    Program type(String text) {
        return type(text.getBytes(StandardCharsets.UTF_8));
    }

    Program type(byte[] bytes) {
        try {
            process.getOutputStream().write(bytes);
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the program no longer reads; it said " + this, e);
        }
        return this;
    }

    void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until standard output contains the text. */
    Program says(String text) {
        return says(text, 0);
    }

    /** Waits until standard output contains the text after its first {@code offset} characters. */
    Program says(String text, int offset) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(out().substring(offset)).contains(text));
        return this;
    }

    /** Waits until the server listens. */
    String address() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThat(out())
                .containsPattern(LISTENING));
        Matcher line = LISTENING.matcher(out());
        assertThat(line.find()).isTrue();
        return line.group(1);
    }

    /** Sends a signal, such as {@code INT}. */
    void signal(String name) {
        Program kill = start(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())));
        assertThat(kill.exit()).isZero();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end. */
    int exit() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("ended; %s", this)
                    .isTrue();
            out.join();
            err.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String out() {
        return out.text();
    }

    byte[] outBytes() {
        return out.bytes();
    }

    String err() {
        return err.text();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return "output: " + out() + "\nerrors: " + err();
    }

    /** Reads a stream as it comes, so that a program never waits for its reader. */
    private static final class Gatherer extends Thread {

        private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
        private final InputStream in;

        Gatherer(InputStream in) {
            super("gatherer");
            this.in = in;
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            try {
                in.transferTo(gathered);
            } catch (IOException e) {
                // The process was killed, and with it what it still had to say.
                return;
            }
        }

        byte[] bytes() {
            return gathered.toByteArray();
        }

        String text() {
            return gathered.toString(StandardCharsets.UTF_8);
        }
    }
}
