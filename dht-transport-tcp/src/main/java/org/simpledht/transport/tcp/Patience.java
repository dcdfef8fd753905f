package org.simpledht.transport.tcp;

import java.time.Duration;

/**
 * How long connections are waited for: while one is being made or secured, for its first frame and the rest of each begun one; for
 * the other side to take what is sent; and at the end, for both.
 */
final class Patience {

    /** At the end nothing is waited for but the other side's farewell, and its descriptor is wanted back. */
    private static final Duration LONGEST_ENDING = Duration.ofSeconds(2);

    private final Deadlines<Connection> arrivals;
    private final Deadlines<Connection> unread;
    private final Deadlines<Connection> endings;

    Patience(Duration frameTimeout) {
        arrivals = new Deadlines<>(frameTimeout);
        unread = new Deadlines<>(frameTimeout);
        endings = new Deadlines<>(frameTimeout.compareTo(LONGEST_ENDING) < 0 ? frameTimeout : LONGEST_ENDING);
    }

    /** Of what is to come, and of an end as a whole. */
    Deadlines<Connection> arrivals() {
        return arrivals;
    }

    /**
     * Something of what waits to be written was taken, or nothing: who takes a little has the whole time again.
     *
     * @param waits whether something is left
     */
    void wrote(Connection who, boolean waits, boolean progressed, boolean ending, long nowNanos) {
        await(unread, who, waits && !ending, progressed, nowNanos);
        await(endings, who, ending, progressed, nowNanos);
    }

    private static void await(
            Deadlines<Connection> deadlines, Connection who, boolean waits, boolean progressed, long nowNanos) {
        if (!waits) {
            deadlines.stop(who);
        } else if (progressed || !deadlines.isStarted(who)) {
            deadlines.start(who, nowNanos);
        }
    }

    /** Ends whoever is late. */
    void expire(long nowNanos) {
        for (Connection late = arrivals.pollLate(nowNanos); late != null; late = arrivals.pollLate(nowNanos)) {
            late.expire();
        }
        for (Connection late = unread.pollLate(nowNanos); late != null; late = unread.pollLate(nowNanos)) {
            late.stall();
        }
        for (Connection late = endings.pollLate(nowNanos); late != null; late = endings.pollLate(nowNanos)) {
            late.expire();
        }
    }

    void forget(Connection who) {
        arrivals.stop(who);
        unread.stop(who);
        endings.stop(who);
    }
}
