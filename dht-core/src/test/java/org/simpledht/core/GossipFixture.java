package org.simpledht.core;

import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Meta;

/** A node with two neighbours, one that says something and one that hears what becomes of it. */
abstract class GossipFixture {

    final NodeFixture node = new NodeFixture();
    final Far alice = node.udp("alice");
    final Far bob = node.udp("bob");
    final Meta version = node.written(KEY, HELLO);

    @BeforeEach
    final void meet() {
        alice.greets();
        bob.greets();
        node.out();
    }

    /** Neighbours n0, n1 … that want to be told instead of pushed to. */
    final List<Far> lazy(int count) {
        List<Far> lazy =
                IntStream.range(0, count).mapToObj(i -> node.udp("n" + i)).toList();
        lazy.forEach(each -> each.tells(KEEP_ALIVE, ExtensionRecord.PRUNE));
        return lazy;
    }
}
