package org.simpledht.examples.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** In place of netem: a {@link Relay} between each node and the bridge. */
final class Relays implements Weather {

    private static final int HEAP_MEGABYTES = 64;

    private final List<Process> processes = new ArrayList<>();

    /**
     * @param damages whether a damaged packet arrives; else it counts as lost, as the checksum would have it
     */
    Relays(Net net, int count, long seed, boolean damages, Path folder) throws IOException {
        for (int node = 1; node <= count; node++) {
            List<String> command = Jvm.ours(
                    HEAP_MEGABYTES,
                    Relay.class,
                    List.of(
                            Integer.toString(node),
                            Integer.toString(count),
                            Long.toString(seed + node),
                            Boolean.toString(damages)));
            processes.add(new ProcessBuilder(net.gate(node).inside(command))
                    .redirectError(folder.resolve("relay-" + node + ".log").toFile())
                    .start());
        }
        for (Process process : processes) {
            if (process.getInputStream().read() != 'r') {
                throw new IOException("a relay did not start; look into " + folder);
            }
        }
    }

    @Override
    public String name() {
        return "relays in the path, as there is no netem";
    }

    @Override
    public void set(int node, Conditions out, Conditions in) throws IOException {
        Process process = processes.get(node - 1);
        String lines = "out " + out.line() + "\nin " + in.line() + '\n';
        process.getOutputStream().write(lines.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
