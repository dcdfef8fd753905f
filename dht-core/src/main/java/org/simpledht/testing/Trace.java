package org.simpledht.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import org.simpledht.types.NetAddress;

/** What has happened: a digest of every byte and moment, and the last lines in words. */
final class Trace {

    private static final int LINES_KEPT = 100;
    private static final long FNV_PRIME = 0x100_0000_01b3L;

    private record Line(long atNanos, String what, NetAddress from, NetAddress to, int bytes, int type) {}

    private final Deque<Line> lines = new ArrayDeque<>();
    private long digest = 0xcbf2_9ce4_8422_2325L;

    void frame(long atNanos, String what, NetAddress from, NetAddress to, byte[] frame) {
        mix(atNanos);
        mix(from.hashCode());
        mix(to.hashCode());
        mix(what.hashCode());
        for (byte b : frame) {
            mix(b);
        }
        if (lines.size() >= LINES_KEPT) {
            lines.removeFirst();
        }
        lines.addLast(new Line(atNanos, what, from, to, frame.length, frame.length == 0 ? -1 : frame[0]));
    }

    private void mix(long value) {
        digest = (digest ^ value) * FNV_PRIME;
    }

    /** Two runs with the same digest are the same, byte for byte. */
    long digest() {
        return digest;
    }

    /** The last frames, oldest first, a line each. */
    String tail() {
        StringBuilder out = new StringBuilder();
        for (Line line : lines) {
            out.append(String.format(
                    "%12.6f s  %-9s %s -> %s  type %d, %d bytes%n",
                    line.atNanos / 1e9, line.what, line.from, line.to, line.type, line.bytes));
        }
        return out.toString();
    }
}
