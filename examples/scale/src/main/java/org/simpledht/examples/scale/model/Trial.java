package org.simpledht.examples.scale.model;

import java.util.Locale;

/** One network, and what happens to it: how long until it is one again, and each node has enough neighbours. */
final class Trial {

    private static final int JOIN_MILLIS = 20_000;
    private static final int LONG_MILLIS = 30_000;
    private static final int PATIENCE_MILLIS = 120_000;

    private final Membership membership;
    private final World world;
    private final int stepMillis;

    Trial(int nodes, long seed, double loss, Rules rules) {
        membership = new Membership(nodes, seed, loss, JOIN_MILLIS, rules);
        world = membership.world();
        stepMillis = nodes > 200_000 ? 1_000 : nodes > 20_000 ? 500 : 100;
    }

    World world() {
        return world;
    }

    /** Until what it is now. */
    String join() {
        membership.run(JOIN_MILLIS);
        String healed = heal("joined in 20 s");
        long framesToContact = world.framesToContact();
        settle(20_000);
        return healed + String.format(Locale.ROOT, ", frames to the contact %,d", framesToContact);
    }

    void settle(int millis) {
        membership.run(millis);
    }

    String crash(double share) {
        world.crash(share);
        return heal(String.format(Locale.ROOT, "crash of %.0f %%", 100 * share));
    }

    String killContact() {
        world.alive[World.CONTACT] = false;
        return heal("the only seed dies");
    }

    String cut(int millis) {
        world.cut(0.5);
        membership.run(millis);
        Shape apart = Shape.of(world);
        world.heal();
        int healed = world.now();
        String text = heal(String.format(Locale.ROOT, "cut for %d s (%d parts)", millis / 1_000, apart.parts()));
        text += String.format(Locale.ROOT, ", crossing %.1f %%", crossing());
        membership.run(Math.max(0, 30_000 - (world.now() - healed)));
        text += String.format(Locale.ROOT, ", after 30 s %.1f %%", crossing());
        membership.run(LONG_MILLIS);
        return text + String.format(Locale.ROOT, ", after a minute %.1f %%", crossing());
    }

    /** Of all links those between the two halves; half of them would if the cut had never been. */
    private double crossing() {
        long crossing = 0;
        long all = 0;
        for (int node = 0; node < world.nodes; node++) {
            for (int at = world.links.first(node); world.alive[node] && at < world.links.end(node); at++) {
                all++;
                crossing += world.isOnOtherSide(node) != world.isOnOtherSide(world.links.peer(at)) ? 1 : 0;
            }
        }
        return 100.0 * crossing / Math.max(1, all);
    }

    private String heal(String what) {
        int began = world.now();
        int one = -1;
        int full = -1;
        Shape shape = Shape.of(world);
        String atFirst = shape.parts() + " parts";
        while (true) {
            if (one < 0 && shape.isOne()) {
                one = world.now() - began;
            }
            if (full < 0 && shape.isFull()) {
                full = world.now() - began;
            }
            if (one >= 0 && full >= 0 || world.now() - began >= PATIENCE_MILLIS) {
                break;
            }
            if (!shape.isOne()) {
                one = -1;
            }
            membership.run(stepMillis);
            shape = Shape.of(world);
        }
        return String.format(
                Locale.ROOT,
                "%-24s one after %s, all with 6 after %s; at first %s%s",
                what,
                seconds(one),
                seconds(full),
                atFirst,
                one < 0 || full < 0 ? ", now " + shape : "");
    }

    private static String seconds(int millis) {
        return millis < 0 ? "never" : String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }

    /** Degrees, paths, and what an idle node sends. */
    String shape(int idleMillis) {
        long bytes = world.bytes();
        long frames = world.frames();
        long evictions = membership.handshakes().evictions();
        membership.run(idleMillis);
        Shape shape = Shape.of(world);
        Paths paths = Paths.sample(world, 5);
        double nodeSeconds = shape.living() * (idleMillis / 1_000.0);
        int ofContact = world.links.count(World.CONTACT, 0, Integer.MIN_VALUE);
        return String.format(
                Locale.ROOT,
                "%-24s links %d..%d, %.2f on average, contact %d, paths %.2f (at most %d), %.0f bytes/s and %.2f frames/s per node, "
                        + "%.2f evictions/s, parts %d",
                "at rest",
                shape.least(),
                shape.most(),
                shape.average(),
                ofContact,
                paths.average(),
                paths.longest(),
                (world.bytes() - bytes) / nodeSeconds,
                (world.frames() - frames) / nodeSeconds,
                (membership.handshakes().evictions() - evictions) / (idleMillis / 1_000.0),
                shape.parts());
    }
}
