package org.simpledht.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.types.Hash;

/**
 * How much may be on its way to a neighbour, and what did not arrive: bytes are counted at both ends, a mark in a frame asks how
 * far the other end has counted, and what was sent up to an echoed mark and not received is lost (docs/PROTOCOL.md, "Flow").
 */
final class Flow {

    private static final int FIRST_WINDOW_BYTES = 1 << 16;
    private static final int LEAST_WINDOW_BYTES = 1 << 14;
    private static final int MOST_WINDOW_BYTES = 1 << 19;
    private static final double A_TRACE = 0.01;
    private static final double MUCH = 0.04;
    private static final double MUCH_LOST = 0.4;
    private static final double MUCH_LESS = 0.5;
    private static final double A_LITTLE_LESS = 0.95;
    private static final double A_LITTLE_MORE = 1.1;
    private static final double USUAL = 1.25;
    private static final double NOTHING_UNUSUAL = 0.03;
    private static final int SMOOTHING = 4;
    /** What one lost frame of two says is not much: shares are those of at least so many bytes. */
    private static final int SAMPLE_BYTES = 1 << 15;

    private static final int MARKS_PER_WINDOW = 4;

    /** The other side remembers no more either. */
    private static final int MOST_MARKS = Receipts.MOST_MARKS;

    /** More than are ever on their way to who echoes marks. */
    private static final int MOST_KEYS = 1 << 16;

    /** A mark may be lost like anything: after so long another one is sent. */
    private static final long FIRST_PROBE_NANOS = 200_000_000L;

    /** Who has echoed nothing for so long, though it was asked, takes nothing at present. */
    private static final long STUCK_NANOS = 5_000_000_000L;

    private static final int QUICK_PROBES = 4;

    private static final long LAST_PROBE_NANOS = 1_000_000_000L;

    private static final class Mark {
        private final int number;
        private final List<Hash> pushed;
        private long sentThrough;

        Mark(int number, List<Hash> pushed) {
            this.number = number;
            this.pushed = pushed;
        }
    }

    private final Receipts receipts = new Receipts();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private List<Hash> pushed = new ArrayList<>();
    private int keys;
    private double windowBytes = FIRST_WINDOW_BYTES;
    private boolean starting = true;
    private long sent;
    private long sentAtMark;
    private long sentAtEcho;
    private long arrived;
    private long arrivedBefore;
    private long reportedLast;
    private long lost;
    private long sampleSent;
    private long sampleLost;
    private double lostShare = -1;
    private double usualShare = -1;
    private int lastMark;
    private int resizedAtMark;
    private long lastMarkNanos;
    private long waitingSinceNanos;
    private int probes;
    private long probeNanos = FIRST_PROBE_NANOS;

    /**
     * @param firstMark any number: those of an earlier link to the same node are to be told apart
     */
    Flow(int firstMark) {
        lastMark = firstMark;
        resizedAtMark = firstMark;
    }

    // Sending

    private long inFlight() {
        return Math.max(0, sent - arrived - lost);
    }

    /** How many bytes of data may go now; control frames go in any case. */
    long roomBytes() {
        return (long) windowBytes - inFlight();
    }

    /** That frame has gone. */
    void sent(int bytes) {
        sent += bytes;
    }

    /** That content goes with the frame in the making: should it get lost, we want to know. */
    void pushes(Hash key) {
        pushed.add(key);
    }

    /** Whether so much has gone since the last mark that the next frame is to carry one. */
    boolean isMarkDue(int frameBytes) {
        return mayMark() && sent + frameBytes - sentAtMark >= windowBytes / MARKS_PER_WINDOW;
    }

    /**
     * Whether there may be one mark more. With too many the first would be forgotten before its echo comes, and so would all others:
     * what goes meanwhile is told by the next one.
     */
    boolean mayMark() {
        return marks.size() < MOST_MARKS;
    }

    /** What a frame is to carry: a mark if it is wanted, and what the other side is to know. */
    LinkRecord.Flow record(boolean marked, Now now) {
        int number = 0;
        if (marked) {
            lastMark = lastMark == -1 ? 1 : lastMark + 1;
            number = lastMark;
            waitingSinceNanos = marks.isEmpty() ? now.nanos() : waitingSinceNanos;
            marks.add(new Mark(number, pushed));
            keys += pushed.size();
            pushed = new ArrayList<>();
            forgetTooMany();
            lastMarkNanos = now.nanos();
        }
        return receipts.report(number, now);
    }

    /**
     * Somebody lives who has echoed no probe for a minute: an echo of the next mark would tell as much. Who says how much has come, and
     * never echoes, would have this node remember all that ever went there: too much of that is left to comparison.
     */
    private void forgetTooMany() {
        while (marks.size() > MOST_MARKS || keys > MOST_KEYS && marks.size() > 1) {
            List<Hash> oldest = marks.remove().pushed;
            if (keys > MOST_KEYS) {
                keys -= oldest.size();
            } else {
                marks.element().pushed.addAll(0, oldest);
            }
        }
    }

    /** The frame with the last mark has gone. */
    void markSent() {
        sentAtMark = sent;
        marks.getLast().sentThrough = sent;
    }

