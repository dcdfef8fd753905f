package org.simpledht.core;

import java.util.SortedMap;
import java.util.TreeMap;
import org.simpledht.protocol.Refusal;

/** What a machine counts. The names are public: docs/STATISTICS.md explains each. */
public enum Counter {
    FRAMES_RECEIVED("framesReceived"),
    BYTES_RECEIVED("bytesReceived"),
    FRAMES_SENT("framesSent"),
    BYTES_SENT("bytesSent"),
    FRAMES_FROM_SELF("framesFromSelf"),
    PUTS_RECEIVED("putsReceived"),
    PUTS_REFUSED_FULL("putsRefusedFull"),
    PUTS_TOO_LARGE("putsTooLargeToSend"),
    ADDRESSES_REFUSED("addressesRefused"),
    PEERS_REFUSED("peersRefused"),
    PENDING_GETS_DROPPED("pendingGetsDropped"),
    WANTS_REFUSED("wantsRefused"),
    WANTS_GIVEN_UP("wantsGivenUp"),
    CLASSIC_FRAMES_OF_OURS("classicFramesOfOurs"),
    METAS_AHEAD("metasAhead"),
    METAS_TOO_LONG("metasTooLong"),
    METAS_OVER("metasOver"),
    VALUES_TOO_LARGE("valuesTooLarge"),
    FETCHES_REFUSED("fetchesRefused"),
    FETCHES_GIVEN_UP("fetchesGivenUp"),
    FETCHES_SPOILED("fetchesSpoiled"),
    OUTPUT_DROPPED("outputDropped"),
    ORIGINAL_PUTS_DROPPED("originalPutsDropped"),
    WRITES_HELD("writesHeld"),
    PAUSES("pauses"),
    UNPROVEN_FRAMES("unprovenFrames"),
    GUEST_FRAMES_REFUSED("guestFramesRefused"),
    GUEST_FRAMES_WITHHELD("guestFramesWithheld"),
    GUEST_WRITES_REFUSED("guestWritesRefused"),
    FRAMES_UNSIGNED("framesUnsigned"),
    FRAMES_STALE("framesStale"),
    FRAMES_REPEATED("framesRepeated"),
    WRITES_REPLAYED("writesReplayed");

    private final String key;

    Counter(String key) {
        this.key = key;
    }

    /** Counters of one machine, and how often each {@link Refusal} happened. */
    public static final class Board {
        private final long[] counts = new long[Counter.values().length];
        private final long[] refusals = new long[Refusal.values().length];

        public void add(Counter counter, long amount) {
            counts[counter.ordinal()] += amount;
        }

        void add(Counter counter) {
            add(counter, 1);
        }

        void add(Refusal refusal) {
            refusals[refusal.ordinal()]++;
        }

        /** A copy by name; refusals as {@code refused.EMPTY} and so on. */
        public SortedMap<String, Long> snapshot() {
            SortedMap<String, Long> snapshot = new TreeMap<>();
            for (Counter counter : Counter.values()) {
                snapshot.put(counter.key, counts[counter.ordinal()]);
            }
            for (Refusal refusal : Refusal.values()) {
                snapshot.put("refused." + refusal, refusals[refusal.ordinal()]);
            }
            return snapshot;
        }
    }
}
