package org.simpledht.examples.endurance;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.simpledht.testing.SimulatedNetwork;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * Writes at nodes that are there: at each step a fresh hash, another content of a lasting one, and a content with a ttl; and it removes
 * the oldest of the fresh. So after two hours as many are alive at each step, and as many traces of others are kept.
 */
final class Author {

    /** Between steps: 34,560 writes a day. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** An hour and a half of them: longer than the longest lease, so that each lives by being renewed. */
    private static final int FRESH = 540;

    private static final int LASTING = 100;
    private static final Duration TTL = Duration.ofMinutes(10);

    /** So many are alive after a quiet minute, from the second hour on. */
    static final int ALIVE = FRESH + LASTING + (int) TTL.minus(Week.QUIET).dividedBy(PAUSE);

    private final SimulatedNetwork network;
    private final VirtualNodes nodes;
    private final Ledger ledger;
    private final SplittableRandom dice;
    private final Deque<Hash> fresh = new ArrayDeque<>();
    private final List<Map<Hash, Content>> published = new ArrayList<>();
    private int spared = -1;

    Author(SimulatedNetwork network, VirtualNodes nodes, Ledger ledger, long seed) {
        this.network = network;
        this.nodes = nodes;
        this.ledger = ledger;
        dice = new SplittableRandom(seed + 1);
        for (int i = 0; i < VirtualNodes.COUNT; i++) {
            published.add(new HashMap<>());
        }
    }

    void step(long number) {
        ledger.forgetEnded(network.elapsed());
        Hash newest = Hash.ofText("fresh " + number);
        put(newest, Content.ofText("fresh content " + number));
        fresh.addLast(newest);
        if (fresh.size() > FRESH) {
            remove(fresh.removeFirst());
        }
        put(Hash.ofText("lasting " + number % LASTING), Content.ofText("content at step " + number));
        Hash shortlived = Hash.ofText("with a ttl " + number);
        Content content = Content.ofText("content with a ttl " + number);
        nodes.node(any()).put(shortlived, content, TTL);
        ledger.put(shortlived, content, network.elapsed().plus(TTL));
    }

    /** Nothing is written there from now on: what has not left a node that crashes is lost, and is not to be. Negative for no node. */
    void spare(int index) {
        spared = index;
    }

    /** Whoever comes back puts what it had put before, as applications do: nobody else renews it. */
    void putAgain(int index) {
        Map<Hash, Content> before = Map.copyOf(published.get(index));
        // In an order that the seed alone decides.
        before.keySet().stream().sorted().forEach(hash -> nodes.node(index).put(hash, before.get(hash)));
    }

    private void put(Hash hash, Content content) {
        int writer = any();
        nodes.node(writer).put(hash, content);
        forget(hash);
        published.get(writer).put(hash, content);
        ledger.put(hash, content);
    }

    private void remove(Hash hash) {
        nodes.node(any()).remove(hash);
        forget(hash);
        ledger.remove(hash);
    }

    private void forget(Hash hash) {
        published.forEach(ofOne -> ofOne.remove(hash));
    }

    private int any() {
        int index = dice.nextInt(VirtualNodes.COUNT);
        while (index == spared || !nodes.isThere(index)) {
            index = (index + 1) % VirtualNodes.COUNT;
        }
        return index;
    }
}
