package org.simpledht.testing;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;

/** What all nodes are to come to when the misfortune is over. */
final class Agreement {

    /** So long before something is forgotten nobody compares it any more: some 20 s, and what clocks differ by. */
    private static final long LEAVING_MILLIS = 30_000;

    private static final long LOOK_NANOS = 10_000_000L;

    /** Sums that differ of what is about to be forgotten do not count, so it is looked at all the same now and then. */
    private static final long SELDOM_NANOS = 200_000_000L;

    private final SimulatedNetwork network;
    private final List<Ours> ours;
    private final List<Ours> small;
    private final Lot lot;
    private long lookNanos;

    Agreement(SimulatedNetwork network, List<Ours> all, Lot lot) {
        this.network = network;
        this.lot = lot;
        ours = all.stream().filter(Ours::takesPart).toList();
        small = all.stream().filter(Ours::isFullOfEntries).toList();
    }

    /** Returns how long it took. */
    Duration come(Duration limit) {
        Duration begun = network.elapsed();
        if (!network.advanceUntil(this::hasCome, limit)) {
            throw new AssertionError("no agreement within " + limit + ": " + difference());
        }
        return network.elapsed().minus(begun);
    }

    private boolean hasCome() {
        long now = network.agenda().nowNanos();
        if (now < lookNanos) {
            return false;
        }
        lookNanos = now + LOOK_NANOS;
        // Most differences show here already, and cost nothing to see.
        long sum = ours.isEmpty() ? 0 : ours.get(0).vigil().store().root().sum();
        boolean mayDiffer = false;
        for (Ours each : ours) {
            mayDiffer |= each.vigil().store().root().sum() != sum;
        }
        if (mayDiffer && now % SELDOM_NANOS >= LOOK_NANOS) {
            return false;
        }
        return difference().isEmpty();
    }

    private String difference() {
        if (ours.isEmpty()) {
            return "";
        }
        long physical = ours.stream().mapToLong(this::millis).max().getAsLong();
        for (int i = 0; i < lot.keys; i++) {
            Hash key = new Hash(i);
            Meta first = lasting(ours.get(0), key, physical);
            for (Ours each : ours) {
                Meta meta = lasting(each, key, physical);
                if (!meta.equals(first)) {
                    return each.name() + " holds " + meta + ", " + ours.get(0).name() + " holds " + first;
                }
            }
            for (Ours each : ours) {
                Meta largest = each.vigil().largest(i);
                if (largest != null && isLasting(largest, physical) && largest.isLargerThan(first)) {
                    return each.name() + " has had " + largest + ", and all hold " + first;
                }
            }
        }
        return differenceOfSmall(physical);
    }

    /** Who is full takes no new keys, and goes along with those that it has. */
    private String differenceOfSmall(long physical) {
        for (Ours each : small) {
            for (int i = 0; i < lot.keys; i++) {
                Hash key = new Hash(i);
                Meta theirs = lasting(each, key, physical);
                Meta first = lasting(ours.get(0), key, physical);
                if ((each.holdsAll() || !theirs.isNothing()) && !theirs.equals(first)) {
                    return each.name() + ", which is full, holds " + theirs + ", and all hold " + first;
                }
            }
        }
        return "";
    }

    private long millis(Ours each) {
        return each.vigil()
                .store()
                .nowMillis(each.vigil().node().physicalMillis(network.agenda().nowNanos()));
    }

    private Meta lasting(Ours each, Hash key, long millis) {
        Meta meta = each.vigil().store().meta(key);
        return isLasting(meta, millis) ? meta : Meta.nothing(key);
    }

    private boolean isLasting(Meta meta, long millis) {
        return lot.heldUntilMillis(meta) - LEAVING_MILLIS > millis;
    }

    /** Nothing is left to be done. */
    Duration beQuiet(Duration limit) {
        Duration begun = network.elapsed();
        if (!network.advanceUntil(() -> unrest().isEmpty(), limit)) {
            throw new AssertionError("no quiet within " + limit + ": " + unrest());
        }
        return network.elapsed().minus(begun);
    }

    boolean isOfMany() {
        return ours.size() > 1;
    }

    /** One of those that take part. */
    Ours any(SplittableRandom dice) {
        return ours.get(dice.nextInt(ours.size()));
    }

    private String unrest() {
        for (Ours each : ours) {
            if (each.vigil().insides().wants() > 0) {
                return each.name() + " wants " + each.vigil().insides().wants();
            }
            if (each.vigil().insides().fetched() > 0) {
                return each.name() + " fetches " + each.vigil().insides().fetched();
            }
            if (each.vigil().insides().isWaiting()) {
                return each.name() + " has something to send";
            }
        }
        return "";
    }
}
