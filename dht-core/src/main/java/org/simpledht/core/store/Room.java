package org.simpledht.core.store;

/**
 * How much is held, and how much may be. A full table takes no new key, but a new version of a key it has, unless that is
 * larger than the room; it evicts nothing, or whoever floods it would push out what others put.
 *
 * <p>One thread writes, any may read.
 */
final class Room {

    /** A table that is nearly full counts as full for so long after it had no room for some content: smaller ones may have some. */
    private static final long REFUSED_MILLIS = 300_000;

    /** With less in it one large content that finds no room says nothing of others. */
    private static final double NEARLY = 0.875;

    private final int maxEntries;
    private final long maxBytes;
    private volatile int entries;
    private volatile long bytes;
    private boolean refused;
    private long refusedMillis;
    private long refusedBytes;

    Room(int maxEntries, long maxBytes) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
    }

    /** How many keys are held, visible or not. */
    int entries() {
        return entries;
    }

    void entries(int count) {
        entries = count;
    }

    /** Bytes of content. */
    long bytes() {
        return bytes;
    }

    void addBytes(int change) {
        bytes += change;
    }

    /** Whether there is none for a new key, or not for one of a usual size. */
    boolean isFull(long nowMillis) {
        boolean isLately = refused && Math.abs(nowMillis - refusedMillis) < REFUSED_MILLIS;
        boolean hasNone = bytes >= NEARLY * maxBytes && bytes + refusedBytes > maxBytes;
        return entries >= maxEntries || isLately && hasNone;
    }

    /** A new key with a content of that size has found none. */
    void refused(long size, long nowMillis) {
        refused = true;
        refusedBytes = size;
        refusedMillis = nowMillis;
    }

    /**
     * Whether there is some for a content of that size.
     *
     * @param before in whose place it would be, or null
     */
    boolean isThere(Held before, long size) {
        long bytesBefore = before == null ? 0 : before.bytes();
        boolean fits = bytes - bytesBefore + size <= maxBytes || size <= bytesBefore;
        return fits && (before != null || entries < maxEntries);
    }
}
