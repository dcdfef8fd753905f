package org.simpledht.examples.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One life of a node: the command line's server in its namespace, told what to do by lines as at its prompt. */
final class Server {

    /** On a machine that is busy with much else. */
    private static final long TO_START_SECONDS = 180;

    private static final String EVENT = "{\"event\":";
    private static final String END = "";

    private final Process process;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private volatile boolean killed;

    private Server(Process process) {
        this.process = process;
    }

    /** Starts one, and waits until it listens everywhere. Its log is appended to the file. */
    static Server start(Namespace namespace, List<String> command, int listens, Path log) throws IOException {
        Server server = new Server(new ProcessBuilder(namespace.inside(command))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
        BlockingQueue<String> listening = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> server.read(listening));
        reader.setDaemon(true);
        reader.start();
        try {
            for (int i = 0; i < listens; i++) {
                String line = listening.poll(TO_START_SECONDS, TimeUnit.SECONDS);
                if (line == null || line.equals(END)) {
                    server.kill();
                    throw new IOException("a node "
                            + (line == null ? "did not listen within " + TO_START_SECONDS + " s" : "ended at its start")
                            + "; look into " + log);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return server;
    }

    /** What happens there is of no interest here, only what it answers. */
    private void read(BlockingQueue<String> listening) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith(EVENT)) {
                    answers.add(line);
                } else if (line.startsWith(EVENT + "\"listening\"")) {
                    listening.add(line);
                }
            }
        } catch (IOException e) {
            // It was killed.
        }
        listening.add(END);
        answers.add(END);
    }

    /** What it answers, however long that takes: it may stand still. */
    synchronized String ask(String line) throws IOException {
        process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        try {
            String answer = answers.take();
            if (answer.equals(END)) {
                answers.add(END);
                throw new IOException("it is gone");
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Without a word, in the middle of whatever it does. */
    void kill() throws InterruptedException {
        killed = true;
        process.destroyForcibly().waitFor();
    }

    /** It has what was put there, and will have it. */
    boolean lives() {
        return !killed && process.isAlive();
    }

    /** Nobody killed it, and yet it is gone. */
    boolean diedByItself() {
        return !killed && !process.isAlive();
    }

    void stop() throws IOException {
        signal("STOP");
    }

    void goOn() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        Shell.run("kill -" + name + " " + process.pid());
    }

    /** From now on it may have so many descriptors; what it has it keeps. */
    void limitDescriptors(int limit) throws IOException {
        Shell.run("prlimit --pid " + process.pid() + " --nofile=" + limit + ":");
    }

    int descriptors() throws IOException {
        return count("fd");
    }

    int threads() throws IOException {
        return count("task");
    }

    private int count(String what) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(process.pid()), what))) {
            return (int) entries.count();
        }
    }

    /** A number that it answered under that name. */
    static long number(String answer, String name) {
        int at = answer.indexOf('"' + name + "\":");
        if (at < 0) {
            throw new IllegalArgumentException("no " + name + " in " + answer);
        }
        int from = at + name.length() + 3;
        int to = from;
        while (to < answer.length() && Character.isDigit(answer.charAt(to))) {
            to++;
        }
        return Long.parseLong(answer.substring(from, to));
    }

    /** The content that it answered, or null if there was none. */
    static String content(String answer) {
        String name = "\"content\":\"";
        int at = answer.indexOf(name);
        return at < 0 ? null : answer.substring(at + name.length(), answer.indexOf('"', at + name.length()));
    }
}
