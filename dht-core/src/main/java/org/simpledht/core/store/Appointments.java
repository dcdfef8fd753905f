package org.simpledht.core.store;

import org.simpledht.protocol.Mix64;
import org.simpledht.types.Hash;

/**
 * What happens to entries in time: a content ends, its Meta leaves the sums, and is forgotten. Each entry has at most one
 * appointment that counts, for whichever of these is next.
 */
final class Appointments {

    /** So many are kept in one tick, so that a million leases that end together do not hold the node up. */
    private static final int MOST_PER_TICK = 4_096;

    /** So many that were moved are never worth going through all entries. */
    private static final int SPARE = 1_024;

    private final EntryTree tree;
    private final Lease lease;
    private final Slots slots = new Slots();
    private boolean isUpToDate = true;
    private long lastLeftMillis = Long.MIN_VALUE / 2;

    Appointments(EntryTree tree, Lease lease) {
        this.tree = tree;
        this.lease = lease;
    }

    /** Has the next thing happen to an entry that is about to take the place of another one, or of none. */
    void schedule(Held before, Held after) {
        int second = Slots.second(nextMillis(after));
        boolean isEarlyEnough = before != null && before.slot <= second;
        after.slot = isEarlyEnough ? before.slot : second;
        if (!isEarlyEnough) {
            slots.add(after.key, second);
        }
    }

    /** Appointments that were moved are dropped when they have become more than those that count. */
    void tidy() {
        if (slots.size() > 2 * tree.entries() + SPARE) {
            slots.clear();
            tree.forEach(held -> slots.add(held.key, held.slot));
        }
    }

    private long nextMillis(Held held) {
        long next = lease.heldUntilMillis(held.clock, held.life);
        if (held.summed) {
            next = Math.min(next, lease.leavesSumsMillis(held.clock, held.life));
        }
        return held.content == null ? next : Math.min(next, held.endMillis());
    }

    /** Ends what has ended, and forgets what is no longer held. */
    void tick(long nowMillis, Store.Ended ended) {
        isUpToDate = slots.visit(nowMillis, MOST_PER_TICK, (key, second) -> visit(key, second, nowMillis, ended));
    }

    private void visit(long key, int second, long now, Store.Ended ended) {
        long x = Mix64.of(key);
        Held held = tree.get(x);
        if (held == null || held.slot != second) {
            return;
        }
        if (lease.heldUntilMillis(held.clock, held.life) <= now) {
            tree.remove(x);
            tellEnded(held, ended);
            return;
        }
        if (held.summed && lease.leavesSumsMillis(held.clock, held.life) <= now) {
            tree.leaveSums(x);
            lastLeftMillis = now;
        }
        Held kept = held;
        if (held.content != null && held.endMillis() <= now) {
            kept = new Held(held.meta(), null);
            kept.summed = held.summed;
            tree.put(kept);
            tellEnded(held, ended);
        }
        kept.slot = Slots.second(nextMillis(kept));
        slots.add(key, kept.slot);
    }

    private static void tellEnded(Held held, Store.Ended ended) {
        if (held.content != null) {
            ended.ended(new Hash(held.key), held.content);
        }
    }

    /** Whether something leaves the sums about now. */
    boolean isAnyLeavingSums(long nowMillis) {
        boolean didLeave = nowMillis - lastLeftMillis < Lease.LEAVING_MARGIN_MILLIS;
        boolean willLeave = slots.isTaken(Lease.nextLeavingMillis(nowMillis))
                && Lease.nextLeavingMillis(nowMillis) - nowMillis < Lease.LEAVING_MARGIN_MILLIS;
        return didLeave || willLeave || !isUpToDate;
    }

    /** When {@link #tick} has something to do, {@link Long#MAX_VALUE} for never. */
    long nextMillis() {
        return slots.nextMillis();
    }

    /** How many there are: one for each entry that counts, and some that were moved. */
    int size() {
        return slots.size();
    }
}
