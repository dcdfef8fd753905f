package org.simpledht.examples.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The way into namespaces of our own, in which we are root. */
final class Entrance {

    /** There is none here: what is missing, and what would be right. */
    static final class MissingException extends Exception {
        private static final long serialVersionUID = 1;

        private MissingException(String what) {
            super(what);
        }
    }

    /** With processes of their own, so that all end with the first one. */
    private static final List<String> PROCESSES = List.of("--net", "--pid", "--fork", "--kill-child", "--mount-proc");

    private final List<String> unshare;

    private Entrance(List<String> unshare) {
        this.unshare = unshare;
    }

    /** One that opens here, as any user or else as root. */
    static Entrance find(Path jar) throws IOException, MissingException {
        if (!Files.exists(jar)) {
            throw new MissingException(
                    "there is no " + jar + "; make it with mvn package, or start with examples/run chaos");
        }
        for (String tool : List.of("unshare", "nsenter", "prlimit", "kill", "ip", "sh", "cat")) {
            if (!isThere(tool)) {
                throw new MissingException("there is no " + tool + "; it needs Linux with util-linux and iproute2");
            }
        }
        Entrance any = new Entrance(command("--user", "--map-root-user"));
        Entrance root = new Entrance(command());
        Entrance entrance = any.attempt("true").exit() == 0 ? any : root;
        if (entrance == root && root.attempt("true").exit() != 0) {
            throw new MissingException("namespaces cannot be made here: \"" + String.join(" ", any.unshare)
                    + " true\" says: " + any.attempt("true").output() + ". The kernel has to allow them to users"
                    + " (sysctl user.max_user_namespaces and user.max_net_namespaces above 20,"
                    + " kernel.unprivileged_userns_clone=1 and kernel.apparmor_restrict_unprivileged_userns=0 where"
                    + " there are such), and a container has to allow unshare and to mount /proc; or run it as root");
        }
        for (String type : List.of("veth", "bridge")) {
            Shell.Result made = entrance.attempt("ip", "link", "add", "probe", "type", type);
            if (made.exit() != 0) {
                throw new MissingException("the kernel makes no device of type " + type + " here: " + made.output()
                        + "; load its module as root: modprobe " + type);
            }
        }
        return entrance;
    }

    private static List<String> command(String... options) {
        List<String> words = new ArrayList<>(List.of("unshare"));
        words.addAll(List.of(options));
        words.addAll(PROCESSES);
        return words;
    }

    private static boolean isThere(String tool) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(directory, tool))) {
                return true;
            }
        }
        return false;
    }

    private Shell.Result attempt(String... command) throws IOException {
        return Shell.attempt(inside(List.of(command)));
    }

    /** The command that runs another one in there. */
    List<String> inside(List<String> command) {
        List<String> words = new ArrayList<>(unshare);
        words.addAll(command);
        return words;
    }
}
