package org.simpledht.examples.scale.model;

/** How updates go over the links: pushed, announced, and asked for. */
final class Spread implements Wheel.Events {

    private static final int PUSH = 1;
    private static final int META = 2;
    private static final int GETS = 3;
    private static final int PRUNE = 4;
    private static final int WANT = 5;
    private static final int BATCH = 6;
    private static final int ECHO = 7;
    private static final int GETS_ONLY = 8;

    private static final int MARKED = 0;
    private static final int[] WAITS = {200, 400, 800, 1_000};
    private static final int SPREAD_MILLIS = 50;
    private static final int MOST_TRIES = 12;

    private final Overlay overlay;
    private final Updates updates;
    private final Rules rules;
    private final Air air;
    private final Dice dice;
    private final Wheel wheel = new Wheel(this);
    private final boolean[] owesEcho;
    private final byte[] askedInRow;
    private final int[] streakMillis;
    private final int[] prunedMillis;
    private final int[] graftedMillis;
    private final int[] changedMillis;
    private final int[] metasInFrame;
    private final boolean[] frameArrives;
    private final int echoMillis;
    private final int markBytes;
    private final int batchMillis;
    private final int leastLazy;
    private final Costs costs = new Costs();

    Spread(Overlay overlay, Updates updates, Rules rules, Air air, Dice dice) {
        this.overlay = overlay;
        this.updates = updates;
        this.rules = rules;
        this.air = air;
        this.dice = dice;
        owesEcho = new boolean[overlay.ends()];
        askedInRow = new byte[overlay.nodes()];
        streakMillis = new int[overlay.ends()];
        prunedMillis = new int[overlay.nodes()];
        graftedMillis = new int[overlay.nodes()];
        changedMillis = new int[overlay.ends()];
        metasInFrame = new int[128];
        frameArrives = new boolean[128];
        echoMillis = rules.of(Rule.ECHO);
        boolean isLossy = air.lossPercent() >= rules.of(Rule.LOSSY);
        batchMillis = rules.of(isLossy ? Rule.BATCH_LOSSY : Rule.BATCH);
        leastLazy = rules.of(isLossy ? Rule.LAZY_LOSSY : Rule.LAZY);
        markBytes = echoMillis == 0 ? 0 : Sizes.FLOW;
    }

    Costs costs() {
        return costs;
    }

    int nowMillis() {
        return wheel.nowMillis();
    }

    boolean isQuiet() {
        return wheel.waiting() == 0;
    }

    void run(int millis) {
        for (int i = 0; i < millis; i++) {
            wheel.turn();
        }
    }

    /** An own write. */
    void write(int node, int number) {
        updates.begin(number, wheel.nowMillis());
        updates.came(number, node, -1, wheel.nowMillis());
        boolean toAll = rules.has(Rule.OWN_ALL) || overlay.hops(node) >= rules.of(Rule.OWN_FAR);
        for (int end = overlay.first(node); end < overlay.last(node); end++) {
            if (toAll || overlay.isEager(end)) {
                push(end, number, true);
            }
        }
        if (!toAll) {
            collect(node, number);
        }
    }

    @Override
    public void happens(int kind, int node, int end, int number, int block) {
        if (kind == ECHO) {
            echo(end);
        } else if (kind == PRUNE) {
            overlay.prune(end);
        } else if (kind == BATCH) {
            announce(node);
        } else if (updates.isCurrent(number)) {
            switch (kind) {
                case PUSH -> pushed(node, end, number, block == MARKED);
                case META -> announced(node, end, number);
                case WANT -> ask(node, number);
                default -> asked(node, end, number, kind == GETS);
            }
        }
    }

    private void pushed(int node, int end, int number, boolean isMarked) {
        if (isMarked) {
            owe(node, end);
        }
        costs.received++;
        updates.isKnown(number, node, end - overlay.first(node));
        if (updates.holds(number, node)) {
            costs.duplicates++;
            prune(node, end, number);
            return;
        }
        if (updates.tries(number, node) == 0) {
            askedInRow[node] = 0;
        }
        overlay.wasNews(end);
        updates.came(number, node, end - overlay.first(node), wheel.nowMillis());
        boolean isLazy = false;
        for (int other = overlay.first(node); other < overlay.last(node); other++) {
            boolean isTold = other != end && !isKnown(number, node, other - overlay.first(node));
            if (isTold && overlay.isEager(other)) {
                push(other, number, rules.has(Rule.MARK_RELAYS));
            }
            isLazy |= isTold && !overlay.isEager(other);
        }
        if (isLazy) {
            collect(node, number);
        }
    }

    private boolean isKnown(int number, int node, int link) {
        return rules.has(Rule.SPARE_KNOWERS) && updates.isKnownBy(number, node, link);
    }

    private void prune(int node, int end, int number) {
        int now = wheel.nowMillis();
        if (now - changedMillis[end] < rules.of(Rule.PRUNE_QUIET)
                || !rules.has(Rule.PRUNE_ASKED) && updates.tries(number, node) > 0
                || overlay.isOfTree(end)) {
            return;
        }
        int inRow = overlay.wasDuplicate(end);
        if (inRow == 1) {
            streakMillis[end] = now;
        }
        boolean isEnough = rules.has(Rule.TRUNK)
                || inRow >= rules.of(Rule.PRUNE) && now - streakMillis[end] >= rules.of(Rule.PRUNE_AFTER)
                || rules.has(Rule.PRUNE_FAST) && inRow >= rules.of(Rule.PRUNE_FAST);
        if (isEnough && now - prunedMillis[node] >= rules.of(Rule.PRUNE_EVERY)) {
            overlay.prune(end);
            costs.prunes++;
            prunedMillis[node] = now;
            changedMillis[end] = now;
            send(PRUNE, end, number, Sizes.PRUNE);
        }
    }

