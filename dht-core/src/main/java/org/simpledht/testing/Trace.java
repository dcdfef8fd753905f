package org.simpledht.testing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.simpledht.types.NetAddress;

/** What has happened: a digest of every byte and moment, how many frames met which fate, and the last lines in words. */
final class Trace {

    private static final int FRAMES_KEPT = 100;
    private static final int NOTES_KEPT = 50;
    private static final long FNV_PRIME = 0x100_0000_01b3L;
    private static final long FNV_BASIS = 0xcbf2_9ce4_8422_2325L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final Fate[] FATES = Fate.values();

    private record Note(long atNanos, String what) {}

    // The last frames, in a ring: one of them costs no object.
    private final long[] times = new long[FRAMES_KEPT];
    private final Fate[] fates = new Fate[FRAMES_KEPT];
    private final Flight[] flights = new Flight[FRAMES_KEPT];
    private final long[] counts = new long[FATES.length];
    private final Deque<Note> notes = new ArrayDeque<>();
    private long frames;
    private long digest = FNV_BASIS;

    void frame(long atNanos, Fate fate, Flight flight) {
        mix(atNanos);
        mix(flight.digest);
        mix(fate.ordinal());
        counts[fate.ordinal()]++;
        int index = (int) (frames++ % FRAMES_KEPT);
        times[index] = atNanos;
        fates[index] = fate;
        flights[index] = flight;
    }

    /** Something was done to the network. */
    void note(long atNanos, String what) {
        mix(atNanos);
        mix(what.hashCode());
        if (notes.size() >= NOTES_KEPT) {
            notes.removeFirst();
        }
        notes.addLast(new Note(atNanos, what));
    }

    private void mix(long value) {
        digest = mixed(digest, value);
    }

    private static long mixed(long digest, long value) {
        long product = (digest ^ value) * FNV_PRIME;
        // The upper bits of a product depend on all of its factor, the lower ones do not.
        return product ^ product >>> 32;
    }

    /** Of everything in a frame, to be taken once on its way. */
    static long digest(NetAddress from, NetAddress to, byte[] frame) {
        long digest = mixed(mixed(mixed(FNV_BASIS, from.hashCode()), to.hashCode()), frame.length);
        int i = 0;
        for (; i <= frame.length - Long.BYTES; i += Long.BYTES) {
            digest = mixed(digest, (long) LONGS.get(frame, i));
        }
        for (; i < frame.length; i++) {
            digest = mixed(digest, frame[i]);
        }
        return digest;
    }

    /** Two runs with the same digest are the same, byte for byte. */
    long digest() {
        return digest;
    }

    /** How many frames met which fate, by its name. */
    SortedMap<String, Long> counts() {
        SortedMap<String, Long> named = new TreeMap<>();
        for (Fate fate : FATES) {
            named.put(fate.word(), counts[fate.ordinal()]);
        }
        return named;
    }

    /** What was done, and the last frames, oldest first, a line each. */
    String tail(Duration elapsed) {
        StringBuilder out = new StringBuilder();
        if (!notes.isEmpty()) {
            out.append("what was done:\n");
            notes.forEach(
                    note -> out.append(String.format(Locale.ROOT, "%12.6f s  %s%n", note.atNanos / 1e9, note.what)));
        }
        out.append("the last frames until ").append(elapsed).append(":\n");
        for (long i = Math.max(0, frames - FRAMES_KEPT); i < frames; i++) {
            int index = (int) (i % FRAMES_KEPT);
            Flight flight = flights[index];
            byte[] frame = flight.frame;
            out.append(String.format(
                    Locale.ROOT,
                    "%12.6f s  %-11s %s -> %s  type %d, %d bytes%n",
                    times[index] / 1e9,
                    fates[index].word(),
                    flight.from,
                    flight.to,
                    frame.length == 0 ? -1 : frame[0],
                    frame.length));
        }
        return out.toString();
    }
}
