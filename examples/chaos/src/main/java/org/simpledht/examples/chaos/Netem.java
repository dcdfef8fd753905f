package org.simpledht.examples.chaos;

import java.io.IOException;
import java.util.List;

/** The kernel's own: both ends of a node's link each rule what they send. */
final class Netem implements Weather {

    private final Net net;

    Netem(Net net) {
        this.net = net;
    }

    /** Whether this kernel has it. Some have no module for it. */
    static boolean isThere() throws IOException {
        Shell.run("ip link add dev probe type veth peer name eborp");
        boolean there = Shell.attempt(List.of("tc qdisc add dev probe root netem loss 1%".split(" ")))
                        .exit()
                == 0;
        Shell.run("ip link del dev probe");
        return there;
    }

    @Override
    public String name() {
        return "netem";
    }

    @Override
    public void set(int node, Conditions out, Conditions in) throws IOException {
        net.node(node).run("tc qdisc replace dev " + Net.inner(node) + " root " + out.netem());
        Shell.run("tc qdisc replace dev " + Net.outer(node) + " root " + in.netem());
    }

    @Override
    public void close() {}
}
