package org.simpledht.testing;

/** What a sender's frames go through one after the other: so many bytes per second, and only so many that wait. */
final class Line {

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long FASTEST = 1L << 40;

    /** How fast a line is, and how much may wait at it. */
    record Bandwidth(long bytesPerSecond, int queueBytes) {
        Bandwidth {
            Require.within("bytesPerSecond", bytesPerSecond, 1, FASTEST);
            Require.within("queueBytes", queueBytes, 0, Integer.MAX_VALUE);
        }

        @Override
        public String toString() {
            return bytesPerSecond + " bytes/s, of which " + queueBytes + " bytes may wait";
        }
    }

    private Bandwidth own;
    private long freeAtNanos;

    void bandwidth(Bandwidth bandwidth) {
        own = bandwidth;
    }

    /**
     * When a frame has left that comes at some time; -1 if it is lost, because too much waits already.
     *
     * @param general what holds if this line has none of its own; null for no limit
     */
    long leave(long atNanos, int bytes, Bandwidth general) {
        Bandwidth bandwidth = own == null ? general : own;
        if (bandwidth == null) {
            return atNanos;
        }
        long waitNanos = Math.max(0, freeAtNanos - atNanos);
        // A frame that finds the line free need not wait, whatever its size.
        double waiting = (double) waitNanos * bandwidth.bytesPerSecond / NANOS_PER_SECOND;
        if (waitNanos > 0 && waiting + bytes > bandwidth.queueBytes) {
            return -1;
        }
        return pass(atNanos + waitNanos, bytes, bandwidth);
    }

    /** When a part of a stream has left that comes at some time: a stream waits as long as it must, in its own output. */
    long leaveInTime(long atNanos, int bytes, Bandwidth general) {
        Bandwidth bandwidth = own == null ? general : own;
        return bandwidth == null ? atNanos : pass(Math.max(atNanos, freeAtNanos), bytes, bandwidth);
    }

    private long pass(long fromNanos, int bytes, Bandwidth bandwidth) {
        freeAtNanos = fromNanos + bytes * NANOS_PER_SECOND / bandwidth.bytesPerSecond;
        return freeAtNanos;
    }
}
