package org.simpledht.testing;

import java.util.ArrayDeque;
import java.util.Queue;

/** What has arrived at a host that has not read it yet, like a socket's buffer: what does not fit is lost. */
final class ReceiveBuffer {

    private final Queue<Flight> flights = new ArrayDeque<>();
    private long bytes;
    private int maxFrames;
    private int maxBytes;

    ReceiveBuffer(int maxFrames, int maxBytes) {
        limit(maxFrames, maxBytes);
    }

    /** What is in it stays. */
    void limit(int frames, int size) {
        Require.within("frames", frames, 0, 1 << 20);
        maxBytes = (int) Require.within("bytes", size, 0, Integer.MAX_VALUE);
        maxFrames = frames;
    }

    boolean offer(Flight flight) {
        if (flights.size() >= maxFrames || flight.frame.length > maxBytes - bytes) {
            return false;
        }
        bytes += flight.frame.length;
        return flights.add(flight);
    }

    /** The oldest; null if it is empty. */
    Flight poll() {
        Flight flight = flights.poll();
        if (flight != null) {
            bytes -= flight.frame.length;
        }
        return flight;
    }

    void clear() {
        flights.clear();
        bytes = 0;
    }
}
