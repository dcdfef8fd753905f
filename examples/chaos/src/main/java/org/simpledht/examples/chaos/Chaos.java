package org.simpledht.examples.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Has nodes in processes and network namespaces of their own live through all that can go wrong, and says of each promise whether
 * it was kept. Arguments: {@link Options#FORM}. Exit codes: 0 if all were kept, 1 if not, 2 if it cannot be tried here.
 */
public final class Chaos {

    private static final int HEAP_MEGABYTES = 128;
    private static final String INSIDE = "--inside";
    private static final List<String> UNSHARE =
            List.of("unshare", "--user", "--map-root-user", "--net", "--pid", "--fork", "--kill-child", "--mount-proc");

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
            String missing = missing(options);
            if (!missing.isEmpty()) {
                System.err.println("chaos: " + missing);
                System.exit(2);
            }
            System.exit(enter(options));
        } catch (IllegalArgumentException e) {
            System.err.println("chaos: " + e.getMessage());
            System.exit(2);
        }
    }

    /** What this machine has not that is needed, and what would be right; or nothing. */
    private static String missing(Options options) throws IOException {
        if (!Files.exists(options.jar())) {
            return "there is no " + options.jar() + "; make it with mvn package, or start with examples/run chaos";
        }
        for (String tool : List.of("unshare", "nsenter", "prlimit", "ip", "kill")) {
            if (!has(tool)) {
                return "there is no " + tool + "; it needs Linux with util-linux, iproute2 and procps";
            }
        }
        if (attempt("true").exit() != 0) {
            return "this user may not make namespaces: \"" + String.join(" ", UNSHARE) + " true\" says "
                    + attempt("true").output()
                    + "; the kernel has to allow them to users (sysctl kernel.unprivileged_userns_clone=1,"
                    + " user.max_user_namespaces and user.max_net_namespaces above 20,"
                    + " kernel.apparmor_restrict_unprivileged_userns=0),"
                    + " and a container has to allow unshare and to mount /proc; or run it as root";
        }
        for (String type : List.of("veth", "bridge")) {
            Shell.Result made = attempt("ip", "link", "add", "probe", "type", type);
            if (made.exit() != 0) {
                return "the kernel makes no device of type " + type + " here: " + made.output()
                        + "; load its module (modprobe " + type + ")";
            }
        }
        return "";
    }

    private static boolean has(String tool) {
        try {
            return Shell.attempt(List.of(tool, "--version")).exit() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Shell.Result attempt(String... command) throws IOException {
        List<String> words = new ArrayList<>(UNSHARE);
        words.addAll(List.of(command));
        return Shell.attempt(words);
    }

    /** Runs the rest as root of namespaces of its own; all processes in there end with it, however it ends. */
    private static int enter(Options options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(UNSHARE);
        List<String> arguments = new ArrayList<>(List.of(INSIDE));
        arguments.addAll(options.arguments());
        command.addAll(Jvm.ours(HEAP_MEGABYTES, Chaos.class, arguments));
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
