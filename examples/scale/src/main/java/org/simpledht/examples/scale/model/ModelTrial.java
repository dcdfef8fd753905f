package org.simpledht.examples.scale.model;

import org.simpledht.examples.scale.Scenario;
import org.simpledht.examples.scale.Sheet;
import org.simpledht.examples.scale.Trial;

/** A network of nodes that have the rules of docs/PROTOCOL.md and no bytes: so lean that there may be a million of them. */
public final class ModelTrial implements Trial {

    private static final int JOIN_MILLIS = 20_000;
    private static final int PATIENCE_MILLIS = 120_000;
    private static final int SETTLING_MILLIS = 60_000;
    private static final int MANY = 2_000;
    private static final int VERY_MANY = 200_000;
    private static final int STREAM_FACTOR = 25;
    private static final int ROOTS = 20;

    private final Sheet sheet;
    private final long seed;
    private final Pace pace;
    private final Rules rules;
    private final Membership membership;
    private final World world;
    private final int stepMillis;

    /** They join at random moments of 20 s. */
    public ModelTrial(Sheet sheet, long seed, Pace pace, Rules rules) {
        this.sheet = sheet;
        this.seed = seed;
        this.pace = pace;
        this.rules = rules;
        membership = new Membership(sheet.nodes(), seed, USUAL_LOSS, JOIN_MILLIS, rules);
        world = membership.world();
        stepMillis = sheet.nodes() > VERY_MANY ? 1_000 : sheet.nodes() > MANY ? 500 : 100;
        membership.run(JOIN_MILLIS);
        heal("join");
    }

    World world() {
        return world;
    }

    @Override
    public void run(Scenario scenario) {
        switch (scenario) {
            case REST -> rest();
            case NEWS -> news("", 1_000, pace.settling(), pace.measured());
            case STREAM -> news("stream-", 2, STREAM_FACTOR * pace.settling(), STREAM_FACTOR * pace.measured());
            case CUT -> cut("cut", 1_000 * pace.cutSeconds());
            case HOUR -> cut("hour", 3_600_000);
            case HALF -> crash("half", 0.5);
            case MOST -> crash("most", 0.8);
        }
    }

    private void crash(String name, double share) {
        world.crash(share);
        heal(name);
    }

    private void cut(String name, int millis) {
        world.cut(0.5);
        membership.run(millis);
        world.heal();
        heal(name);
    }

    /** Until they are one, and each has enough neighbours. */
    private void heal(String name) {
        int began = world.now();
        Shape shape = Shape.of(world);
        sheet.put(name + "-parts", shape.parts());
        double one = Double.NaN;
        double full = Double.NaN;
        for (int millis = 0; millis < PATIENCE_MILLIS; millis = world.now() - began) {
            one = !shape.isOne() ? Double.NaN : Double.isNaN(one) ? millis / 1e3 : one;
            full = !shape.isFull() ? Double.NaN : Double.isNaN(full) ? millis / 1e3 : full;
            if (one >= 0 && full >= 0) {
                break;
            }
            membership.run(stepMillis);
            shape = Shape.of(world);
        }
        sheet.put(name + "-one", one);
        sheet.put(name + "-full", full);
    }

    private void rest() {
        membership.run(1_000 * pace.restSeconds());
        long bytes = world.bytes();
        long frames = world.frames();
        membership.run(1_000 * pace.restSeconds());
        Shape shape = Shape.of(world);
        double nodeSeconds = (double) shape.living() * pace.restSeconds();
        sheet.put("rest-bytes", (world.bytes() - bytes) / nodeSeconds);
        sheet.put("rest-frames", (world.frames() - frames) / nodeSeconds);
        for (int i = 0; i <= Sheet.MOST_LINKS; i++) {
            sheet.put(Sheet.links(i), shape.share(i));
        }
        sheet.put("links-least", shape.least());
        sheet.put("links-most", shape.most());
        sheet.put("links-average", shape.average());
        sheet.put("links-contact", world.links.count(World.CONTACT, 0, Integer.MIN_VALUE));
        Paths paths = Paths.sample(world, ROOTS);
        sheet.put("paths-average", paths.average());
        sheet.put("paths-longest", paths.longest());
        sheet.put("parts", shape.parts());
    }

    private void news(String prefix, int gapMillis, int settling, int measured) {
        membership.run(SETTLING_MILLIS);
        for (int percent : LOSSES_PERCENT) {
            News news = new News(world, seed, percent / 100.0, rules);
            news.measure(gapMillis, settling, measured, false);
            Costs costs = news.costs();
            Times times = news.times();
            double pairs = news.pairs();
            sheet.put(prefix + "copies-" + percent, costs.received / pairs);
            sheet.put(prefix + "bytes-" + percent, costs.bytes() / pairs);
            sheet.put(prefix + "asks-" + percent, costs.asks / pairs);
            sheet.put(prefix + "eager-" + percent, news.eagerness());
            sheet.put(prefix + "left-out-" + percent, times.missing());
            sheet.put(prefix + "p50-" + percent, times.half() / 1e3);
            sheet.put(prefix + "p99-" + percent, times.most() / 1e3);
            sheet.put(prefix + "p100-" + percent, times.last() / 1e3);
            sheet.put(prefix + "p99-worst-" + percent, times.worstMost() / 1e3);
            sheet.put(prefix + "p100-worst-" + percent, times.worstLast() / 1e3);
        }
    }
}
