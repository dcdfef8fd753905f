package org.simpledht.testing;

import java.time.Duration;
import java.util.ArrayList;
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
 * <p>{@link HostileLot} says how bad it is, {@link Enemy} does it to {@link Residents}, who live in {@link Homes} and know
 * {@link Originals}. {@link Vigil} watches each node at every turn, {@link Border} each frame that it sends, {@link LinkVigil} the links,
 * {@link Agreement} is what is asked for in the end.
 */
final class Hostility {

    private static final Duration TO_MEET = Duration.ofSeconds(30);

    /** Before that somebody new is nothing yet, and good nodes do not know who of them speaks to it. */
    private static final Duration TO_KNOW_ORIGINALS = Duration.ofSeconds(15);

    private static final Duration TO_AGREE = Duration.ofSeconds(60);

    /** Those who are full are compared with every half minute only, and each time one of them at random. */
    private static final Duration TO_AGREE_IN_SPITE_OF_FULL_TABLES = Duration.ofMinutes(5);

    /** From when they fall silent. Who has found no place among them asks again after a minute, and may have asked just before. */
    private static final Duration TO_REST = Duration.ofSeconds(150);

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
    private final Originals originals;
    private final Residents residents;
    private final Homes homes;
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
        homes = new Homes(network, hostile.families, hostile.isPublic);
        originals = new Originals(network, dice.split(), hostile.areOriginalsForged());
        border = new Border(network.agenda(), originals, writes, hostile.areKnown(lot.nodes));
        residents = new Residents(network, dice.split(), hostile, lot, border, originals);
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
        originals.moveIn(homes, hostile.originals);
        residents.moveIn(homes, writes);
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

    /** Each key is there before anybody could fill the tables. */
    private void meet() {
        if (!network.advanceUntil(() -> LinkVigil.areComplete(residents.all()), TO_MEET)) {
            throw new AssertionError("do not meet within " + TO_MEET);
        }
        for (int i = 0; i < lot.keys; i++) {
            author.write(
                    residents.any(), new Hash(i), 0, i == 0 ? author.bytes(hostile.largest) : author.text("first"));
        }
        network.advance(Duration.ofMillis(1));
        new Agreement(network, residents.all(), lot).come(TO_AGREE);
        if (hostile.originals > 0) {
            network.advance(TO_KNOW_ORIGINALS);
            originals.begin();
        }
    }

    private void attack() {
        List<NetAddress> victims = new ArrayList<>();
        for (int i = 0; i < hostile.victims; i++) {
            homes.ofVictim("victim" + i, i);
            victims.add(network.attach("victim" + i, new Victim(i == 0 && hostile.hasEcho)));
        }
        List<NetAddress> good = residents.all().stream()
                .flatMap(each -> each.addresses().stream())
                .toList();
        Loot loot = new Loot(dice.split(), good, victims, originals.addresses(), lot.keys);
        boolean areSafe = hostile.areLinksSafe(lot.nodes) && hostile.isRoomForAll(lot.nodes);
        for (int i = 0; i < hostile.enemies; i++) {
            Enemy enemy = hostile.enemy(dice.split(), loot, hostile.areKnown(lot.nodes));
            enemies.add(enemy);
            homes.ofEnemy("enemy" + i, i);
            network.attach("enemy" + i, enemy);
        }
        links = new LinkVigil(residents.all(), !areSafe, hostile.areImpostors);
        residents.begin(links);
    }

    private void next() {
        int what = dice.nextInt(10);
        if (what < 6) {
            author.write(residents.any(), author.anyKey());
        } else if (what < 9) {
            author.remove(residents.any(), author.anyKey());
        } else if (hostile.haveCrashes) {
            residents.crash();
        }
    }

    /** Never true: it is asked after each event, and what is wrong is thrown. */
    private boolean look() {
        if (network.agenda().nowNanos() >= lookNanos) {
            lookNanos = network.agenda().nowNanos() + LOOK_NANOS;
            links.look(lookNanos);
            originals.look();
            if (++looks % SELDOM == 0) {
                residents.up().forEach(this::lookAtTables);
                border.guestWrites().look(key -> residents.up().stream()
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
        Duration begun = network.elapsed();
        network.fairWeather();
        residents.comeBack();
        Agreement agreement = new Agreement(network, residents.all(), lot);
        Duration agreed = agreement.come(hostile.mayBeFull() ? TO_AGREE_IN_SPITE_OF_FULL_TABLES : TO_AGREE);
        Duration quiet = agreement.beQuiet(TO_BE_QUIET);
        Duration left = TO_REST.minus(network.elapsed().minus(begun));
        boolean isLong = hostile.mayFindNoPlace(lot.nodes) && left.compareTo(TO_AGREE) > 0;
        Duration limit = isLong ? left : TO_AGREE;
        if (!network.advanceUntil(this::areAtRest, limit)) {
            throw new AssertionError(
                    "no rest within " + limit + ": links complete " + LinkVigil.areComplete(residents.all()));
        }
        residents.all().forEach(this::lookAtTables);
        originals.look();
        return new Took(agreed, quiet);
    }

    /** All are neighbours, want nothing, and hold the same, unless some have no room for what hostile peers wrote. */
    private boolean areAtRest() {
        List<Ours> ours = residents.all();
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
