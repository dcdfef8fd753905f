package org.simpledht;

import java.time.Duration;

/** How many peers are alive, for those who wait for a number of them. */
final class PeerCount {

    private int count;

    synchronized void add(int change) {
        count += change;
        notifyAll();
    }

    synchronized void wakeAll() {
        notifyAll();
    }

    /**
     * @param check throws when there is nothing to wait for any more
     * @return false if time ran out
     */
    synchronized boolean await(int wanted, Duration timeout, Runnable check) {
        long deadline = System.nanoTime() + NodeSetup.nanos(timeout);
        while (count < wanted) {
            check.run();
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                // Rounded up: a wait of 0 would be for ever.
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                throw Call.interrupted(e);
            }
        }
        check.run();
        return true;
    }
}
