package org.simpledht.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.simpledht.testing.Spoofer.Pretence;
import org.simpledht.types.NetAddress;

/** What a seed has in store for good nodes among hostile peers. */
final class HostileLot {

    private static final int MOST_PLACES = 10;
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
        return !areProven || !areImpostors && !beg && nodes - 1 + enemies <= MOST_PLACES;
    }

    /** Whether there may be more than a table has room for. */
    boolean mayBeFull() {
        return entries == FEW_ENTRIES || flood > 1_000;
    }

    /**
     * @param areLinksSafe or else a good node may not be known for one where it has just lost its place, and whoever has its address
     *     may write as any guest may
     */
    Enemy enemy(SplittableRandom dice, Loot loot, List<NetAddress> targets, boolean areLinksSafe) {
        List<Pretence> some = new ArrayList<>(pretences);
        if (!areLinksSafe) {
            some.remove(Pretence.BARE_NEIGHBOUR);
        }
        if (some.isEmpty()) {
            some.add(Pretence.NEIGHBOUR);
        }
        Liar liar = new Liar(dice.split(), loot, areImpostors, beg);
        return new Enemy(dice, loot, targets, some, liar, areProven, pauseNanos, flood);
    }

    @Override
    public String toString() {
        return enemies + (areProven ? areImpostors ? " impostors" : " liars" : " forgers") + (beg ? " who beg" : "")
                + " for "
                + lasts + ", " + victims + " victims" + (hasEcho ? ", one an echo" : "")
                + (isPublic ? ", public addresses" : "") + ", " + entries + " entries, " + largest
                + " bytes, floods of " + flood
                + " every " + pauseNanos / 1_000_000 + " ms, " + pretences;
    }
}