    private void collect(int node, int number) {
        if (updates.isBatchEmpty(node)) {
            wheel.in(batchMillis, BATCH, node, 0, 0, Blocks.NONE);
        }
        updates.collect(number, node);
    }

    private void announce(int node) {
        int first = overlay.first(node);
        int links = overlay.last(node) - first;
        java.util.Arrays.fill(metasInFrame, 0, links, 0);
        int[] lazy = new int[links];
        int next;
        for (int number = updates.takeBatch(node); number != Updates.NONE; number = next) {
            next = updates.nextInBatch(number, node);
            if (!updates.isCurrent(number)) {
                continue;
            }
            int count = 0;
            int known = 0;
            for (int link = 0; link < links; link++) {
                if (!overlay.isEager(first + link) && link != updates.cameBy(number, node)) {
                    boolean isKnown = isKnown(number, node, link);
                    known += isKnown ? 1 : 0;
                    lazy[count] = link;
                    count += isKnown ? 0 : 1;
                }
            }
            int most = Math.max(leastLazy, (count + known) / rules.of(Rule.LAZY_SHARE)) - known;
            for (int i = 0; i < most && count > 0; i++) {
                int chosen = dice.below(count);
                meta(first, lazy[chosen], number);
                lazy[chosen] = lazy[--count];
            }
        }
    }

    private void meta(int first, int link, int number) {
        int end = first + link;
        if (metasInFrame[link]++ % Sizes.METAS_AT_ONCE == 0) {
            costs.metaBytes += Sizes.METAS + (rules.has(Rule.MARK_METAS) ? markBytes : 0);
            owesEcho[end] = false;
            frameArrives[link] = !air.loses();
        }
        costs.metaBytes += Sizes.META;
        if (frameArrives[link]) {
            deliver(META, end, number);
        }
    }

    private void announced(int node, int end, int number) {
        if (rules.has(Rule.MARK_METAS)) {
            owe(node, end);
        }
        updates.isKnown(number, node, end - overlay.first(node));
        if (!updates.holds(number, node) && updates.announced(number, node, end - overlay.first(node))) {
            wheel.in(rules.of(Rule.FIRST_WANT), WANT, node, 0, number, Blocks.NONE);
        }
    }

    private void ask(int node, int number) {
        int tries = updates.tries(number, node);
        if (updates.holds(number, node) || tries >= MOST_TRIES) {
            return;
        }
        int end = overlay.first(node) + updates.nextAnnouncer(number, node);
        int graft = rules.of(Rule.GRAFT);
        askedInRow[node] += (byte) (tries == 0 && askedInRow[node] < 100 ? 1 : 0);
        int now = wheel.nowMillis();
        boolean grafts = graft > 0
                && (graft == 1 || askedInRow[node] >= graft)
                && now - graftedMillis[node] >= rules.of(Rule.GRAFT_EVERY);
        if (grafts) {
            graftedMillis[node] = now;
            askedInRow[node] = 0;
            if (rules.has(Rule.GRAFT_BOTH)) {
                changedMillis[end] = now;
                overlay.graft(end);
            }
        }
        costs.asks++;
        send(grafts ? GETS : GETS_ONLY, end, number, Sizes.GETS);
        wheel.in(
                WAITS[Math.min(tries, WAITS.length - 1)] + dice.below(SPREAD_MILLIS),
                WANT,
                node,
                0,
                number,
                Blocks.NONE);
    }

    private void asked(int node, int end, int number, boolean grafts) {
        if (grafts) {
            changedMillis[end] = wheel.nowMillis();
            overlay.graft(end);
        }
        if (updates.holds(number, node)) {
            push(end, number, rules.has(Rule.MARK_RELAYS));
        }
    }

    private void push(int end, int number, boolean isMarked) {
        costs.sent++;
        costs.pushBytes += Sizes.push(rules.of(Rule.CONTENT)) + (isMarked || owesEcho[end] ? markBytes : 0);
        owesEcho[end] = false;
        if (!air.loses()) {
            deliver(PUSH, end, number, isMarked ? MARKED : Blocks.NONE);
        }
    }

    private void send(int kind, int end, int number, int bytes) {
        costs.otherBytes += bytes;
        if (!air.loses()) {
            deliver(kind, end, number);
        }
    }

    private void deliver(int kind, int end, int number) {
        deliver(kind, end, number, Blocks.NONE);
    }

    private void deliver(int kind, int end, int number, int mark) {
        int peer = overlay.peer(end);
        int back = overlay.back(end);
        wheel.in(air.delayMillis(peer, overlay.peer(back)), kind, peer, back, number, mark);
    }

    private void owe(int node, int end) {
        if (echoMillis > 0 && !owesEcho[end]) {
            owesEcho[end] = true;
            wheel.in(echoMillis, ECHO, node, end, 0, Blocks.NONE);
        }
    }

    private void echo(int end) {
        if (owesEcho[end]) {
            owesEcho[end] = false;
            costs.echoBytes += Sizes.FRAME + Sizes.FLOW;
        }
    }
}
