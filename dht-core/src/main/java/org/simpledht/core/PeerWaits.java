package org.simpledht.core;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Those who wait until a number of peers is alive. */
final class PeerWaits {

    private record Wait(int count, long deadlineNanos) {
        Wait later(long nanos) {
            return new Wait(count, deadlineNanos + nanos);
        }
    }

    private final PeerTable peers;
    private final Outbox outbox;
    private final Map<Long, Wait> waits = new LinkedHashMap<>();

    PeerWaits(PeerTable peers, Outbox outbox) {
        this.peers = peers;
        this.outbox = outbox;
    }

    void begin(long ticket, int count, long timeoutNanos, Now now) {
        waits.put(ticket, new Wait(count, now.nanos() + timeoutNanos));
        tick(now);
    }

    /** Ends those that are over; also called when a peer may have joined. */
    void tick(Now now) {
        if (waits.isEmpty()) {
            return;
        }
        int alive = peers.alive(now).size();
        Iterator<Map.Entry<Long, Wait>> all = waits.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Long, Wait> each = all.next();
            boolean reached = alive >= each.getValue().count;
            if (reached || now.isAtOrAfter(each.getValue().deadlineNanos)) {
                all.remove();
                Outcome.Kind kind = reached ? Outcome.Kind.DONE : Outcome.Kind.TIMEOUT;
                outbox.add(new Outbox.Finished(each.getKey(), Outcome.of(kind)));
            }
        }
    }

    void excuse(long pauseNanos) {
        waits.replaceAll((ticket, wait) -> wait.later(pauseNanos));
    }

    long nanosUntilTick(Now now) {
        long least = Long.MAX_VALUE;
        for (Wait wait : waits.values()) {
            least = Math.min(least, now.until(wait.deadlineNanos));
        }
        return least;
    }
}
