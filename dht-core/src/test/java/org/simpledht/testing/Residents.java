package org.simpledht.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

/** The good nodes of {@link Hostility}, some of which come late, and some crash and come back with nothing. */
final class Residents {

    private static final int MOST_AWAY = 2;
    private static final int LEAST_UP = 2;
    private static final long LONGEST_AWAY_MILLIS = 5_000;
    private static final int LARGEST_SKEW_MILLIS = 1_000;

    private final SimulatedNetwork network;
    private final SplittableRandom dice;
    private final HostileLot hostile;
    private final Lot lot;
    private final Border border;
    private final Originals originals;
    private final List<Ours> all = new ArrayList<>();
    private LinkVigil links;

    Residents(
            SimulatedNetwork network,
            SplittableRandom dice,
            HostileLot hostile,
            Lot lot,
            Border border,
            Originals originals) {
        this.network = network;
        this.dice = dice;
        this.hostile = hostile;
        this.lot = lot;
        this.border = border;
        this.originals = originals;
    }

    /** All but those who come late. */
    void moveIn(Homes homes, Writes writes) {
        Wiretap unused = new Wiretap(new HashSet<>(), new HashSet<>(), writes);
        for (int i = 0; i < lot.nodes; i++) {
            Ours each = new Ours(i, network, lot, false, writes, unused);
            homes.moveIn(each, i);
            if (!lot.clocksAgree) {
                each.host().skewClock(Duration.ofMillis(dice.nextLong(-LARGEST_SKEW_MILLIS, LARGEST_SKEW_MILLIS + 1)));
            }
            all.add(each);
            border.watch(each);
        }
        all.subList(0, lot.nodes - hostile.late).forEach(this::start);
    }

    private void start(Ours one) {
        if (!one.isUp()) {
            border.begins(one);
            one.start();
            originals.meet(one);
        }
    }

    List<Ours> all() {
        return all;
    }

    List<Ours> up() {
        return all.stream().filter(Ours::isUp).toList();
    }

    Ours any() {
        List<Ours> up = up();
        return up.get(dice.nextInt(up.size()));
    }

    /** From now on nobody may end their links, but that those end who crash. */
    void begin(LinkVigil vigil) {
        links = vigil;
        links.begin();
        for (Ours each : all) {
            if (!each.isUp()) {
                comeIn(each, hostile.lasts.toMillis());
            }
        }
    }

    private void comeIn(Ours one, long longestMillis) {
        one.cameLate(hostile.mayBeFull());
        network.after(Duration.ofMillis(dice.nextLong(longestMillis)), () -> start(one));
    }

    /** One crashes, unless too few are left: then nobody would know where the others are. */
    void crash() {
        int up = up().size();
        if (up > LEAST_UP && all.size() - up < MOST_AWAY) {
            Ours one = any();
            one.crash();
            links.ended(one);
            comeIn(one, LONGEST_AWAY_MILLIS);
        }
    }

    void comeBack() {
        all.forEach(this::start);
    }
}
