package org.simpledht.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * The local table. Written by the machine alone; {@link #get}, {@link #contains}, {@link #snapshot}, {@link #entries} and
 * {@link #bytes} may be called from any thread while it writes, which is why this is the one class of the core that knows
 * of concurrency.
 *
 * <p>Entries stay as long as the node runs. A full table takes no new key, but a new content for a key it has; it evicts
 * nothing, or whoever floods it would push out what others put.
 */
public final class Store {

    /** What an entry is said to live on the wire, in seconds: the network's longest lease. */
    static final int LIFE_SECONDS = 3_600;

    /** The Meta is made once, at the write: whoever asks for it must not cost a digest of the content each time. */
    private record Entry(Content content, Meta meta) {}

    /** What became of a write. */
    enum Written {
        NEW,
        CHANGED,
        SAME,
        FULL
    }

    private final Map<Hash, Entry> table = new ConcurrentHashMap<>();
    private final HybridClock clock = new HybridClock();
    private final int maxEntries;
    private final long maxBytes;
    private volatile long bytes;

    Store(int maxEntries, long maxBytes) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
    }

    Written write(Hash hash, Content content, long wallMillis) {
        Entry before = table.get(hash);
        if (before != null && before.content.equals(content)) {
            return Written.SAME;
        }
        int bytesBefore = before == null ? 0 : before.content.size();
        long bytesAfter = bytes - bytesBefore + content.size();
        if (bytesAfter > maxBytes || before == null && table.size() >= maxEntries) {
            return Written.FULL;
        }
        table.put(hash, new Entry(content, Meta.of(hash, clock.next(wallMillis), LIFE_SECONDS, content)));
        bytes = bytesAfter;
        return before == null ? Written.NEW : Written.CHANGED;
    }

    /** The content of a hash. From any thread. */
    public Optional<Content> get(Hash hash) {
        Entry entry = table.get(hash);
        return entry == null ? Optional.empty() : Optional.of(entry.content);
    }

    /** From any thread. */
    public boolean contains(Hash hash) {
        return table.containsKey(hash);
    }

    /** A copy of everything, made while the machine goes on. From any thread. */
    public Map<Hash, Content> snapshot() {
        Map<Hash, Content> copy = new HashMap<>();
        table.forEach((hash, entry) -> copy.put(hash, entry.content));
        return copy;
    }

    /** Number of entries. From any thread. */
    public int entries() {
        return table.size();
    }

    /** Bytes of content. From any thread. */
    public long bytes() {
        return bytes;
    }

    /** Which version is held under a key, for whoever asks. */
    Meta meta(Hash key) {
        Entry entry = table.get(key);
        return entry == null ? Meta.nothing(key) : entry.meta;
    }
}
