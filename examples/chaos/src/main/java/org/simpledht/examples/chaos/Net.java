package org.simpledht.examples.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes in namespaces of their own, joined by pairs and a bridge. A second bridge has those who are parted from the others. With
 * relays there is a namespace between each node and the bridge, which has the addresses of all other nodes: the node speaks to a
 * relay there, and sees no difference.
 */
final class Net implements AutoCloseable {

    private final List<Namespace> nodes = new ArrayList<>();
    private final List<Namespace> gates = new ArrayList<>();

    Net(int count, boolean withRelays) throws IOException {
        Shell.run("ip link set dev lo up");
        for (String bridge : List.of("br0", "br1")) {
            Shell.run("ip link add " + bridge + " type bridge");
            Shell.run("ip link set dev " + bridge + " up");
        }
        for (int node = 1; node <= count; node++) {
            Namespace inside = new Namespace();
            nodes.add(inside);
            if (withRelays) {
                gates.add(gate(node, count, inside));
            } else {
                join(node, "n", inside);
            }
            giveAddress(node);
        }
    }

    /** The node's device, in its namespace. */
    static String inner(int node) {
        return "n" + node;
    }

    /** The port of the bridge that leads to it. */
    static String outer(int node) {
        return "b" + node;
    }

    Namespace node(int node) {
        return nodes.get(node - 1);
    }

    Namespace gate(int node) {
        return gates.get(node - 1);
    }

    private static void join(int node, String prefix, Namespace inside) throws IOException {
        Shell.run("ip link add dev " + outer(node) + " type veth peer name " + prefix + node);
        inside.take(prefix + node);
        Shell.run("ip link set dev " + outer(node) + " master br0 up");
    }

    private static Namespace gate(int node, int count, Namespace inside) throws IOException {
        Namespace gate = new Namespace();
        join(node, "g", gate);
        gate.run("ip addr add " + Addresses.ofRelay(node) + "/24 dev g" + node);
        gate.run("ip link set dev g" + node + " up");
        Shell.run("ip link add dev x" + node + " type veth peer name " + inner(node));
        gate.take("x" + node);
        inside.take(inner(node));
        gate.run("ip link set dev x" + node + " up");
        for (int other = 1; other <= count; other++) {
            if (other != node) {
                gate.run("ip addr add " + Addresses.ofNode(other) + "/32 dev x" + node);
            }
        }
        gate.run("ip route add " + Addresses.ofNode(node) + "/32 dev x" + node);
        return gate;
    }

    void giveAddress(int node) throws IOException {
        node(node).run("ip addr add " + Addresses.ofNode(node) + "/24 dev " + inner(node));
        node(node).run("ip link set dev " + inner(node) + " up");
    }

    /** The route of its network goes with it. */
    void takeAddress(int node) throws IOException {
        node(node).run("ip addr del " + Addresses.ofNode(node) + "/24 dev " + inner(node));
    }

    void setUp(int node, boolean up) throws IOException {
        Shell.run("ip link set dev " + outer(node) + (up ? " up" : " down"));
    }

    /** Apart from all that are not. */
    void part(int node, boolean apart) throws IOException {
        Shell.run("ip link set dev " + outer(node) + " master " + (apart ? "br1" : "br0"));
    }

    @Override
    public void close() {
        nodes.forEach(Namespace::close);
        gates.forEach(Namespace::close);
    }
}
