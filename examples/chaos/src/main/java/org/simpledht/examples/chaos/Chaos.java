package org.simpledht.examples.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Has nodes in processes and network namespaces of their own live through all that can go wrong, and says of each promise whether
 * it was kept. Arguments: {@link Options#FORM}. Exit codes: 0 if all were kept, 1 if not, 2 if it cannot be tried here.
 */
public final class Chaos {

    private static final int HEAP_MEGABYTES = 128;
    private static final String INSIDE = "--inside";

    private Chaos() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        boolean inside = args.length > 0 && args[0].equals(INSIDE);
        try {
            Options options =
                    Options.parse(inside ? List.of(args).subList(1, args.length).toArray(String[]::new) : args);
            if (inside) {
                endWithCaller();
                System.exit(Trial.run(options) ? 0 : 1);
            }
            System.exit(enter(Entrance.find(options.jar()), options));
        } catch (IllegalArgumentException | Entrance.MissingException e) {
            System.err.println("chaos: " + e.getMessage());
            System.exit(2);
        }
    }

    /** Runs the rest as root of namespaces of its own; all processes in there end with it, however it ends. */
    private static int enter(Entrance entrance, Options options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(INSIDE));
        arguments.addAll(options.arguments());
        List<String> command = entrance.inside(Jvm.ours(HEAP_MEGABYTES, Chaos.class, arguments));
        // What it reads ends with us, and so it does.
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return process.waitFor();
    }

    /** Ends with whoever started this; the namespace's other processes end with its first one, which this is. */
    private static void endWithCaller() {
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nobody says anything.
                }
            } catch (IOException e) {
                // As good as the end.
            }
            Runtime.getRuntime().halt(1);
        });
        watch.setDaemon(true);
        watch.start();
    }
}
