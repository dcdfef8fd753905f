package org.simpledht.testing;

import java.util.Optional;
import java.util.function.Supplier;
import org.simpledht.Dht;
import org.simpledht.Insides;
import org.simpledht.core.Node;
import org.simpledht.core.NodeInsides;
import org.simpledht.core.Now;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Watches one life of one node: after each of its turns, all that must hold at any moment does. */
final class Vigil {

    private static final long START_MILLIS = 1_700_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long LOOK_NANOS = 1_000_000_000L;

    /** Of more the sums are added up anew now and then, and not after each turn. */
    private static final int MANY_ENTRIES = 100;

    /** A want is repeated after a second. */
    private static final long LONGEST_WAIT_NANOS = 2_500_000_000L;

    /** Whose clock moves by more than that has taken it for wrong. */
    private static final long LEAP_MILLIS = 1_000;

    /** A clock that is further off than those of the others ever are has been led astray. */
    private static final long LARGEST_ERROR_MILLIS = 4_500;

    private final String name;
    private final NetAddress address;
    private final Dht dht;
    private final Supplier<Throwable> failure;
    private final Node node;
    private final NodeInsides insides;
    private final Store store;
    private final Lot lot;
    private final Bounds bounds;
    private final Wiretap wiretap;
    private final KeyVigil[] keys;
    private long fingerprint;
    private boolean hasHeardNews;
    private long lookedNanos = -LOOK_NANOS;
    private long checkedNanos;
    private long offsetMillis = Long.MIN_VALUE;
    private boolean isAstray;
    private long wantingNanos;
    private long turnNanos;
    private long newest;

    /** What its tables may hold. */
    record Bounds(int entries, long storeBytes, int wants, long fetchingBytes, int peers) {}

    Vigil(String name, NetAddress address, Dht dht, Lot lot, Bounds bounds, Writes writes, Wiretap wiretap) {
        this.name = name;
        this.address = address;
        this.dht = dht;
        this.lot = lot;
        this.bounds = bounds;
        this.wiretap = wiretap;
        failure = Insides.failure(dht);
        node = Insides.node(dht);
        insides = new NodeInsides(node);
        store = node.store();
        keys = new KeyVigil[lot.keys];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = new KeyVigil(this, new Hash(i), lot, writes);
        }
    }

    String name() {
        return name;
    }

    NetAddress address() {
        return address;
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

    /** What an application there is shown. */
    Optional<Content> local(Hash key) {
        return dht.local(key);
    }

    /** The largest version of each key that it has ever held, as far as its clock has not gone astray. */
    Meta largest(int key) {
        return keys[key].largest();
    }

    /** Its clock was led astray at some time. */
    boolean isAstray() {
        return isAstray;
    }

    /** It has taken something with this clock, and writes nothing with an earlier one. */
    void seen(long clock) {
        newest = Long.compareUnsigned(clock, newest) > 0 ? clock : newest;
    }

    /**
     * It has read what waited, and its turn is yet to come: in that it may forget by right what it has just heard, if its time has gone
     * on by a clock in the same batch.
     */
    void lookAtHeard(long nowNanos) {
        long physical = node.physicalMillis(nowNanos);
        // What has left the sums changes no fingerprint.
        boolean forgetsNothing = store.nextTickMillis() > store.nowMillis(physical);
        if (print() == fingerprint && forgetsNothing) {
            return;
        }
        hasHeardNews = true;
        heedClock(nowNanos);
        for (KeyVigil key : keys) {
            key.lookAtHeard(physical);
        }
    }

    private long print() {
        return (31 * store.root().sum() + store.entries()) * 31 + store.bytes();
    }

    /** It has had a turn. */
    void look(long nowNanos) {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new AssertionError(name + " has failed: " + cause, cause);
        }
        lookAtWants(nowNanos);
        long print = print();
        if (print == fingerprint && !hasHeardNews && nowNanos - lookedNanos < LOOK_NANOS) {
            return;
        }
        fingerprint = print;
        hasHeardNews = false;
        heedClock(nowNanos);
        for (KeyVigil key : keys) {
            key.lookAtPublished((nowNanos - lookedNanos) / NANOS_PER_MILLI);
        }
        lookedNanos = nowNanos;
        lookAtTables(nowNanos);
        lookAtKeys(node.physicalMillis(nowNanos));
    }

    /** Whoever wants something asks for it again and again. */
    private void lookAtWants(long nowNanos) {
        boolean hasSlept = nowNanos - turnNanos > LONGEST_WAIT_NANOS / 2;
        if (insides.wants() == 0 || lot.hasStrangers() || lot.isForged() || lot.isShared || hasSlept) {
            wantingNanos = nowNanos;
        }
        turnNanos = nowNanos;
        if (nowNanos - wantingNanos > LONGEST_WAIT_NANOS) {
            require(
                    nowNanos - wiretap.askedNanos(address) <= LONGEST_WAIT_NANOS,
                    () -> "wants " + insides.wants() + " of which it fetches " + insides.fetched()
                            + ", and has not asked for it for long");
        }
    }

    /** What is remembered of it counts no more when it has taken its clock for wrong. */
    private void heedClock(long nowNanos) {
        long offset = node.physicalMillis(nowNanos) - START_MILLIS - nowNanos / NANOS_PER_MILLI;
        if (offsetMillis != Long.MIN_VALUE && Math.abs(offset - offsetMillis) > LEAP_MILLIS) {
            for (KeyVigil key : keys) {
                key.forget();
            }
            newest = 0;
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
        if (store.entries() <= MANY_ENTRIES || nowNanos - checkedNanos >= LOOK_NANOS) {
            checkedNanos = nowNanos;
            store.check();
        }
    }

    private void lookAtKeys(long physical) {
        int known = 0;
        for (KeyVigil key : keys) {
            known += key.look(physical) ? 1 : 0;
        }
        require(lot.hasStrangers() || lot.isShared || known == store.entries(), "holds a key that nobody wrote");
    }

    /**
     * Something was just written here, perhaps in the very turn in which it has taken its clock for wrong.
     *
     * @param content null of a removal
     */
    void wrote(Node.Written written, Content content, boolean isPublished, long nowNanos) {
        heedClock(nowNanos);
        Meta meta = written.meta();
        if (!written.applied().isNews()) {
            // Others' keys may have filled a table that has come late.
            boolean isFull = lot.isShared
                    && store.entries() >= bounds.entries
                    && store.meta(meta.key()).isNothing();
            boolean mayRefuse = bounds.entries < keys.length || bounds.storeBytes < 1 << 20 || isAstray || isFull;
            require(mayRefuse, () -> "refuses a write: " + written);
            return;
        }
        require(
                isAstray || Long.compareUnsigned(meta.clock(), newest) > 0,
                () -> "writes " + meta + ", and has seen " + newest);
        keys[(int) meta.key().bits()].wrote(meta, content, isPublished);
    }

    private void require(boolean holds, String what) {
        require(holds, () -> what);
    }

    void require(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(name + (isAstray ? ", astray, " : " ") + what.get());
        }
    }
}
