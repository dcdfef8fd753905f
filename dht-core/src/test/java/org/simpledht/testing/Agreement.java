package org.simpledht.testing;

import java.time.Duration;
import java.util.List;
import org.simpledht.core.store.Lease;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;

/** What all nodes are to come to when the misfortune is over. */
final class Agreement {

    /** So long before something is forgotten nobody compares it any more: some 20 s, and what clocks differ by. */
    private static final long LEAVING_MILLIS = 30_000;

    private static final long LOOK_NANOS = 50_000_000L;

    private final SimulatedNetwork network;
    private final List<Ours> ours;
    private final Lot lot;
    private long lookNanos;

    Agreement(SimulatedNetwork network, List<Ours> all, Lot lot) {
        this.network = network;
        this.lot = lot;
        ours = all.stream().filter(Ours::takesPart).toList();
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
        return difference().isEmpty();
    }

    private String difference() {
        if (ours.isEmpty()) {
            return "";
        }
        long physical = ours.stream().mapToLong(this::millis).max().getAsLong();
        Lease lease = ours.get(0).vigil().store().lease();
        for (int i = 0; i < lot.keys; i++) {
            Hash key = new Hash(i);
            Meta first = lasting(ours.get(0), key, lease, physical);
            for (Ours each : ours) {
                Meta meta = lasting(each, key, lease, physical);
                if (!meta.equals(first)) {
                    return each.name() + " holds " + meta + ", " + ours.get(0).name() + " holds " + first;
                }
            }
            for (Ours each : ours) {
                Meta largest = each.vigil().largest(i);
                if (largest != null && isLasting(largest, lease, physical) && largest.isLargerThan(first)) {
                    return each.name() + " has had " + largest + ", and all hold " + first;
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

    private static Meta lasting(Ours each, Hash key, Lease lease, long millis) {
        Meta meta = each.vigil().store().meta(key);
        return isLasting(meta, lease, millis) ? meta : Meta.nothing(key);
    }

    private static boolean isLasting(Meta meta, Lease lease, long millis) {
        return lease.heldUntilMillis(meta) - LEAVING_MILLIS > millis;
    }

    /** Nothing is left to be done. */
    void beQuiet(Duration limit) {
        if (!network.advanceUntil(() -> unrest().isEmpty(), limit)) {
            throw new AssertionError("no quiet within " + limit + ": " + unrest());
        }
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
