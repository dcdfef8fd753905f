package org.simpledht.examples.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What to do.
 *
 * @param transports {@code udp}, {@code tcp}, or {@code mixed}: a third speaks UDP alone, a third TCP alone, and a third both
 * @param keyed whether they have a cluster key
 */
record Options(long seed, int seconds, int nodes, String transports, boolean keyed, boolean relays) {

    static final String FORM = "chaos [--seed=<number>] [--seconds=180] [--nodes=6] [--transports=mixed|udp|tcp]"
            + " [--keys=yes|no] [--relays]";

    private static final int LEAST_NODES = 4;
    private static final int MOST_NODES = 20;

    /** Whether there is a key is drawn unless it is said: without one nothing that is damaged may arrive, as no checksum lets it. */
    static Options parse(String[] args) {
        long seed = System.nanoTime() & 0xffff;
        int seconds = 180;
        int nodes = 6;
        String transports = "mixed";
        String keys = "";
        boolean relays = false;
        for (String arg : args) {
            String value = arg.substring(arg.indexOf('=') + 1);
            switch (arg.substring(0, arg.length() - value.length())) {
                case "--seed=" -> seed = Long.parseLong(value);
                case "--seconds=" -> seconds = Integer.parseInt(value);
                case "--nodes=" -> nodes = Math.max(LEAST_NODES, Math.min(MOST_NODES, Integer.parseInt(value)));
                case "--transports=" -> transports = value;
                case "--keys=" -> keys = value;
                default -> {
                    if (!arg.equals("--relays")) {
                        throw new IllegalArgumentException("what is " + arg + "? write " + FORM);
                    }
                    relays = true;
                }
            }
        }
        if (!List.of("mixed", "udp", "tcp").contains(transports)) {
            throw new IllegalArgumentException("no such transports: " + transports + "; write " + FORM);
        }
        boolean keyed = keys.isEmpty() ? new Random(seed).nextInt(4) > 0 : keys.equals("yes");
        return new Options(seed, seconds, nodes, transports, keyed, relays);
    }

    /** The arguments that say the same. */
    List<String> arguments() {
        List<String> said = List.of(
                "--seed=" + seed,
                "--seconds=" + seconds,
                "--nodes=" + nodes,
                "--transports=" + transports,
                "--keys=" + (keyed ? "yes" : "no"));
        return relays ? Stream.concat(said.stream(), Stream.of("--relays")).toList() : said;
    }

    List<String> schemes(int node) {
        if (!transports.equals("mixed")) {
            return List.of(transports);
        }
        return switch (node % 3) {
            case 0 -> List.of("udp", "tcp");
            case 1 -> List.of("udp");
            default -> List.of("tcp");
        };
    }

    /** The command line's, beside the examples. */
    Path jar() {
        Path ours = Path.of(System.getProperty("java.class.path").split(":")[0]).toAbsolutePath();
        return ours.getParent()
                .resolve("../../../dht-cli/target/simple_dht.jar")
                .normalize();
    }
}
