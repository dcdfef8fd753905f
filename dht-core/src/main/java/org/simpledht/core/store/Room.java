package org.simpledht.core.store;

/**
 * How much is held, and how much may be. A full table takes no new key, but a new version of a key it has, unless that is
 * larger than the room; it evicts nothing, or whoever floods it would push out what others put.
 *
 * <p>One thread writes, any may read.
 */
final class Room {

    private final int maxEntries;
    private final long maxBytes;
    private volatile int entries;
    private volatile long bytes;

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

    /** Whether there is none for a new key. */
    boolean isFull() {
        return entries >= maxEntries || bytes >= maxBytes;
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
