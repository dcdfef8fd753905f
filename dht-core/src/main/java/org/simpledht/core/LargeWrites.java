package org.simpledht.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Version;
import org.simpledht.types.Hash;

/**
 * What was written here and is too large to be pushed: one neighbour was told of it and fetches it in pieces, when and as fast as it
 * likes. How much of it is still to be fetched says whether a writer had better wait (docs/PROTOCOL.md, "Flow").
 */
final class LargeWrites {

    /** As much as waits of what is pushed: twice the largest window. */
    private static final int MUCH_BYTES = 1 << 20;

    /** Bounds memory; of the smallest of them so many are more than {@link #MUCH_BYTES}. */
    private static final int MOST = 1_024;

    private static final int KEYS_PER_ASK = 34;

    /** When it has fetched nothing for so long it is asked what it holds: it may have had all of it from others. */
    private static final long ASK_NANOS = 300_000_000L;

    /** Who fetches nothing for so long, and has nothing of it, might never: it may have no room for any of it. */
    private static final long REFUSED_NANOS = 5_000_000_000L;

    private static final class Large {
        private final Meta meta;
        private long bytes;

        Large(Meta meta) {
            this.meta = meta;
            bytes = Integer.toUnsignedLong(meta.size());
        }
    }

    private final Map<Hash, Large> unfetched = new LinkedHashMap<>();
    private long bytes;
    private boolean refused;
    private long progressNanos;
    private long askedNanos;

    /** That was written here, in place of what was there before. */
    void written(Meta meta, boolean isLarge, Now now) {
        remove(meta.key());
        if (!isLarge || refused) {
            return;
        }
        if (unfetched.isEmpty()) {
            progress(now);
        } else if (unfetched.size() == MOST) {
            remove(unfetched.keySet().iterator().next());
        }
        Large large = new Large(meta);
        unfetched.put(meta.key(), large);
        bytes += large.bytes;
    }

    private void remove(Hash key) {
        Large large = unfetched.remove(key);
        bytes -= large == null ? 0 : large.bytes;
    }

    private void progress(Now now) {
        refused = false;
        progressNanos = now.nanos();
        askedNanos = now.nanos();
    }

    /** A piece of that length is asked for, and goes. */
    void fetches(Version version, int length, Now now) {
        progress(now);
        Large large = unfetched.get(version.key());
        if (large != null && large.meta.version().equals(version)) {
            long less = Math.min(large.bytes, Integer.toUnsignedLong(length));
            large.bytes -= less;
            bytes -= less;
            if (large.bytes == 0) {
                unfetched.remove(version.key());
            }
        }
    }

    /** The neighbour says what it holds. */
    void holds(Meta theirs, Now now) {
        Large large = unfetched.get(theirs.key());
        if (large != null && !large.meta.isLargerThan(theirs)) {
            remove(theirs.key());
            progress(now);
        }
    }

    /** The neighbour holds all that is held here. */
    void holdsAll() {
        unfetched.clear();
        bytes = 0;
        refused = false;
    }

    /** Whether so much is still to be fetched that a writer had better wait. */
    boolean isMuch() {
        return bytes >= MUCH_BYTES;
    }

    /** Whether nothing says that the neighbour ever fetches anything. */
    boolean isRefused() {
        return refused;
    }

    /** What is to be asked now; null if nothing. */
    ExtensionRecord.Ask tick(Now now) {
        if (!isMuch()) {
            return null;
        }
        if (now.since(progressNanos) >= REFUSED_NANOS) {
            holdsAll();
            refused = true;
            return null;
        }
        if (now.since(askedNanos) < ASK_NANOS) {
            return null;
        }
        askedNanos = now.nanos();
        List<Hash> oldest = unfetched.keySet().stream().limit(KEYS_PER_ASK).toList();
        return new ExtensionRecord.Ask(oldest);
    }

    long nanosUntilTick(Now now) {
        return isMuch()
                ? Math.min(now.until(askedNanos + ASK_NANOS), now.until(progressNanos + REFUSED_NANOS))
                : Long.MAX_VALUE;
    }
}
