package org.simpledht.core;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.simpledht.types.Hash;

/**
 * What was just written, or has just come, and waits for room in one neighbour's window: keys in order, each once. Room is kept
 * for what was written here, whose writers can wait, unlike those of what is relayed.
 */
final class Backlog {

    private static final int MOST_RELAYED = 8_192;
    private static final int MOST = MOST_RELAYED + 2_048;

    /** Of small writes so many, of large ones so many bytes: twice the largest window, so that it never runs dry. */
    private static final int MUCH = 1_024;

    private static final int MUCH_BYTES = 1 << 20;

    private record Waiting(int bytes, boolean isOwn, boolean isSentAgain) {}

    private final Map<Hash, Waiting> waiting = new LinkedHashMap<>();
    private int own;
    private long ownBytes;

    /**
     * Notes a key; one that waits already keeps its place.
     *
     * @param bytes how many it will take
     * @param isOwn whether it was written here
     * @param isSentAgain whether it is to be sent again should it get lost
     * @return false if there is no room for it
     */
    boolean add(Hash key, int bytes, boolean isOwn, boolean isSentAgain) {
        if (waiting.size() >= (isOwn ? MOST : MOST_RELAYED) && !waiting.containsKey(key)) {
            return false;
        }
        Waiting before = waiting.put(key, new Waiting(bytes, isOwn, isSentAgain));
        if (before != null) {
            count(before, -1);
        }
        count(waiting.get(key), 1);
        return true;
    }

    private void count(Waiting one, int sign) {
        if (one.isOwn) {
            own += sign;
            ownBytes += (long) sign * one.bytes;
        }
    }

    boolean contains(Hash key) {
        return waiting.containsKey(key);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    /** Whether the first one is to be sent again should it get lost. */
    boolean isFirstSentAgain() {
        return waiting.values().iterator().next().isSentAgain;
    }

    /** Takes the first one out. */
    Hash poll() {
        Iterator<Map.Entry<Hash, Waiting>> all = waiting.entrySet().iterator();
        Map.Entry<Hash, Waiting> first = all.next();
        all.remove();
        count(first.getValue(), -1);
        return first.getKey();
    }

    /** Whether so much that was written here waits that its writers had better wait, too. */
    boolean isMuch() {
        return own >= MUCH || ownBytes >= MUCH_BYTES;
    }
}
