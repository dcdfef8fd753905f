package org.simpledht.examples.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A network namespace, which lives as long as the process that was started in it does nothing. */
final class Namespace implements AutoCloseable {

    /** Reads what nobody writes, so that it ends when we do, however we end. */
    private final Process holder;

    Namespace() throws IOException {
        holder = new ProcessBuilder("unshare", "--net", "sh", "-c", "echo made; exec cat").start();
        // Only then it is in its namespace, and no more in ours.
        if (holder.getInputStream().read() != 'm') {
            throw new IOException("unshare --net failed: "
                    + new String(holder.getErrorStream().readAllBytes()).strip());
        }
        run("ip link set dev lo up");
    }

    /** The command that runs another one in here, as the same process. */
    List<String> inside(List<String> command) {
        List<String> words = new ArrayList<>(List.of("nsenter", "--net=/proc/" + holder.pid() + "/ns/net", "--"));
        words.addAll(command);
        return words;
    }

    String run(String command) throws IOException {
        return Shell.run(inside(List.of(command.split(" "))));
    }

    /** Moves one end of a pair in here. */
    void take(String device) throws IOException {
        Shell.run("ip link set dev " + device + " netns " + holder.pid());
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
