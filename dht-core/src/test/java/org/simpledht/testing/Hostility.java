package org.simpledht.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.simpledht.core.Now;
import org.simpledht.core.TableBounds;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * Good nodes that trust nobody write, overwrite and remove, while hostile peers say in their own names and in those of others whatever
 * may do harm; then these fall silent, and the nodes have to come to an agreement. All of it is drawn from the network's seed.
 *
 * <p>{@link HostileLot} says how bad it is, {@link Enemy} does it. {@link Vigil} watches each node at every turn, {@link Border} each
 * frame that it sends, {@link LinkVigil} the links, {@link Agreement} is what is asked for in the end.
 */
final class Hostility {

    private static final Duration TO_MEET = Duration.ofSeconds(30);
    private static final Duration TO_AGREE = Duration.ofSeconds(60);

    /** Those who are full are compared with every half minute only, and each time one of them at random. */
    private static final Duration TO_AGREE_IN_SPITE_OF_FULL_TABLES = Duration.ofMinutes(5);

    private static final Duration TO_BE_QUIET = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = 100_000_000L;
    private static final int SELDOM = 10;

    private final SimulatedNetwork network;
    private final SplittableRandom dice;
    private final HostileLot hostile;
    private final Lot lot;
    private final Writes writes = new Writes();
    private final Author author;
    private final Border border;
    private final List<Ours> ours = new ArrayList<>();
    private final List<Enemy> enemies = new ArrayList<>();
    private LinkVigil links;
    private long lookNanos;
    private int looks;

    /** How long it took until all agreed, and until nothing was left to be done. */
    record Took(Duration agreed, Duration quiet) {}

    Hostility(SimulatedNetwork network) {
        this.network = network;
        dice = new SplittableRandom(network.seed());
        hostile = new HostileLot(dice);
        lot = Lot.amongHostilePeers(dice, hostile.entries);
        author = new Author(dice, lot, writes);
        border = new Border(network.agenda());
    }

    HostileLot hostile() {
        return hostile;
    }

    Lot lot() {
        return lot;
    }

    /**
     * @throws AssertionError if something is not as it must be
     */
    Took befall() {
        network.note("drawn: " + lot + "; " + hostile);
        network.loss(lot.loss).delay(Duration.ofMillis(1), lot.longestDelay);
        network.wire().watch(border);
        moveIn();
        meet();
        attack();
        Duration end = network.elapsed().plus(hostile.lasts);
        while (network.elapsed().compareTo(end) < 0) {
            network.advanceUntil(this::look, Duration.ofMillis(dice.nextLong(700)));
            next();
        }
        enemies.forEach(Enemy::end);
        return agree();
    }

    private void moveIn() {
        Wiretap unused = new Wiretap(new HashSet<>(), new HashSet<>(), writes);
        for (int i = 0; i < lot.nodes; i++) {
            SimulatedHost host = network.host(Ours.name(i));
            if (hostile.isPublic) {
                host.address("198.18." + i + ".1");
            }
            if (!lot.clocksAgree) {
                host.skewClock(Duration.ofMillis(dice.nextLong(-1_000, 1_001)));
            }
        }
        for (int i = 0; i < lot.nodes; i++) {
            Ours each = new Ours(i, network, lot, false, writes, unused);
            ours.add(each);
            border.watch(each);
            each.start();
        }
    }

    /** Each key is there before anybody could fill the tables. */
    private void meet() {
        if (!network.advanceUntil(() -> LinkVigil.areComplete(ours), TO_MEET)) {
            throw new AssertionError("do not meet within " + TO_MEET);
        }
        for (int i = 0; i < lot.keys; i++) {
            author.write(any(), new Hash(i), 0, i == 0 ? author.bytes(hostile.largest) : author.text("first"));
        }
        network.advance(Duration.ofMillis(1));
        new Agreement(network, ours, lot).come(TO_AGREE);
    }

    private Ours any() {
        return ours.get(dice.nextInt(ours.size()));
    }

    private void attack() {
        List<NetAddress> victims = new ArrayList<>();
        for (int i = 0; i < hostile.victims; i++) {
            network.host("victim" + i).address("192.0." + (2 + i / 2) + "." + (1 + i));
            victims.add(network.attach("victim" + i, new Victim(i == 0 && hostile.hasEcho)));
        }
        List<NetAddress> good = ours.stream().map(Ours::address).toList();
        Loot loot = new Loot(dice.split(), good, victims, lot.keys);
        boolean areSafe = hostile.areLinksSafe(lot.nodes);
        for (int i = 0; i < hostile.enemies; i++) {
            Enemy enemy = hostile.enemy(dice.split(), loot, good, areSafe);
            enemies.add(enemy);
            if (hostile.isPublic) {
                network.host("enemy" + i).address("203.0.113." + (1 + i));
            }
            network.attach("enemy" + i, enemy);
        }
        links = new LinkVigil(ours, !areSafe);
        links.begin();
    }

    private void next() {
        int what = dice.nextInt(10);
        if (what < 6) {
            author.write(any(), author.anyKey());
        } else if (what < 9) {
            author.remove(any(), author.anyKey());
        }
    }

    /** Never true: it is asked after each event, and what is wrong is thrown. */
    private boolean look() {
        if (network.agenda().nowNanos() >= lookNanos) {
            lookNanos = network.agenda().nowNanos() + LOOK_NANOS;
            links.look();
            if (++looks % SELDOM == 0) {
                ours.forEach(this::lookAtTables);
                border.guestWrites().look(key -> ours.stream()
                        .anyMatch(each -> !each.vigil().store().meta(key).isNothing()));
            }
        }
        return false;
    }

    private void lookAtTables(Ours one) {
        TableBounds.look(one.vigil().node());
        if (!hostile.areProven) {
            one.dht().forEach((key, content) -> {
                if (key.bits() < 0 || key.bits() >= lot.keys && !Loot.isOfGuests(key)) {
                    throw new AssertionError(one.name() + " holds " + key + ", which nobody can have written");
                }
            });
        }
    }

    private Took agree() {
        network.fairWeather();
        Agreement agreement = new Agreement(network, ours, lot);
        Duration agreed = agreement.come(hostile.mayBeFull() ? TO_AGREE_IN_SPITE_OF_FULL_TABLES : TO_AGREE);
        Duration quiet = agreement.beQuiet(TO_BE_QUIET);
        if (!network.advanceUntil(this::areAtRest, TO_AGREE)) {
            throw new AssertionError("no rest within " + TO_AGREE + ": links complete " + LinkVigil.areComplete(ours));
        }
        ours.forEach(this::lookAtTables);
        return new Took(agreed, quiet);
    }

    /** All are neighbours, want nothing, and hold the same, unless some have no room for what hostile peers wrote. */
    private boolean areAtRest() {
        long sum = ours.get(0).vigil().store().root().sum();
        for (Ours each : ours) {
            Now now = new Now(network.agenda().nowNanos(), each.host().currentTimeMillis());
            boolean isSame = each.vigil().store().root().sum() == sum || hostile.mayBeFull();
            if (!isSame || each.vigil().node().sizes(now).wants() > 0) {
                return false;
            }
        }
        return LinkVigil.areComplete(ours);
    }
}
