package org.simpledht;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Events on their way to listeners: so many may wait, further ones are left out and counted. */
final class Callbacks {

    private final Lane lane;
    private final int maxEvents;
    private final AtomicInteger waitingEvents = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();

    Callbacks(Lane lane, int maxEvents) {
        this.lane = lane;
        this.maxEvents = maxEvents;
    }

    /** Calls a listener, or leaves the event out if too many wait. */
    void event(Runnable call) {
        if (waitingEvents.incrementAndGet() > maxEvents) {
            waitingEvents.decrementAndGet();
            dropped.incrementAndGet();
            return;
        }
        try {
            lane.execute(() -> {
                waitingEvents.decrementAndGet();
                call.run();
            });
        } catch (RejectedExecutionException e) {
            // Closed, while the loop has a last turn to end in good order.
            waitingEvents.decrementAndGet();
            dropped.incrementAndGet();
        }
    }

    long dropped() {
        return dropped.get();
    }
}
