import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Does what a page shows, so that the page cannot rot. Each fenced block is of a language, and each language has its meaning:
 *
 * <ul>
 *   <li>{@code sh}: a script; it must succeed. What is named on the command line was run already, and is left out.
 *   <li>{@code console}: a transcript. Each line that begins with {@code $} is a command, and what follows is what it prints: to
 *       standard output, else to standard error. {@code …} stands for anything, be it several lines. A server is started, and ended with the page.
 *   <li>{@code java}: a program, if it has a main method: it is put into a file of its class's name for the commands to come.
 *       Otherwise an excerpt, which must stand in some source file word for word.
 *   <li>{@code properties}: a configuration, which must be accepted.
 *   <li>{@code xml}: dependencies, which must be those that the poms build.
 * </ul>
 *
 * Run from the root of a built project: {@code java .ci/ReadmeBlocks.java README.md "mvn -B verify"}.
 */
final class ReadmeBlocks {

    private static final long COMMAND_SECONDS = 300;
    private static final long SERVER_SECONDS = 60;
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern PROGRAM = Pattern.compile("\\bclass (\\w+) \\{\\s+public static void main\\(");
    private static final Pattern SERVER = Pattern.compile("\\bsimple_dht server\\b");
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<groupId>(.*?)</groupId>\\s*<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>");

    private final List<String> alreadyRun;
    private final Deque<Process> servers = new ArrayDeque<>();
    private final List<Path> leftovers = new ArrayList<>();

    private ReadmeBlocks(List<String> alreadyRun) {
        this.alreadyRun = alreadyRun;
    }

    /** First the page, then scripts that were run already. */
    public static void main(String[] args) throws Exception {
        ReadmeBlocks blocks = new ReadmeBlocks(List.of(args).subList(1, args.length));
        try {
            blocks.run(Files.readString(Path.of(args[0])));
        } finally {
            blocks.cleanUp();
        }
    }

    private void run(String page) throws Exception {
        Matcher fence = FENCE.matcher(page);
        int count = 0;
        while (fence.find()) {
            String block = fence.group(2);
            switch (fence.group(1)) {
                case "sh" -> script(block);
                case "console" -> transcript(block);
                case "java" -> java(block);
                case "properties" -> properties(block);
                case "xml" -> dependencies(block);
                default -> throw new Failure("a block of no known language: " + fence.group());
            }
            count++;
        }
        System.out.println("README: all " + count + " blocks do what they show");
    }

    private void script(String block) throws Exception {
        if (!alreadyRun.contains(block.strip())) {
            System.out.println("README: " + block.strip());
            Result result = command(block);
            if (result.exitCode != 0) {
                throw new Failure("exit code " + result.exitCode + "\n" + result.out + result.err);
            }
        }
    }

    private void transcript(String block) throws Exception {
        String command = null;
        StringBuilder expected = new StringBuilder();
        for (String line : (block + "$ ").split("\n")) {
            if (!line.startsWith("$ ")) {
                expected.append(line).append('\n');
                continue;
            }
            if (command != null) {
                replay(command, expected.toString());
            }
            command = line.substring(2);
            expected.setLength(0);
        }
    }

    private void replay(String command, String expected) throws Exception {
        System.out.println("README: " + command);
        Pattern wanted = Pattern.compile(
                Stream.of(expected.strip().split("…", -1)).map(Pattern::quote).reduce((a, b) -> a + ".*" + b).orElseThrow(),
                Pattern.DOTALL);
        if (SERVER.matcher(command).find()) {
            serve(command, wanted);
            return;
        }
        Result result = command(command);
        String shown = result.out.isBlank() ? result.err : result.out;
        if (!wanted.matcher(shown.strip()).matches()) {
            throw new Failure(command + "\nshould print\n" + expected + "but printed, with exit code " + result.exitCode
                    + ",\n" + result.out + result.err);
        }
    }

    private void serve(String command, Pattern wanted) throws Exception {
        Path out = temporary();
        Path err = temporary();
        servers.push(start("exec " + command, out, err));
        for (long waited = 0; !wanted.matcher(Files.readString(out).strip()).matches(); waited++) {
            if (waited > SERVER_SECONDS * 10 || !servers.peek().isAlive()) {
                throw new Failure(command + "\nprinted\n" + Files.readString(out) + Files.readString(err));
            }
            Thread.sleep(100);
        }
    }

    private void java(String block) throws IOException {
        Matcher program = PROGRAM.matcher(block);
        if (program.find()) {
            Path file = Path.of(program.group(1) + ".java");
            leftovers.add(file);
            Files.writeString(file, block);
            return;
        }
        try (Stream<Path> files = Files.walk(Path.of(""))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).contains(block)) {
                    System.out.println("README: quotes " + file);
                    return;
                }
            }
        }
        throw new Failure("no source file has this excerpt:\n" + block);
    }

    private void properties(String block) throws Exception {
        Path file = temporary();
        Files.writeString(file, block);
        Path program = Path.of("LoadProperties.java");
        leftovers.add(program);
        Files.writeString(program, """
                class LoadProperties {
                    public static void main(String[] args) {
                        System.out.println(org.simpledht.DhtConfig.fromFile(java.nio.file.Path.of(args[0])).build());
                    }
                }
                """);
        script("java -cp dht-cli/target/simple_dht.jar " + program + " " + file);
    }

    private static void dependencies(String block) throws IOException {
        Matcher dependency = DEPENDENCY.matcher(block);
        int count = 0;
        while (dependency.find()) {
            String pom = Files.readString(Path.of(dependency.group(2), "pom.xml"));
            if (!pom.contains("<groupId>" + dependency.group(1) + "</groupId>")
                    || !pom.contains("<version>" + dependency.group(3) + "</version>")) {
                throw new Failure("this project does not build " + dependency.group());
            }
            count++;
        }
        if (count == 0) {
            throw new Failure("no dependency in\n" + block);
        }
    }

    private record Result(int exitCode, String out, String err) {}

    private Result command(String script) throws Exception {
        Path out = temporary();
        Path err = temporary();
        Process process = start("set -euo pipefail\n" + script, out, err);
        if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
            end(process);
            throw new Failure("not done after " + COMMAND_SECONDS + " s: " + script);
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static Process start(String script, Path out, Path err) throws IOException {
        return new ProcessBuilder("bash", "-c", script)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }

    private Path temporary() throws IOException {
        Path file = Files.createTempFile("readme", ".txt");
        leftovers.add(file);
        return file;
    }

    private void cleanUp() throws Exception {
        for (Process server : servers) {
            end(server);
        }
        for (Path file : leftovers) {
            Files.deleteIfExists(file);
        }
    }

    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        children.forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            children.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The page shows what is not so. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message);
        }
    }
}
