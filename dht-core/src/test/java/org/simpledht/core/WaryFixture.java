package org.simpledht.core;

import java.util.List;

/** A node that trusts no network, so that whoever speaks to it has to show that it receives, too. */
abstract class WaryFixture {

    static final long THEIR_COOKIE = 0xc0ffee;

    final NodeFixture node = new NodeFixture(wary());
    final Far alice = node.udp("alice");

    static NodeSettings wary() {
        return NodeFixture.settings(NodeFixture.gate(List.of()), 0, NodeFixture.WIDE);
    }

    /** It meets us as one of ours does. */
    final Far meets(Far far) {
        far.says(THEIR_COOKIE);
        far.greets();
        far.showsCookie();
        far.greets();
        far.greets();
        node.out();
        return far;
    }
}