    /**
     * The other side tells how far it has counted.
     *
     * @return what was pushed and did not arrive, as far as can be told
     */
    Losses heard(LinkRecord.Flow flow, Now now) {
        if (flow.mark() != 0) {
            receipts.mark(flow.mark(), now);
        }
        if (flow.echo() == 0) {
            arrived(flow.received());
        }
        if (!awaits(flow.echo())) {
            return Losses.NONE;
        }
        probeNanos = FIRST_PROBE_NANOS;
        probes = 0;
        waitingSinceNanos = now.nanos();
        List<Hash> reported = new ArrayList<>();
        Mark mark;
        do {
            mark = marks.poll();
            keys -= mark.pushed.size();
            reported.addAll(mark.pushed);
        } while (mark.number != flow.echo());
        if (flow.received() - arrivedBefore > sent) {
            // It has counted since before this link.
            arrivedBefore = flow.received() - mark.sentThrough;
        } else if (flow.received() < reportedLast) {
            // It counts anew: it has lost us meanwhile, and met us again.
            arrivedBefore = lost - sentAtEcho;
        }
        reportedLast = flow.received();
        long arrivedByMark = flow.received() - arrivedBefore;
        arrived = Math.max(arrived, arrivedByMark);
        long lostInAll = Math.max(0, mark.sentThrough - arrivedByMark);
        long lostLately = lostInAll - lost;
        long sentLately = Math.max(1, mark.sentThrough - sentAtEcho);
        lost = lostInAll;
        sentAtEcho = mark.sentThrough;
        adapt(sentLately, lostLately, mark.number);
        if (lostLately <= 0) {
            return Losses.NONE;
        }
        return new Losses(reported, 2 * lostLately >= sentLately);
    }

    /** So much has come there in all. What is more than was sent it has counted since before this link: an echo will tell. */
    private void arrived(long received) {
        long since = received - arrivedBefore;
        if (since <= sent) {
            arrived = Math.max(arrived, since);
        }
    }

    private boolean awaits(int echo) {
        for (Mark mark : marks) {
            if (mark.number == echo) {
                return true;
            }
        }
        return false;
    }

    /**
     * What may not have arrived.
     *
     * @param pushed keys whose contents were sent in that time
     * @param most whether most of what was sent in that time is lost
     */
    record Losses(List<Hash> pushed, boolean most) {
        static final Losses NONE = new Losses(List.of(), false);
    }

    /**
     * Twofold per round trip until the first loss. From then on the window grows as long as it loses no more by that: a link that
     * loses a little whatever goes over it, as radio does, is not made slow. What it loses with the least window is its own.
     */
    private void adapt(long sentLately, long lostLately, int mark) {
        sampleSent += sentLately;
        sampleLost += lostLately;
        if (starting && lostLately <= 0) {
            windowBytes = Math.min(windowBytes + sentLately, MOST_WINDOW_BYTES);
            return;
        }
        starting = false;
        // Once per round trip, as what was sent before says nothing about the new window.
        if (sampleSent >= SAMPLE_BYTES && mark - resizedAtMark > 0) {
            double share = Math.max(0, (double) sampleLost / sampleSent);
            lostShare = lostShare < 0 ? share : lostShare + (share - lostShare) / SMOOTHING;
            boolean isLeast = windowBytes <= FIRST_WINDOW_BYTES;
            usualShare = isLeast || usualShare < 0 ? lostShare : Math.min(usualShare, lostShare);
            if (share > MUCH_LOST) {
                windowBytes = Math.max(LEAST_WINDOW_BYTES, windowBytes * MUCH_LESS);
            } else if (lostShare <= USUAL * usualShare + NOTHING_UNUSUAL) {
                windowBytes = Math.min(windowBytes * A_LITTLE_MORE, MOST_WINDOW_BYTES);
            } else {
                windowBytes = Math.max(Math.min(windowBytes, FIRST_WINDOW_BYTES), windowBytes * A_LITTLE_LESS);
            }
            resizedAtMark = lastMark;
            sampleSent = 0;
            sampleLost = 0;
        }
    }

    /** Whether more than a trace of what was sent lately got lost. */
    boolean isLossy() {
        return lostShare > A_TRACE;
    }

    /** Whether much of what was sent lately got lost. */
    boolean isVeryLossy() {
        return lostShare > MUCH;
    }

    /** Whether a mark has gone without an echo for so long that another one is to be sent, in a frame of its own. */
    boolean mustProbe(Now now) {
        return !marks.isEmpty() && now.isAtOrAfter(lastMarkNanos + probeNanos);
    }

    /** Whether nothing that was sent has been echoed for so long that there is no telling when it will be. */
    boolean isStuck(Now now) {
        return !marks.isEmpty() && now.since(waitingSinceNanos) >= STUCK_NANOS;
    }

    void probing() {
        probes++;
        if (probes > QUICK_PROBES) {
            probeNanos = Math.min(2 * probeNanos, LAST_PROBE_NANOS);
        }
    }

    // Receiving

    /** A frame has come. */
    void received(int bytes, long clock, Now now) {
        receipts.frame(bytes, clock, now);
    }

    /** Whether the other side waits for an echo: any frame that goes may carry it. */
    boolean owesEcho() {
        return receipts.owesEcho();
    }

    /** Whether it has waited long enough. */
    boolean mustEcho(Now now) {
        return receipts.mustEcho(now);
    }

    long nanosUntilTick(Now now) {
        long least = receipts.nanosUntilEcho(now);
        return marks.isEmpty() ? least : Math.min(least, now.until(lastMarkNanos + probeNanos));
    }
}
