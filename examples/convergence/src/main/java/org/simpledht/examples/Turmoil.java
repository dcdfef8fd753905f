package org.simpledht.examples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.simpledht.Dht;
import org.simpledht.testing.SimulatedNetwork;
import org.simpledht.testing.SimulatedOriginal;
import org.simpledht.testkit.OriginalNode;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * Some 35 seconds in which a network falls apart in halves, three nodes lose all they have, and everybody writes. Then it
 * heals, and the question is how long it takes until all hold the same.
 */
final class Turmoil {

    private static final int WRITES = 400;
    static final int KEYS = 100;
    private static final int VALUE_BYTES = 100;
    private static final long GAP_MILLIS = 175;
    private static final int CUT_AT = 57;
    private static final Set<Integer> RESTARTS_AT = Set.of(100, 200, 300);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final SimulatedNetwork network;
    private final SplittableRandom dice;
    private final int keys;
    private final Mesh mesh;
    private final List<SimulatedOriginal> originals = new ArrayList<>();

    Turmoil(long seed, int nodes, int originals, int keys, double loss) {
        this.keys = keys;
        network = SimulatedNetwork.ofSeed(seed).loss(loss).delay(Duration.ofMillis(5), Duration.ofMillis(50));
        dice = new SplittableRandom(seed);
        mesh = new Mesh(network, nodes);
        for (int i = 0; i < originals; i++) {
            SimulatedOriginal original = new SimulatedOriginal(dice.split());
            this.originals.add(original);
            network.attach(original(i), original);
            mesh.node(i * nodes / originals).discover(original(i) + ":4000");
        }
    }

    private static String original(int number) {
        return "original" + number;
    }

    /**
     * What came out, in seconds after the heal.
     *
     * @param agreed when all nodes held the same
     * @param heldByOriginals how much of that, in percent, the originals that live hold a minute after the heal
     * @param originalsAgreed when they held all of it, for the first time
     */
    record Outcome(double agreed, double heldByOriginals, double originalsAgreed, int deadOriginals) {}

    Outcome run() {
        network.advance(Duration.ofSeconds(10));
        Duration cutAt = null;
        for (int i = 0; i < WRITES; i++) {
            if (i == CUT_AT) {
                cutAt = network.elapsed();
                network.partition(half());
            }
            if (RESTARTS_AT.contains(i)) {
                mesh.restart(dice.nextInt(mesh.nodes().size()));
            }
            write(i);
            network.advance(Duration.ofMillis(dice.nextLong(GAP_MILLIS)));
        }
        Duration left = cutAt.plusSeconds(30).minus(network.elapsed());
        network.advance(left.isNegative() ? Duration.ZERO : left);
        network.heal();

        Duration healed = network.elapsed();
        double agreed = Mesh.secondsUntil(network, mesh::agrees, LIMIT);
        if (originals.isEmpty()) {
            return new Outcome(agreed, 0, 0, 0);
        }
        double originalsAgreed = agreed + Mesh.secondsUntil(network, () -> percentHeld() == 100, MINUTE);
        Duration rest = healed.plus(MINUTE).minus(network.elapsed());
        network.advance(rest.isNegative() ? Duration.ZERO : rest);
        int dead = (int)
                originals.stream().filter(original -> original.node().isDead()).count();
        return new Outcome(agreed, percentHeld(), originalsAgreed, dead);
    }

    private Set<String> half() {
        Set<String> side = new HashSet<>();
        for (int i = 0; i < mesh.nodes().size(); i += 2) {
            side.add(Mesh.name(i));
        }
        for (int i = 0; i < originals.size(); i += 2) {
            side.add(original(i));
        }
        return side;
    }

    private void write(int number) {
        Dht writer = mesh.node(dice.nextInt(mesh.nodes().size()));
        Hash key = new Hash(dice.nextInt(keys));
        if (dice.nextInt(8) == 0) {
            writer.remove(key);
        } else {
            byte[] value = new byte[VALUE_BYTES];
            dice.nextBytes(value);
            writer.put(key, Content.of(value));
        }
    }

    /** How much of what one of ours holds the originals that live hold in the mean. */
    private double percentHeld() {
        Map<Hash, Content> visible = mesh.node(0).entries();
        return originals.stream()
                .filter(original -> !original.node().isDead())
                .mapToDouble(original -> 100.0 * held(original.node(), visible) / visible.size())
                .average()
                .orElse(0);
    }

    private static long held(OriginalNode original, Map<Hash, Content> contents) {
        return contents.entrySet().stream()
                .filter(entry -> original.content(entry.getKey().bits())
                        .filter(entry.getValue()::equals)
                        .isPresent())
                .count();
    }
}
