package org.simpledht.testing;

import java.util.Optional;
import org.simpledht.Dht;
import org.simpledht.Insides;
import org.simpledht.core.Node;
import org.simpledht.core.NodeInsides;
import org.simpledht.core.Now;
import org.simpledht.core.store.Lease;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.ContentDigest;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Watches one life of one node: after each of its turns, all that must hold at any moment does. */
final class Vigil {

    private static final long LOOK_NANOS = 1_000_000_000L;
    private static final long START_MILLIS = 1_700_000_000_000L;

    /** A clock that is further off than those of the others ever are has been led astray. */
    private static final long LARGEST_ERROR_MILLIS = 4_500;

    /** What is over goes with the next tick, which may be so far away. */
    private static final long LATE_MILLIS = 2_500;

    private final String name;
    private final NetAddress address;
    private final Dht dht;
    private final Node node;
    private final NodeInsides insides;
    private final Store store;
    private final Lease lease;
    private final Bounds bounds;
    private final Writes writes;
    private final boolean hasStrangers;
    private final Meta[] held;
    private final Meta[] largest;
    private long fingerprint;
    private long lookedNanos = -LOOK_NANOS;
    private long offsetMillis;
    private boolean isAstray;

    /** What its tables may hold. */
    record Bounds(int entries, long storeBytes, int wants, long fetchingBytes, int peers) {}

    Vigil(String name, NetAddress address, Dht dht, Lot lot, Bounds bounds, Writes writes) {
        this.name = name;
        this.address = address;
        this.dht = dht;
        this.bounds = bounds;
        this.writes = writes;
        node = Insides.node(dht);
        insides = new NodeInsides(node);
        store = node.store();
        lease = store.lease();
        hasStrangers = lot.hasStrangers();
        held = new Meta[lot.keys];
        largest = new Meta[lot.keys];
        offsetMillis = Long.MIN_VALUE;
    }

    Store store() {
        return store;
    }

    NodeInsides insides() {
        return insides;
    }

    Node node() {
        return node;
    }

    /** The largest version of each key that it has ever held, as far as its clock has not gone astray. */
    Meta largest(int key) {
        return largest[key];
    }

    /** Its clock was led astray at some time. */
    boolean isAstray() {
        return isAstray;
    }

    /** It has had a turn. */
    void look(long nowNanos) {
        Throwable failure = Insides.failure(dht);
        if (failure != null) {
            throw new AssertionError(name + " has failed", failure);
        }
        long print = (31 * store.root().sum() + store.entries()) * 31 + store.bytes();
        if (print == fingerprint && nowNanos - lookedNanos < LOOK_NANOS) {
            return;
        }
        fingerprint = print;
        lookedNanos = nowNanos;
        heedClock(nowNanos);
        lookAtTables(nowNanos);
        store.check();
        int known = 0;
        for (int i = 0; i < held.length; i++) {
            Meta now = store.meta(new Hash(i));
            lookAt(i, now, nowNanos);
            known += now.isNothing() ? 0 : 1;
        }
        require(hasStrangers || known == store.entries(), "holds a key that nobody wrote");
    }

    /** What is remembered of it counts no more when it has taken its clock for wrong. */
    private void heedClock(long nowNanos) {
        long offset = node.physicalMillis(nowNanos) - START_MILLIS - nowNanos / 1_000_000;
        if (offsetMillis != Long.MIN_VALUE && Math.abs(offset - offsetMillis) > 1_000) {
            java.util.Arrays.fill(held, null);
            java.util.Arrays.fill(largest, null);
        }
        offsetMillis = offset;
        isAstray |= Math.abs(offset) > LARGEST_ERROR_MILLIS;
    }

    private void lookAtTables(long nowNanos) {
        Node.Sizes sizes = node.sizes(new Now(nowNanos, node.physicalMillis(nowNanos)));
        require(store.entries() <= bounds.entries, "holds too many entries");
        require(store.bytes() <= bounds.storeBytes, "holds too many bytes");
        require(insides.wants() <= bounds.wants, "wants too much");
        require(insides.fetchedBytes() <= bounds.fetchingBytes, "fetches too much");
        require(sizes.peers() + sizes.candidates() <= bounds.peers, "has too many peers");
    }

