package org.simpledht.examples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.testing.SimulatedNetwork;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** Nodes that all know each other: each has all others as its seeds. */
final class Mesh {

    private static final Duration STEP = Duration.ofMillis(10);

    private final SimulatedNetwork network;
    private final List<Dht> nodes = new ArrayList<>();
    private final int size;
    private int suspect;

    Mesh(SimulatedNetwork network, int size) {
        this.network = network;
        this.size = size;
        for (int i = 0; i < size; i++) {
            nodes.add(start(i));
        }
    }

    private Dht start(int number) {
        String[] others = IntStream.range(1, size)
                .mapToObj(distance -> name((number + distance) % size) + ":4000")
                .toArray(String[]::new);
        DhtConfig config = DhtConfig.builder().seeds(others).build();
        return Dht.start(config, network.host(name(number)));
    }

    static String name(int number) {
        return "n" + number;
    }

    Dht node(int number) {
        return nodes.get(number);
    }

    List<Dht> nodes() {
        return nodes;
    }

    /** It crashes, and comes back at once with nothing. */
    void restart(int number) {
        network.crash(name(number));
        nodes.set(number, start(number));
    }

    /** Whether all hold the same. */
    boolean agrees() {
        Map<Hash, Content> first = node(0).entries();
        for (int i = 0; i < size; i++) {
            // Who was the last to differ is asked first.
            int number = (suspect + i) % size;
            if (!node(number).entries().equals(first)) {
                suspect = number;
                return false;
            }
        }
        return true;
    }

    /** Seconds until that holds, to a hundredth. */
    static double secondsUntil(SimulatedNetwork network, BooleanSupplier done, Duration limit) {
        return secondsUntil(network, done, STEP, limit);
    }

    /** Seconds until that holds, looked at in such steps. */
    static double secondsUntil(SimulatedNetwork network, BooleanSupplier done, Duration step, Duration limit) {
        Duration begun = network.elapsed();
        while (!done.getAsBoolean()) {
            if (network.elapsed().minus(begun).compareTo(limit) >= 0) {
                return Samples.NEVER;
            }
            network.advance(step);
        }
        return network.elapsed().minus(begun).toMillis() / 1_000.0;
    }
}
