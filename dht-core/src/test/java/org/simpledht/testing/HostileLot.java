package org.simpledht.testing;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.simpledht.testing.Spoofer.Pretence;

/** What a seed has in store for good nodes among hostile peers. */
final class HostileLot {

    private static final int MOST_PLACES = 10;
    private static final int MOST_WHO_ASKED = 6;
    private static final int FEW_ENTRIES = 200;
    private static final int MANY_ENTRIES = 50_000;
    private static final int[] LARGEST = {20, 200, 1_000, 20_000, 60_000};
    private static final int[] FLOODS = {20, 20, 20, 60, 60, 60, 150, 150, 300, 4_500};

    final int enemies;
    final int victims;
    final boolean hasEcho;
    final Duration lasts;

    /** Whether all have addresses of the public network, where no subnet gets too many places. */
    final boolean isPublic;

    /** Whether hostile peers also speak from their own addresses. */
    final boolean areProven;

    /** Whether they do so as others, too. */
    final boolean areImpostors;

    /** Whether they want the places of good nodes. */
    final boolean beg;

    final int entries;

    /** Of the first content, in bytes. */
    final int largest;

    final Homes.Families families;

    /** How many of the good nodes come only in the midst of it. */
    final int late;

    /** Whether good nodes crash meanwhile, and come back with nothing. */
    final boolean haveCrashes;

    /** How many originals good nodes know, in whose names hostile peers speak as well. */
    final int originals;

    private final long pauseNanos;
    private final int flood;
    private final Set<Pretence> pretences;

    HostileLot(SplittableRandom dice) {
        enemies = 1 + dice.nextInt(4);
        victims = 1 + dice.nextInt(6);
        hasEcho = dice.nextInt(3) == 0;
        lasts = dice.nextInt(32) == 0
                ? Duration.ofSeconds(60 + dice.nextInt(90))
                : Duration.ofSeconds(3 + dice.nextInt(5));
        isPublic = dice.nextBoolean();
        areProven = dice.nextInt(5) < 2;
        areImpostors = areProven && dice.nextInt(4) == 0;
        beg = areProven && dice.nextInt(3) == 0;
        entries = dice.nextInt(4) == 0 ? FEW_ENTRIES : MANY_ENTRIES;
        largest = LARGEST[dice.nextInt(LARGEST.length)];
        families = Homes.Families.values()[dice.nextInt(Homes.Families.values().length)];
        late = dice.nextInt(4) == 0 ? 1 + dice.nextInt(2) : 0;
        haveCrashes = dice.nextInt(3) == 0;
        originals = dice.nextInt(4) == 0 ? 1 + dice.nextInt(2) : 0;
        pauseNanos = (40L + dice.nextInt(160)) * 1_000_000 * enemies;
        flood = FLOODS[dice.nextInt(FLOODS.length)];
        pretences = EnumSet.noneOf(Pretence.class);
        int kinds = dice.nextInt(3) == 0 ? Pretence.values().length : 1 + dice.nextInt(3);
        for (int i = 0; i < 3 * kinds; i++) {
            if (pretences.size() < kinds) {
                pretences.add(Pretence.values()[dice.nextInt(Pretence.values().length)]);
            }
        }
    }

    /** Whether all hostile peers together have nothing to get the place of a good node by. */
    boolean areLinksSafe(int nodes) {
        return !areProven || !areImpostors && !beg && nodes - 1 + ghosts(nodes) + enemies <= MOST_PLACES;
    }

    /** Who comes back by another one of its addresses than before may need another place, until its earlier life counts as gone. */
    private int ghosts(int nodes) {
        return haveCrashes && families.areMixed() ? nodes / 2 : 0;
    }

    /**
     * Whether no good node that comes in the midst of it needs the place of another one: at public addresses it does where more have
     * asked than may have a place for that, and who has lost it is asked for it anew.
     */
    boolean isRoomForAll(int nodes) {
        boolean haveNewcomers = late > 0 || haveCrashes;
        return !isPublic || !haveNewcomers || nodes - 1 + ghosts(nodes) + (areProven ? enemies : 0) <= MOST_WHO_ASKED;
    }

    /** Whether somebody good may come while hostile peers have the places that it should get, or its own earlier life has. */
    boolean mayFindNoPlace(int nodes) {
        return (!areLinksSafe(nodes) || !isRoomForAll(nodes)) && (late > 0 || haveCrashes);
    }

    /** Whether there may be more than a table has room for. */
    boolean mayBeFull() {
        return entries == FEW_ENTRIES || flood > 1_000;
    }

    /** Whether hostile peers speak in the names of originals. */
    boolean areOriginalsForged() {
        return pretences.contains(Pretence.ORIGINAL);
    }

    /**
     * Whether good nodes know each other for what they are all the time, by all addresses: not where one may have lost its place, or
     * either of the two has just come, or one has another address. Whoever has such an address may write there as any guest may, and
     * have a good node say there what anybody may ask for; and who hears that without a word of where it comes from takes it for
     * somebody's write. That is no more than whoever forges may write himself, in a network without a key.
     */
    boolean areKnown(int nodes) {
        return areLinksSafe(nodes) && late == 0 && !haveCrashes && !families.areMixed();
    }

    Enemy enemy(SplittableRandom dice, Loot loot, boolean areKnown) {
        Liar liar = new Liar(dice.split(), loot, areImpostors, beg);
        return new Enemy(dice, loot, List.copyOf(pretences), liar, areKnown, areProven, pauseNanos, flood);
    }

    @Override
    public String toString() {
        return enemies + (areProven ? areImpostors ? " impostors" : " liars" : " forgers") + (beg ? " who beg" : "")
                + " for "
                + lasts + ", " + victims + " victims" + (hasEcho ? ", one an echo" : "")
                + (isPublic ? ", public addresses" : "") + " of " + families
                + (late > 0 ? ", " + late + " late" : "")
                + (haveCrashes ? ", with crashes" : "")
                + (originals > 0 ? ", " + originals + " originals" : "") + ", " + entries + " entries, " + largest
                + " bytes, floods of " + flood
                + " every " + pauseNanos / 1_000_000 + " ms, " + pretences;
    }
}