    private void lookAt(int key, Meta now, long nowNanos) {
        long physical = node.physicalMillis(nowNanos);
        long millis = store.nowMillis(physical);
        Meta before = held[key];
        if (now.isNothing()) {
            require(
                    before == null || lease.heldUntilMillis(before) <= millis,
                    () -> "has forgotten too early, at " + millis + ": " + before);
            held[key] = null;
            lookAtVisible(key, now, millis);
            return;
        }
        require(
                lease.heldUntilMillis(now) + LATE_MILLIS > millis,
                () -> "still holds what is over at " + millis + ": " + now);
        if (!now.equals(before)) {
            require(before == null || now.isLargerThan(before), () -> "held " + before + " and now holds " + now);
            lookAtOrigin(now, physical, millis);
            lookAtLargest(key, now, millis);
            held[key] = now;
        }
        lookAtVisible(key, now, millis);
    }

    /**
     * Nothing comes back under what has beaten it, as long as that is held by right. Later it may: when it was renewed by who has
     * not heard of it for so long.
     */
    private void lookAtLargest(int key, Meta now, long millis) {
        Meta most = largest[key];
        boolean isSmaller = most != null
                && (Long.compareUnsigned(now.clock(), most.clock()) < 0
                        || now.clock() == most.clock() && Long.compareUnsigned(now.digest(), most.digest()) < 0);
        if (isSmaller) {
            require(
                    most.clockMillis() + lease.longestMillis() <= millis && !isVisible(now, millis)
                            || now.endMillis() > most.clockMillis() + lease.longestMillis(),
                    () -> "had " + most + ", and has gone back to " + now + " at " + millis);
        }
        largest[key] = now;
    }

    private void lookAtOrigin(Meta meta, long physical, long millis) {
        Writes.Write write = writes.of(meta);
        if (write == null) {
            // Who does not know yet whom he talks to is told of a content alone, which is a copy to him.
            boolean isCopy = meta.clock() == Store.COPY_CLOCK && writes.isIntended(meta);
            require(
                    hasStrangers || isCopy || writes.isRepeated(address, meta),
                    () -> "holds what nobody wrote: " + meta);
            return;
        }
        boolean isAsWritten = meta.life() == write.meta().life();
        boolean isRenewed = write.isPublished()
                && Integer.compareUnsigned(meta.life(), write.meta().life()) > 0
                && meta.endMillis() <= millis + lease.longestMillis() + Lease.TOLERANCE_MILLIS;
        require(
                hasStrangers || isAstray || meta.size() == write.meta().size() && (isAsWritten || isRenewed),
                () -> "holds " + meta + ", and what was written is " + write);
        require(
                isAstray || meta.clockMillis() <= physical + Lease.TOLERANCE_MILLIS,
                () -> "holds what lies ahead of " + physical + ": " + meta);
    }

    private static boolean isVisible(Meta meta, long millis) {
        return meta.digest() != 0 && meta.endMillis() > millis;
    }

    private void lookAtVisible(int key, Meta meta, long millis) {
        Optional<Content> local = dht.local(new Hash(key));
        boolean isVisible = isVisible(meta, millis);
        require(
                local.isPresent() == isVisible || isAstray && local.isEmpty(),
                () -> "shows " + local + " at " + millis + " of " + meta);
        Content content = store.content(new Hash(key));
        require(
                content == null || meta.endMillis() + LATE_MILLIS > millis,
                () -> "keeps the content of what has ended: " + meta);
        if (local.isPresent() && local.get().size() <= 4_096) {
            require(
                    local.get().size() == meta.size() && ContentDigest.of(local.get()) == meta.digest(),
                    () -> "shows " + local + " as " + meta);
        }
    }

    /** Something was just written here. */
    void wrote(Node.Written written, Content content, long nowNanos) {
        Meta meta = written.meta();
        if (!written.applied().isNews()) {
            boolean mayRefuse = bounds.entries < held.length || bounds.storeBytes < 1 << 20 || isAstray;
            require(mayRefuse, () -> "refuses a write: " + written);
            return;
        }
        Optional<Content> local = dht.local(meta.key());
        require(
                content == null
                        ? local.isEmpty()
                        : local.filter(content::equals).isPresent(),
                () -> "shows " + local + " after it wrote " + meta);
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(name + " " + what);
        }
    }

    private void require(boolean holds, java.util.function.Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(name + (isAstray ? ", astray, " : " ") + what.get());
        }
    }
}
