package org.simpledht.examples.scale.model;

import java.util.Locale;

/** Updates in a network whose links have come to rest: how fast they reach everybody, and what that costs. */
final class News {

    private static final int WATCHED_MILLIS = 3_500;

    private final Overlay overlay;
    private final Rules rules;
    private final Air air;
    private final Dice dice;

    News(World world, long seed, double loss, Rules rules) {
        overlay = new Overlay(world);
        this.rules = rules;
        dice = new Dice(seed + 1);
        air = new Air(seed, loss, dice);
    }

    /** One after the other, or many at a time, by one node or by all. */
    String measure(String name, int gapMillis, int settling, int measured, boolean oneOrigin) {
        int room = WATCHED_MILLIS / gapMillis + 2;
        Updates updates = new Updates(overlay.nodes(), room);
        Spread spread = new Spread(overlay, updates, rules, air, dice);
        int origin = dice.below(overlay.nodes());
        Times times = new Times();
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
        return text(name, spread.costs(), times, measured + behind);
    }

    private double owed;

    private void churn(int millis) {
        owed += rules.of(Rule.CHURN) / 1e3 * overlay.ends() / 2 * millis / 1e3 / 2;
        for (; owed >= 1; owed--) {
            overlay.rewire(dice, rules.has(Rule.NEW_EAGER));
        }
    }

    private String text(String name, Costs costs, Times times, int count) {
        double all = (double) overlay.nodes() * count;
        return String.format(
                Locale.ROOT,
                "%-22s copies %.3f received, %.3f sent, asked %.3f; 50 %% %.0f ms, 99 %% %.0f (%d), 100 %% %.0f (%d), left out %.4f; "
                        + "bytes %.0f = push %.0f + announce %.0f + echo %.0f + ask, prune %.0f; eager %.2f",
                name,
                costs.received / all,
                costs.sent / all,
                costs.asks / all,
                times.half(),
                times.most(),
                times.worstMost(),
                times.last(),
                times.worstLast(),
                times.missing(),
                costs.bytes() / all,
                costs.pushBytes / all,
                costs.metaBytes / all,
                costs.echoBytes / all,
                costs.otherBytes / all,
                overlay.eagerness());
    }
}
