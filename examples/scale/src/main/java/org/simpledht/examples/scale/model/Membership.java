package org.simpledht.examples.scale.model;

/** All nodes of a network, as far as their links are concerned, from the first contact on. */
final class Membership implements Wheel.Events {

    private static final int TICK_MILLIS = 1_000;

    private final World world;
    private final Links links;
    private final Introductions introductions;
    private final Handshakes handshakes;
    private final Search search;
    private final boolean actsAtOnce;
    private final int silenceMillis;
    private final int[][] byPhase;

    /** They join one after the other in that time, all by the same contact. */
    Membership(int nodes, long seed, double loss, int joinMillis, Rules rules) {
        world = new World(nodes, seed, loss, rules, this);
        links = world.links;
        introductions = new Introductions(world, rules);
        handshakes = new Handshakes(world, rules, introductions);
        search = new Search(world, rules, handshakes);
        actsAtOnce = rules.has(Rule.AT_ONCE);
        silenceMillis = rules.of(Rule.SILENCE);
        for (int node = 1; node < nodes; node++) {
            world.bornAt(node, 1 + world.dice.below(joinMillis));
        }
        world.bornAt(World.CONTACT, 1);
        byPhase = world.byPhase();
    }

    World world() {
        return world;
    }

    Handshakes handshakes() {
        return handshakes;
    }

    void run(int millis) {
        for (int i = 0; i < millis; i++) {
            world.wheel.turn();
            int now = world.now();
            for (int node : byPhase[now % TICK_MILLIS]) {
                if (now == world.bornMillis[node]) {
                    world.alive[node] = true;
                    search.born(node);
                }
                if (world.alive[node]) {
                    tick(node);
                }
            }
        }
    }

    private void tick(int node) {
        dropSilent(node);
        search.tick(node);
        introductions.tick(node);
        for (int at = links.first(node); at < links.end(node); at++) {
            if (links.isOn(at)) {
                signOfLife(node, links.peer(at));
            }
        }
    }

    private void dropSilent(int node) {
        for (int at = links.end(node) - 1; at >= links.first(node); at--) {
            if (links.isOn(at) && world.now() - links.heardMillis(at) > silenceMillis) {
                int peer = links.peer(at);
                links.remove(node, at);
                search.lost(node, peer);
            }
        }
    }

    /** Most of these only say what the other side knows, so it is told at once instead of after some milliseconds. */
    private void signOfLife(int node, int peer) {
        int at = links.find(peer, node);
        if (at < 0 || !links.isOn(at)) {
            world.send(Handshakes.REQUEST, node, peer, Handshakes.LIFE, Blocks.NONE, Sizes.NEIGHBOUR);
        } else if (world.passes(node, peer, Sizes.NEIGHBOUR)) {
            links.heard(at, world.now());
        }
    }

    @Override
    public void happens(int kind, int node, int from, int flags, int block) {
        if (world.alive[node]) {
            introductions.heard(node, block);
            receive(kind, node, from, flags);
        }
        world.free(block);
    }

    private void receive(int kind, int node, int from, int flags) {
        switch (kind) {
            case Handshakes.REQUEST -> handshakes.requested(node, from, flags);
            case Handshakes.ACCEPT -> handshakes.accepted(node, from);
            case Handshakes.REFUSE -> handshakes.refused(node, from);
            case Introductions.PEERS -> introductions.told(node, from, false);
            case Search.PING -> world.send(Search.PONG, node, from, 0, Blocks.NONE, Sizes.FRAME);
            case Search.PONG -> world.known.add(node, from, world.dice);
            default -> {
                // An answer that holds nothing but addresses.
            }
        }
        if (actsAtOnce && kind != Handshakes.REQUEST) {
            search.fill(node);
        }
    }
}
