package org.simpledht.examples.scale.model;

/** How links begin and end: requests, answers, evictions. */
final class Handshakes {

    static final int REQUEST = 1;
    static final int ACCEPT = 2;
    static final int REFUSE = 3;

    /** The sender has no neighbour. */
    static final int PLEASE = 1;
    /** Nobody waits for the answer: it is the sign of life of one who thinks that the link is on. */
    static final int LIFE = 2;

    private final World world;
    private final Links links;
    private final Rules rules;
    private final Introductions introductions;
    private final int[] evictedMillis;
    private final int max;
    private final int suspectMillis;
    private long evictions;
    private long refusals;

    Handshakes(World world, Rules rules, Introductions introductions) {
        this.world = world;
        this.rules = rules;
        this.introductions = introductions;
        links = world.links;
        evictedMillis = new int[world.nodes];
        java.util.Arrays.fill(evictedMillis, -rules.of(Rule.EVICT));
        max = rules.of(Rule.MAX);
        suspectMillis = rules.has(Rule.SUSPECT) ? rules.of(Rule.SUSPECT) : rules.of(Rule.SILENCE);
    }

    /** Links that are on, and whose other end was heard of lately. */
    int living(int node) {
        return links.count(node, 0, world.now() - suspectMillis);
    }

    boolean knowsFew(int node) {
        return living(node) + world.known.size(node) + world.candidates.size(node) <= max;
    }

    int wanted(int node) {
        return knowsFew(node) ? max : rules.of(Rule.DEGREE);
    }

    void requested(int node, int from, int flags) {
        int at = links.find(node, from);
        boolean answers = (flags & LIFE) == 0;
        if (at >= 0 && links.isOn(at)) {
            links.heard(at, world.now());
        } else if (at >= 0 && living(node) < max) {
            begin(node, at);
        } else if (at < 0 && !links.isFull(node) && mayAccept(node, from, flags)) {
            begin(node, links.add(node, from, 0, world.now()));
        } else {
            if (at >= 0) {
                links.remove(node, at);
            }
            refuse(node, from);
            return;
        }
        if (answers) {
            accept(node, from);
        }
    }

    private void accept(int node, int from) {
        int block = rules.has(Rule.ACCEPT_PEERS) ? introductions.some(node, from) : Blocks.NONE;
        world.send(
                ACCEPT, node, from, 0, block, Sizes.NEIGHBOUR + Sizes.HELLO + Sizes.TOKEN + introductions.size(block));
    }

    private void refuse(int node, int from) {
        refusals++;
        int block = rules.has(Rule.REFUSAL_PEERS) ? introductions.some(node, from) : Blocks.NONE;
        world.known.add(node, from, world.dice);
        world.send(REFUSE, node, from, 0, block, Sizes.FRAME + Sizes.TOKEN + introductions.size(block));
    }

    private boolean mayAccept(int node, int from, int flags) {
        boolean isLost = rules.has(Rule.LOST_FIRST) && world.lost.contains(node, from);
        int living = living(node);
        if (living < max && (isLost || hasRoomForOthers(node))) {
            return true;
        }
        if (isLost) {
            return evict(node, 0);
        }
        if ((flags & PLEASE) != 0
                && world.now() - evictedMillis[node] >= rules.of(Rule.EVICT)
                && evict(node, Links.MINE)) {
            evictedMillis[node] = world.now();
            return true;
        }
        return false;
    }

    private boolean hasRoomForOthers(int node) {
        int since = world.now() - suspectMillis;
        int theirs = links.count(node, 0, since) - links.count(node, Links.MINE, since);
        return theirs < rules.of(Rule.INBOUND) || knowsFew(node);
    }

    /** A random link that is not spared ends, none of the two oldest. */
    boolean evict(int node, int spared) {
        int on = 0;
        int victims = 0;
        int victim = -1;
        for (int at = links.first(node); at < links.end(node); at++) {
            if (links.isOn(at) && ++on > 2 && !links.is(at, spared) && world.dice.below(++victims) == 0) {
                victim = at;
            }
        }
        if (victim >= 0) {
            evictions++;
            end(node, victim);
        }
        return victim >= 0;
    }

    /** Tells the other side. */
    void end(int node, int at) {
        int peer = links.peer(at);
        links.remove(node, at);
        world.known.add(node, peer, world.dice);
        world.send(REFUSE, node, peer, 0, Blocks.NONE, Sizes.FRAME);
    }

    /** An answer to a request of ours, or to one that was given up meanwhile. */
    void accepted(int node, int from) {
        int at = links.find(node, from);
        if (at < 0 || links.isOn(at)) {
            requested(node, from, LIFE);
            return;
        }
        boolean rewires = links.is(at, Links.REWIRES);
        if (living(node) >= max && !rewires) {
            end(node, at);
            return;
        }
        begin(node, at);
        if (rewires && living(node) > rules.of(Rule.DEGREE)) {
            evict(node, 0);
        }
    }

    private void begin(int node, int at) {
        int peer = links.peer(at);
        links.turnOn(node, at, world.now());
        world.known.remove(node, peer);
        world.candidates.remove(node, peer);
        world.lost.remove(node, peer);
    }

    void refused(int node, int from) {
        int at = links.find(node, from);
        if (at >= 0) {
            boolean wasOn = links.isOn(at);
            links.remove(node, at);
            if (!wasOn && !rules.has(Rule.KEEP_REFUSED)) {
                world.known.remove(node, from);
                return;
            }
        }
        world.known.add(node, from, world.dice);
    }

    long evictions() {
        return evictions;
    }

    long refusals() {
        return refusals;
    }
}
