package org.simpledht.core.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.ContentDigest;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Mix64;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * The local table, which is a join: {@link #apply} and its kin are the only way in, take what is larger than what is held, and refuses all
 * else; so whatever comes late, twice or in another order changes nothing (docs/PROTOCOL.md, "Entries").
 */
public final class Store {

    /** Hears of contents that have ended by themselves. */
    public interface Ended {
        void ended(Hash key, Content content);
    }

    private final EntryTree tree;
    private final Sums sums;
    private final Appointments appointments;
    private final HybridClock clock = new HybridClock();
    private final Lease lease;
    private final Room room;

    public Store(Cluster cluster, Lease lease, int maxEntries, long maxBytes) {
        tree = new EntryTree(cluster.sipHash());
        sums = new Sums(tree, cluster.sipHash());
        appointments = new Appointments(tree, lease);
        this.lease = lease;
        room = new Room(maxEntries, maxBytes);
    }

    public Lease lease() {
        return lease;
    }

    // From any thread

    /** What leases go by when the physical clock shows that. */
    public long nowMillis(long physicalMillis) {
        return clock.nowMillis(physicalMillis);
    }

    /** The content that is visible under a key. */
    public Optional<Content> get(Hash key, long physicalMillis) {
        Held held = tree.get(Mix64.of(key.bits()));
        boolean isVisible = held != null && held.isVisible(nowMillis(physicalMillis));
        return isVisible ? Optional.of(held.content) : Optional.empty();
    }

    /** A copy of all that is visible, made while the writer goes on. */
    public Map<Hash, Content> snapshot(long physicalMillis) {
        Map<Hash, Content> copy = new HashMap<>();
        forEach(physicalMillis, copy::put);
        return copy;
    }

    /** All that is visible, in no order that means anything; what is written meanwhile is among it or not. */
    public void forEach(long physicalMillis, Visitor visitor) {
        long now = nowMillis(physicalMillis);
        tree.forEach(held -> {
            if (held.isVisible(now)) {
                visitor.visit(new Hash(held.key), held.content);
            }
        });
    }

    /** Sees entries. */
    public interface Visitor {
        void visit(Hash key, Content content);
    }

    /** How many keys are held, visible or not. */
    public int entries() {
        return room.entries();
    }

    /** Bytes of content. */
    public long bytes() {
        return room.bytes();
    }

    // Writes

    /**
     * A new version of a key with that content, larger than what is held.
     *
     * @param lifeSeconds unsigned, at most the longest lease
     */
    public Meta stamp(Hash key, Content content, int lifeSeconds, long physicalMillis) {
        return Meta.of(key, clock.next(physicalMillis, meta(key).clock()), lifeSeconds, content);
    }

    /** A removal, larger than what is held. */
    public Meta stampRemoval(Hash key, long physicalMillis) {
        return Meta.removal(key, clock.next(physicalMillis, meta(key).clock()));
    }

    /**
     * A copy of unknown age, which loses to everything that one of ours ever wrote: it ends so long from now.
     *
     * @param spanMillis cut to the longest lease
     */
    public Meta stampCopy(Hash key, Content content, long spanMillis, long physicalMillis) {
        long span = Math.min(spanMillis, lease.longestMillis());
        return Meta.of(key, COPY_CLOCK, lease.lifeUntil(COPY_CLOCK, nowMillis(physicalMillis), span), content);
    }

    /** The clock of what was written nobody knows when. */
    public static final long COPY_CLOCK = 1;

    /** The same version, with the longest lease from now on; it is no write, so that it cannot win over one. */
    public Meta renewed(Meta held, long physicalMillis) {
        int life = lease.lifeUntil(held.clock(), nowMillis(physicalMillis), lease.longestMillis());
        return new Meta(held.key(), held.clock(), held.digest(), life, held.size());
    }

    /**
     * Takes a version if it is larger than what is held.
     *
     * @param content its content, or null if that is not at hand: then it is taken only if nothing of it is visible, or the
     *     same content is held
     * @throws IllegalArgumentException if the content is not that version's
     */
    public Applied apply(Meta meta, Content content, long physicalMillis) {
        if (content != null && (content.size() != meta.size() || ContentDigest.of(content) != meta.digest())) {
            throw new IllegalArgumentException(content + " is not the content of " + meta);
        }
        return applyTrusted(meta, content, physicalMillis);
    }

    /** The same for who has computed the Meta from the content. */
    public Applied applyTrusted(Meta meta, Content content, long physicalMillis) {
        Applied refusal = refusalOfOthers(meta, physicalMillis);
        return refusal != null ? refusal : write(meta, content, physicalMillis);
    }

    /**
     * Takes what this node itself has stamped: when its clock has gone back far, that is ahead of it, and the others take it
     * later.
     *
     * @param content null of a removal
     */
    public Applied write(Meta meta, Content content, long physicalMillis) {
        Held before = tree.get(Mix64.of(meta.key().bits()));
        Applied refusal = refusal(meta, before, physicalMillis);
        if (refusal != null) {
            return refusal;
        }
        boolean isHere = before != null
                && before.content != null
                && before.digest == meta.digest()
                && before.size == meta.size();
        boolean isVisible = willBeVisible(meta, physicalMillis);
        Content after = !isVisible ? null : isHere ? before.content : content;
        if (isVisible && after == null) {
            return Applied.NEEDS_CONTENT;
        }
        // Also if it has just ended: nobody has been told of that.
        boolean wasVisible = before != null && before.content != null;
        replace(before, new Held(meta, after), nowMillis(physicalMillis));
        clock.observe(meta.clock(), physicalMillis);
        if (isVisible) {
            return !wasVisible ? Applied.NEW : isHere ? Applied.RENEWED : Applied.CHANGED;
        }
        return wasVisible ? Applied.ENDED : Applied.UNSEEN;
    }

    /** What would become of a version if its content were at hand; null if it would be taken. */
    public Applied refusal(Meta meta, long physicalMillis) {
        Applied refusal = refusalOfOthers(meta, physicalMillis);
        return refusal != null
                ? refusal
                : refusal(meta, tree.get(Mix64.of(meta.key().bits())), physicalMillis);
    }

    /** Whether a content of that size would be taken under that key, as far as room goes. */
    public boolean hasRoomFor(Hash key, int size, long physicalMillis) {
        return isRoom(tree.get(Mix64.of(key.bits())), size, nowMillis(physicalMillis));
    }

    /** Whether no new key is taken: there are too many, or one found no room for its content lately. */
    public boolean isFull(long physicalMillis) {
        return room.isFull(nowMillis(physicalMillis));
    }

    private boolean isRoom(Held before, long size, long nowMillis) {
        boolean is = room.isThere(before, size);
        if (!is && before == null) {
            room.refused(size, nowMillis);
        }
        return is;
    }

    /** What this node has stamped itself may be that far ahead, when its clock has gone back. */
    private Applied refusalOfOthers(Meta meta, long physicalMillis) {
        if (meta.clockMillis() > physicalMillis + Lease.TOLERANCE_MILLIS) {
            return Applied.AHEAD;
        }
        boolean isTooLong =
                meta.endMillis() > nowMillis(physicalMillis) + lease.longestMillis() + Lease.TOLERANCE_MILLIS;
        return isTooLong ? Applied.TOO_LONG : null;
    }

    private Applied refusal(Meta meta, Held before, long physicalMillis) {
        long now = nowMillis(physicalMillis);
        if (meta.isNothing() || lease.heldUntilMillis(meta) <= now) {
            return Applied.OVER;
        }
        int order = before == null ? 1 : meta.compareVersion(before.meta());
        if (order <= 0) {
            return order == 0 ? Applied.SAME : Applied.OLDER;
        }
        long size = willBeVisible(meta, physicalMillis) ? Integer.toUnsignedLong(meta.size()) : 0;
        return isRoom(before, size, now) ? null : Applied.FULL;
    }

    /** Once it is taken, the time is that of its clock at least. */
    private boolean willBeVisible(Meta meta, long physicalMillis) {
        return meta.digest() != 0 && meta.endMillis() > Math.max(nowMillis(physicalMillis), meta.clockMillis());
    }

    private void replace(Held before, Held after, long nowMillis) {
        after.summed = lease.leavesSumsMillis(after.clock, after.life) > nowMillis;
        room.addBytes(after.bytes() - (before == null ? 0 : before.bytes()));
        appointments.schedule(before, after);
        tree.put(after);
        room.entries(tree.entries());
        appointments.tidy();
    }

    // Time

    /** Ends what has ended, and forgets what is no longer held. */
    public void tick(long physicalMillis, Ended ended) {
        long now = nowMillis(physicalMillis);
        clock.passed(now);
        appointments.tick(now, (key, content) -> {
            room.addBytes(-content.size());
            ended.ended(key, content);
        });
        room.entries(tree.entries());
        appointments.tidy();
    }

    /** The physical clock was set to another time. */
    public void clockStepped(long physicalMillis) {
        clock.steppedTo(physicalMillis);
    }

    /** When {@link #tick} has something to do, {@link Long#MAX_VALUE} for never. */
    public long nextTickMillis() {
        return appointments.nextMillis();
    }

    /** How many appointments there are with entries: one for each that counts, and some that were moved. */
    int appointments() {
        return appointments.size();
    }

    // What nodes tell each other

    /** What is held under a key, {@link Meta#nothing} if nothing is. */
    public Meta meta(Hash key) {
        Held held = tree.get(Mix64.of(key.bits()));
        return held == null ? Meta.nothing(key) : held.meta();
    }

    /** The content held under a key, null if none is. */
    public Content content(Hash key) {
        Held held = tree.get(Mix64.of(key.bits()));
        return held == null ? null : held.content;
    }

    /**
     * Whether something leaves the sums about now: as clocks are not quite equal, it leaves them earlier at one node than at
     * another, and to compare them then would be for nothing.
     */
    public boolean isShrinking(long physicalMillis) {
        return appointments.isAnyLeavingSums(nowMillis(physicalMillis));
    }

    public TreeRecord.Root root() {
        return sums.root();
    }

    public Sums sums() {
        return sums;
    }

    /**
     * For tests: adds everything up anew.
     *
     * @throws IllegalStateException if what is kept is not what it should be
     */
    public void check() {
        tree.check();
        long[] counted = new long[1];
        tree.forEach(held -> counted[0] += held.bytes());
        if (counted[0] != bytes() || tree.entries() != entries()) {
            throw new IllegalStateException("there are " + counted[0] + " bytes in " + tree.entries()
                    + " entries, and not " + bytes() + " in " + entries());
        }
    }
}
