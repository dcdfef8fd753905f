package org.simpledht.examples.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts a small Java of the kind that runs here. */
final class Jvm {

    private Jvm() {}

    /** It keeps no file under its process id: in another namespace, another process has the same one. */
    private static List<String> command(int heapMegabytes, List<String> rest) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData"));
        command.addAll(rest);
        return command;
    }

    /** One of these programs. */
    static List<String> ours(int heapMegabytes, Class<?> main, List<String> arguments) {
        List<String> rest = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        rest.addAll(arguments);
        return command(heapMegabytes, rest);
    }

    /** The command line's server. */
    static List<String> server(int heapMegabytes, Path jar, List<String> arguments) {
        List<String> rest = new ArrayList<>(List.of("-jar", jar.toString(), "server"));
        rest.addAll(arguments);
        return command(heapMegabytes, rest);
    }
}
