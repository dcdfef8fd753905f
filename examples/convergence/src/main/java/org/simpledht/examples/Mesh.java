package org.simpledht.examples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.testing.SimulatedNetwork;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** Nodes that all know each other. Each has two others as its seeds, so that one that is away is missed by nobody. */
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
        DhtConfig config = DhtConfig.builder()
                .seeds(name((number + 1) % size) + ":4000", name((number + 2) % size) + ":4000")
                .build();
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
        Duration begun = network.elapsed();
        while (!done.getAsBoolean()) {
            if (network.elapsed().minus(begun).compareTo(limit) >= 0) {
                return Samples.NEVER;
            }
            network.advance(STEP);
        }
        return network.elapsed().minus(begun).toMillis() / 1_000.0;
    }
}
