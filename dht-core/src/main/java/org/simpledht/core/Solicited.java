package org.simpledht.core;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.simpledht.types.Hash;

/**
 * Gets to those who name no versions, and what is heard from them. An original sends a Put only in answer to one: so a Put
 * from it is a copy of unknown age if there is a Get that it has not answered, however long ago, and a client's fresh write
 * if there is none (docs/PROTOCOL.md, "Originals").
 */
final class Solicited {

    private static final int MAX_PER_PEER = 1_024;
    private static final int MAX_RECENT = 1_024;

    /** So many more than there are peers have gone, or were never taken for peers, when they are forgotten. */
    private static final int MAX_GONE = 1_024;

    /** A client that puts the same again within this time repeats itself, because it did not hear the acknowledgement. */
    private static final long REPEATED_NANOS = 30_000_000_000L;

    /** Who says how long it is to live may put it again to have it live on, so it is sooner taken at its word. */
    private static final long REPEATED_WITH_LIFE_NANOS = 3_000_000_000L;

    private record Source(Path from, Hash key) {}

    private record Write(long digest, int life, long atNanos) {}

    private final Map<Source, Write> copies = new LinkedHashMap<>();

    private final Map<Peer, Map<Hash, Integer>> unanswered = new HashMap<>();
    private final Map<Source, Write> recent = new LinkedHashMap<>();

    /** Whether a Get may go to that peer: not when it owes so many answers that the next could not be told apart. */
    boolean mayAsk(Peer peer, Hash key) {
        Map<Hash, Integer> ofPeer = unanswered.get(peer);
        return ofPeer == null || ofPeer.containsKey(key) || ofPeer.size() < MAX_PER_PEER;
    }

    void asked(Peer peer, Hash key, PeerTable peers) {
        if (unanswered.size() >= peers.size() + MAX_GONE) {
            forgetAllBut(peers);
        }
        unanswered.computeIfAbsent(peer, p -> new HashMap<>()).merge(key, 1, Integer::sum);
    }

    /** A Put has come: whether it answers a Get. */
    boolean answered(Peer peer, Hash key) {
        Map<Hash, Integer> ofPeer = unanswered.get(peer);
        if (ofPeer == null || !ofPeer.containsKey(key)) {
            return false;
        }
        ofPeer.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
        return true;
    }

    /**
     * A fresh write has come: whether it is the same as a moment ago.
     *
     * @param life that its writer wants for it, 0 if it does not say
     */
    boolean isRepeated(Path from, Hash key, long digest, int life, Now now) {
        Source source = new Source(from, key);
        Write before = recent.remove(source);
        long withinNanos = life == 0 ? REPEATED_NANOS : REPEATED_WITH_LIFE_NANOS;
        boolean repeated = before != null
                && before.digest() == digest
                && before.life() == life
                && now.since(before.atNanos()) < withinNanos;
        if (recent.size() >= MAX_RECENT) {
            recent.remove(recent.keySet().iterator().next());
        }
        // The first one counts: or else who repeats itself for ever would never be heard.
        recent.put(source, repeated ? before : new Write(digest, life, now.nanos()));
        return repeated;
    }

    /** An answer has come: what comes once more of it, as datagrams do, is no fresh write. */
    void copied(Path from, Hash key, long digest, Now now) {
        Source source = new Source(from, key);
        copies.remove(source);
        if (copies.size() >= MAX_RECENT) {
            copies.remove(copies.keySet().iterator().next());
        }
        copies.put(source, new Write(digest, 0, now.nanos()));
    }

    /** Whether the same has come from there in answer to a Get, not long ago. */
    boolean isCopiedAgain(Path from, Hash key, long digest, Now now) {
        Write before = copies.get(new Source(from, key));
        return before != null && before.digest() == digest && now.since(before.atNanos()) < REPEATED_NANOS;
    }

    /** Who is gone cannot answer. */
    void forgetAllBut(PeerTable peers) {
        unanswered.keySet().removeIf(peer -> !peers.contains(peer));
    }
}
