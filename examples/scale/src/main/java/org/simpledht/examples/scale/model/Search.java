package org.simpledht.examples.scale.model;

/** How a node looks for links that it misses: among whom it knows, whom it has heard of, whom it has lost, and seeds. */
final class Search {

    static final int PING = 6;
    static final int PONG = 7;

    private static final int RECENT_MILLIS = 60_000;
    private static final int FIRST_WAIT_SECONDS = 1;

    private final World world;
    private final Links links;
    private final Rules rules;
    private final Handshakes handshakes;
    private final byte[] requestsLeft;
    private final byte[] probesLeft;
    private final int[] lostDueMillis;
    private final int[] rewireDueMillis;
    private final int[] seedDueMillis;
    private final byte[] seedWaitSeconds;

    Search(World world, Rules rules, Handshakes handshakes) {
        this.world = world;
        this.rules = rules;
        this.handshakes = handshakes;
        links = world.links;
        requestsLeft = new byte[world.nodes];
        probesLeft = new byte[world.nodes];
        lostDueMillis = new int[world.nodes];
        rewireDueMillis = new int[world.nodes];
        seedDueMillis = new int[world.nodes];
        seedWaitSeconds = new byte[world.nodes];
    }

    void born(int node) {
        int every = rules.of(Rule.REWIRE);
        rewireDueMillis[node] = every == 0 ? Integer.MAX_VALUE : world.now() + every / 2 + world.dice.below(every);
        seedWaitSeconds[node] = FIRST_WAIT_SECONDS;
    }

    /** Once a second. */
    void tick(int node) {
        requestsLeft[node] = (byte) rules.of(Rule.REQUESTS);
        probesLeft[node] = (byte) rules.of(Rule.PROBES);
        giveUpOld(node);
        tryLost(node);
        trySeed(node);
        fill(node);
        rewire(node);
        if (world.known.size(node) < rules.of(Rule.BOOK) && world.candidates.size(node) > 0) {
            int candidate = world.candidates.random(node, world.dice);
            world.candidates.remove(node, candidate);
            world.sendFirst(PING, node, candidate, 0, Blocks.NONE, Sizes.FRAME + Sizes.TOKEN);
        }
    }

    private void giveUpOld(int node) {
        for (int at = links.end(node) - 1; at >= links.first(node); at--) {
            if (links.isOn(at) || world.now() - links.heardMillis(at) < 990) {
                continue;
            }
            int peer = links.peer(at);
            if (rules.of(Rule.TRIES) > 1 && !links.is(at, Links.AGAIN)) {
                links.mark(at, Links.AGAIN);
                links.heard(at, world.now());
                request(node, peer);
            } else {
                links.remove(node, at);
                world.known.remove(node, peer);
            }
        }
    }

    private void tryLost(int node) {
        int lost = world.lost.size(node);
        if (lost == 0 || world.now() < lostDueMillis[node]) {
            return;
        }
        boolean recent = world.now() - world.newestLossMillis[node] < RECENT_MILLIS;
        int wait = rules.of(recent ? Rule.LOST_SOON : Rule.LOST_SELDOM);
        lostDueMillis[node] = world.now() + wait / 2 + world.dice.below(wait);
        request(node, world.lost.random(node, world.dice));
    }

    /** The first loss does not wait for the time of an older one. */
    void lost(int node, int peer) {
        if (world.lost.size(node) == 0 || world.now() - world.newestLossMillis[node] >= RECENT_MILLIS) {
            lostDueMillis[node] = world.now() + world.dice.below(Math.max(1, rules.of(Rule.LOST_SOON)));
        }
        world.newestLossMillis[node] = world.now();
        world.lost.add(node, peer, world.dice);
    }

    private void trySeed(int node) {
        if (node == World.CONTACT || world.now() < seedDueMillis[node]) {
            return;
        }
        if (handshakes.living(node) >= handshakes.wanted(node) / 2) {
            seedWaitSeconds[node] = FIRST_WAIT_SECONDS;
            return;
        }
        if (rules.of(Rule.SEEDS) == 2 && world.now() - world.bornMillis[node] > rules.of(Rule.YOUNG)) {
            return;
        }
        seedDueMillis[node] = world.now() + seedWaitSeconds[node] * 1_000;
        int longest = rules.of(handshakes.living(node) == 0 ? Rule.LONELY_WAIT : Rule.SEED_WAIT);
        seedWaitSeconds[node] = (byte) Math.min(longest, 2 * seedWaitSeconds[node]);
        if (links.find(node, World.CONTACT) < 0 && !links.isFull(node)) {
            links.add(node, World.CONTACT, Links.MINE | Links.AGAIN, world.now());
            request(node, World.CONTACT);
        }
    }

    /** Asks for what is missing. */
    void fill(int node) {
        int living = handshakes.living(node);
        int wanted = handshakes.wanted(node);
        if (living >= wanted) {
            return;
        }
        int open = links.end(node) - links.first(node) - links.count(node, 0, Integer.MIN_VALUE);
        int missing = wanted + rules.of(Rule.EXTRA) - living - open;
        for (; missing > 0 && requestsLeft[node] > 0 && !links.isFull(node); missing--) {
            int address = choose(node);
            if (address == Book.NOBODY) {
                return;
            }
            ask(node, address, Links.MINE);
        }
    }

    private int choose(int node) {
        int known = world.known.random(node, world.dice);
        if (known != Book.NOBODY && links.find(node, known) < 0) {
            return known;
        }
        int candidate = world.candidates.random(node, world.dice);
        if (candidate == Book.NOBODY || probesLeft[node] == 0) {
            return Book.NOBODY;
        }
        probesLeft[node]--;
        world.candidates.remove(node, candidate);
        return links.find(node, candidate) < 0 ? candidate : Book.NOBODY;
    }

    private void ask(int node, int address, int state) {
        requestsLeft[node]--;
        links.add(node, address, state, world.now());
        request(node, address);
    }

    private void request(int node, int peer) {
        int flags = handshakes.living(node) < rules.of(Rule.PLEASE_BELOW) ? Handshakes.PLEASE : 0;
        if (world.known.contains(node, peer) || world.lost.contains(node, peer)) {
            world.send(Handshakes.REQUEST, node, peer, flags, Blocks.NONE, Sizes.REQUEST);
        } else {
            world.sendFirst(Handshakes.REQUEST, node, peer, flags, Blocks.NONE, Sizes.REQUEST);
        }
    }

    private void rewire(int node) {
        if (world.now() < rewireDueMillis[node]) {
            return;
        }
        int every = rules.of(Rule.REWIRE);
        rewireDueMillis[node] = world.now() + every / 2 + world.dice.below(every);
        if (handshakes.living(node) >= rules.of(Rule.DEGREE) && !links.isFull(node)) {
            int address = choose(node);
            if (address != Book.NOBODY) {
                ask(node, address, Links.MINE | Links.REWIRES);
            }
        }
    }
}
