package org.simpledht.examples.scale.model;

/** Addresses that nodes tell each other. */
final class Introductions {

    static final int PEERS = 4;
    static final int PEERS_IN_ANSWER = 5;
    private static final int TRIES = 3;

    private final World world;
    private final int most;
    private final boolean tellsKnown;
    private final int youngMillis;
    private final int oldMillis;
    private final int[] toldMillis;

    Introductions(World world, Rules rules) {
        this.world = world;
        most = rules.of(Rule.SHUFFLE);
        tellsKnown = rules.has(Rule.SHUFFLE_KNOWN);
        youngMillis = rules.of(Rule.YOUNG);
        oldMillis = rules.of(Rule.OLD_SHUFFLE);
        toldMillis = new int[world.nodes];
    }

    /** Once a second. */
    void tick(int node) {
        int now = world.now();
        if (now - world.bornMillis[node] > youngMillis && now - toldMillis[node] < oldMillis) {
            return;
        }
        int peer = randomNeighbour(node);
        if (peer != Book.NOBODY) {
            toldMillis[node] = now;
            tell(node, peer, PEERS);
        }
    }

    private void tell(int node, int peer, int kind) {
        int block = some(node, peer);
        world.send(kind, node, peer, 0, block, Sizes.FRAME + size(block));
    }

    private int randomNeighbour(int node) {
        Links links = world.links;
        int chosen = Book.NOBODY;
        int on = 0;
        for (int at = links.first(node); at < links.end(node); at++) {
            if (links.isOn(at) && world.dice.below(++on) == 0) {
                chosen = links.peer(at);
            }
        }
        return chosen;
    }

    /** Some addresses for that one, of neighbours and of others that live. */
    int some(int node, int peer) {
        Links links = world.links;
        int first = links.first(node);
        int places = links.end(node) - first;
        int all = places + (tellsKnown ? world.known.size(node) : 0);
        int block = world.blocks.take();
        for (int tries = 0; tries < TRIES * most && world.blocks.size(block) < most && all > 0; tries++) {
            int index = world.dice.below(all);
            if (index < places && !links.isOn(first + index)) {
                continue;
            }
            int address = index < places ? links.peer(first + index) : world.known.at(node, index - places);
            if (address != peer && !world.blocks.contains(block, address)) {
                world.blocks.add(block, address);
            }
        }
        return block;
    }

    int size(int block) {
        return block == Blocks.NONE ? 0 : Sizes.peers(world.blocks.size(block));
    }

    void told(int node, int from, boolean isAnswer) {
        if (!isAnswer && world.links.find(node, from) >= 0) {
            tell(node, from, PEERS_IN_ANSWER);
        }
    }

    /** What is new among them is a candidate. */
    void heard(int node, int block) {
        if (block == Blocks.NONE) {
            return;
        }
        for (int i = 0; i < world.blocks.size(block); i++) {
            int address = world.blocks.of(block, i);
            if (address != node && world.links.find(node, address) < 0 && !world.known.contains(node, address)) {
                world.candidates.add(node, address, world.dice);
            }
        }
    }
}
