package org.simpledht.core.store;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;

/**
 * Renews the leases of what was put here without a ttl, for as long as this node runs. A renewal is no write: same clock, same
 * digest, longer life; so it cannot beat a newer value or a removal, not even one that this node has not heard of. When it
 * has heard of one, it renews no more (docs/PROTOCOL.md, "Entries").
 */
public final class Publisher {

    private static final int MOST_PER_TICK = 1_000;
    private static final int RENEWALS_PER_LEASE = 3;

    /** So that what was put together is not renewed together for ever: a tenth earlier or later. */
    private static final int SPREAD = 10;

    /**
     * Renewals of all nodes wait for moments that are so large a part of their wait apart, so that few of them share frames, and the
     * sums of tables differ seldom: each time that they do, some neighbours compare. Where there are more the moments come closer
     * together: no more than fills one frame goes at once.
     */
    private static final int MOMENTS = 40;

    private static final int METAS_PER_FRAME = 34;
    private static final long MILLIS_PER_SECOND = 1_000;

    /** In less than this part of a lease nothing ends, as all was renewed when a third of it had passed. */
    private static final int WORTH_A_LOOK = 6;

    /** Announces renewals. */
    public interface Announcer {
        void renewed(Meta meta);
    }

    private final Store store;
    private final RandomGenerator dice;
    private final Slots slots = new Slots();
    private final Map<Hash, Published> published = new HashMap<>();
    private int size;

    /** A key's one appointment. */
    private static final class Published {
        /** Null if that was beaten: the entry stays until its appointment, so that a next write needs no other one. */
        private Meta written;

        private int second;
    }

    public Publisher(Store store, RandomGenerator dice) {
        this.store = store;
        this.dice = dice;
    }

    /** That version was written here, and is to live on. */
    public void publish(Meta written, long nowMillis) {
        Published entry = published.get(written.key());
        if (entry == null) {
            entry = new Published();
            published.put(written.key(), entry);
            schedule(entry, written.key(), nowMillis);
        }
        if (entry.written == null) {
            size++;
        }
        // Of a newer one the first renewal may come early: one appointment is enough for each key.
        entry.written = written;
    }

    private void schedule(Published entry, Hash key, long nowMillis) {
        long third = store.lease().longestMillis() / RENEWALS_PER_LEASE;
        long spread = third / SPREAD;
        int second = Slots.second(nowMillis + third - spread + dice.nextLong(2 * spread + 1));
        int afterLast = Math.floorMod(second, secondsBetweenMoments(third / MILLIS_PER_SECOND));
        entry.second = second - afterLast;
        slots.add(key.bits(), entry.second);
    }

    private int secondsBetweenMoments(long thirdSeconds) {
        long untilAFrameIsFull = METAS_PER_FRAME * thirdSeconds / published.size();
        return (int) Math.max(1, Math.min(untilAFrameIsFull, thirdSeconds / MOMENTS));
    }

    /** A version was applied: what it has beaten is published no more. */
    public void applied(Meta meta) {
        Published entry = published.get(meta.key());
        if (entry != null && entry.written != null && !isSameWrite(entry.written, meta)) {
            entry.written = null;
            size--;
        }
    }

    private static boolean isSameWrite(Meta written, Meta other) {
        return written.clock() == other.clock() && written.digest() == other.digest();
    }

    /**
     * So much time has passed at once, as after the machine has slept or the process was stopped: what lives by this node does not end by
     * that, no more than it does at a node that was cut off meanwhile. What has still its content has not ended before. Others are
     * told of it at the next ticks.
     */
    public void passOver(long passedMillis, long toPhysicalMillis) {
        long longest = store.lease().longestMillis();
        if (passedMillis < longest / WORTH_A_LOOK) {
            return;
        }
        // Not all that is due then is renewed in the next tick.
        long soon = store.nowMillis(toPhysicalMillis) + longest / RENEWALS_PER_LEASE;
        published.forEach((key, entry) -> {
            Meta held = store.meta(key);
            if (lives(entry, held) && held.endMillis() <= soon && store.content(key) != null) {
                // A second less than the tick will make of it, or that would be no news and nobody be told.
                store.applyTrusted(store.renewed(held, toPhysicalMillis - MILLIS_PER_SECOND), null, toPhysicalMillis);
            }
        });
    }

    /**
     * The clock was ahead, and is set back: what was renewed meanwhile lives too long for everybody else, and until then
     * no renewal could be larger. A version with the next clock can, and loses to all that is really newer.
     */
    public void wentBack(long toPhysicalMillis) {
        long now = store.nowMillis(toPhysicalMillis);
        long longestEnd = now + store.lease().longestMillis() + Lease.TOLERANCE_MILLIS;
        published.forEach((key, entry) -> {
            Meta held = store.meta(key);
            boolean isTooLong = held.endMillis() > longestEnd;
            boolean isAhead = held.clockMillis() > toPhysicalMillis + Lease.TOLERANCE_MILLIS;
            if (lives(entry, held) && isTooLong && !isAhead) {
                Meta next = new Meta(key, held.clock() + 1, held.digest(), held.life(), held.size());
                Meta again = store.renewed(next, toPhysicalMillis);
                store.applyTrusted(again, null, toPhysicalMillis);
                entry.written = again;
                schedule(entry, key, now);
            }
        });
    }

    private static boolean lives(Published entry, Meta held) {
        return entry.written != null && isSameWrite(entry.written, held);
    }

    /** How many entries live by this node. */
    public int size() {
        return size;
    }

    /** How many are waited for: one for each key. */
    int appointments() {
        return slots.size();
    }

    public void tick(long physicalMillis, Announcer announcer) {
        long now = store.nowMillis(physicalMillis);
        slots.visit(now, MOST_PER_TICK, (bits, second) -> {
            Hash key = new Hash(bits);
            Published entry = published.get(key);
            if (entry == null || entry.second != second) {
                return;
            }
            Meta held = store.meta(key);
            applied(held);
            // What has ended has ended everywhere.
            if (entry.written == null || held.endMillis() <= now) {
                size -= entry.written == null ? 0 : 1;
                published.remove(key);
                return;
            }
            Meta renewed = store.renewed(held, physicalMillis);
            if (store.applyTrusted(renewed, null, physicalMillis).isNews()) {
                announcer.renewed(renewed);
            }
            schedule(entry, key, now);
        });
    }

    public long nextTickMillis() {
        return slots.nextMillis();
    }
}
