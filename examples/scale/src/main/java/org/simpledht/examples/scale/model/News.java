package org.simpledht.examples.scale.model;

/** Updates in a network whose links have come to rest: how fast they reach everybody, and what that costs. */
final class News {

    private static final int WATCHED_MILLIS = 3_500;

    private final Overlay overlay;
    private final Rules rules;
    private final Air air;
    private final Dice dice;
    private final int root;
    private Costs costs;
    private Times times;
    private double pairs;
    private double owed;

    News(World world, long seed, double loss, Rules rules) {
        overlay = new Overlay(world);
        this.rules = rules;
        dice = new Dice(seed + 1);
        root = dice.below(overlay.nodes());
        if (rules.has(Rule.TRUNK)) {
            overlay.growTree(root);
        }
        air = new Air(seed, loss, rules.has(Rule.JITTER), dice);
    }

    /** One after the other, or many at a time, by one node or by all. */
    void measure(int gapMillis, int settling, int measured, boolean oneOrigin) {
        int room = WATCHED_MILLIS / gapMillis + 2;
        Updates updates = new Updates(overlay.nodes(), room);
        Spread spread = new Spread(overlay, updates, rules, air, dice);
        int origin = dice.below(overlay.nodes());
        times = new Times();
        int behind = room - 1;
        for (int number = 0; number < settling + measured + behind; number++) {
            if (number == settling) {
                spread.costs().clear();
            }
            if (number >= settling + behind) {
                times.add(updates, number - behind);
            }
            spread.write(oneOrigin ? origin : dice.below(overlay.nodes()), number);
            churn(gapMillis);
            spread.run(gapMillis);
        }
        costs = spread.costs();
        pairs = (double) overlay.nodes() * (measured + behind);
    }

    private void churn(int millis) {
        owed += rules.of(Rule.CHURN) / 1e3 * overlay.ends() / 2 * millis / 1e3 / 2;
        boolean changes = owed >= 1;
        for (; owed >= 1; owed--) {
            overlay.rewire(dice, rules.has(Rule.NEW_EAGER));
        }
        if (changes && rules.has(Rule.TRUNK)) {
            overlay.growTree(root);
        }
    }

    Costs costs() {
        return costs;
    }

    Times times() {
        return times;
    }

    /** Of an update that was counted, and a node. */
    double pairs() {
        return pairs;
    }

    /** Eager ends per node. */
    double eagerness() {
        return overlay.eagerness();
    }
}
