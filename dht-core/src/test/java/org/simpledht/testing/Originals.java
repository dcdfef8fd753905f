package org.simpledht.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.Message;
import org.simpledht.testkit.OriginalNode;
import org.simpledht.testkit.OriginalWire;
import org.simpledht.types.NetAddress;

/**
 * Originals that good nodes know, and to whom nobody else speaks: whatever hostile peers say, good nodes must not kill them, nor be made
 * to flood them. Who can send to an original can kill it himself, so hostile peers leave them alone here.
 *
 * <p>One thing hostile peers can have good nodes do, and what is asked for is weaker by that alone. Who speaks in an original's name
 * to several nodes at once has each of them answer; each spares it, and all together may kill it. So where that happens each node is
 * held to what it owes by itself, and the original may die.
 */
final class Originals {

    private static final int LAST_SHOWN = 6;

    private record One(String name, SimulatedOriginal original, SimulatedHost host) {}

    private final SimulatedNetwork network;
    private final SplittableRandom dice;
    private final boolean areForged;
    private final Map<NetAddress, One> all = new LinkedHashMap<>();
    private final Map<Ours, Map<NetAddress, Care>> cares = new LinkedHashMap<>();
    private final Deque<String> lastHeavy = new ArrayDeque<>();

    /**
     * @param areForged whether somebody speaks in their names
     */
    Originals(SimulatedNetwork network, SplittableRandom dice, boolean areForged) {
        this.areForged = areForged;
        this.network = network;
        this.dice = dice;
    }

    void moveIn(Homes homes, int count) {
        for (int i = 0; i < count; i++) {
            String name = "original" + i;
            NetAddress address = homes.ofOriginal(name, i);
            OriginalNode.Family family = address.isV6() ? OriginalNode.Family.DUAL : OriginalNode.Family.V4_ONLY;
            SimulatedOriginal original = new SimulatedOriginal(dice.split(), family);
            all.put(network.attach(name, original), new One(name, original, network.host(name)));
        }
    }

    List<NetAddress> addresses() {
        return List.copyOf(all.keySet());
    }

    /** A good node has started. The first one is told of each original whenever it does, the others of every other one. */
    void meet(Ours node) {
        cares.put(node, new LinkedHashMap<>());
        for (One one : all.values()) {
            if (node.name().equals(Ours.name(0)) || dice.nextBoolean()) {
                node.dht().discover(one.name + ":4000");
            }
        }
    }

    private Care care(Ours of, NetAddress original) {
        return cares.get(of).computeIfAbsent(original, o -> new Care(of.name() + " to " + o, network.elapsed()));
    }

    /** A good node says something, perhaps to an original. */
    void sent(Ours by, Flight flight, Frame frame) {
        if (!all.containsKey(flight.to)) {
            return;
        }
        String invalid = OriginalWire.read(flight.frame, Wiretap.NOTHING);
        if (invalid != null) {
            throw new AssertionError(by.name() + " sends what no original can read: " + invalid);
        }
        if (frame.carrier() instanceof Message.Put || frame.carrier() instanceof Message.Discover) {
            lastHeavy.add(by.name() + " at " + network.elapsed() + " "
                    + frame.carrier().getClass().getSimpleName());
            if (lastHeavy.size() > LAST_SHOWN) {
                lastHeavy.remove();
            }
        }
        care(by, flight.to).sent(flight.to, frame, network.elapsed());
    }

    boolean isOne(NetAddress address) {
        return all.containsKey(address);
    }

    /** A good node reads what an original says, or seems to say. */
    void read(Ours by, NetAddress original, Frame frame) {
        care(by, original).read(frame);
    }

    /** Whether an original says something, and nobody in its name. */
    boolean isOf(Flight flight) {
        One one = all.get(flight.from);
        return one != null && one.host == flight.sender;
    }

    /** What kills an original while nobody means any harm is not looked for here: those that are dead by now are left out. */
    void begin() {
        all.values().removeIf(one -> one.original.node().isDead());
    }

    /**
     * @throws AssertionError if one has died
     */
    void look() {
        List<String> dead = new ArrayList<>();
        all.forEach((address, one) -> {
            if (one.original.node().isDead()) {
                dead.add(one.name + " " + one.original.node().causeOfDeath());
            }
        });
        if (!dead.isEmpty() && !areForged) {
            throw new AssertionError(dead + " after " + lastHeavy);
        }
    }
}
