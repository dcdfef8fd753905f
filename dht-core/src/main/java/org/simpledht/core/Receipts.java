package org.simpledht.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.simpledht.protocol.LinkRecord;

/**
 * What has come from a neighbour: counted in all, which tells it how much more it may send, and up to each of its marks, which
 * tells it what got lost. Frames overtake each other, so a mark is echoed only when what it has overtaken has had its time
 * (docs/PROTOCOL.md, "Flow").
 */
final class Receipts {

    /** How long an echo waits for a frame to ride in, and for what the mark has overtaken. */
    private static final long LEAST_WAIT_NANOS = 20_000_000L;

    private static final long MOST_WAIT_NANOS = 100_000_000L;

    /** A little more than the latest frame has taken so far: the next one may be later. */
    private static final double MARGIN = 1.25;

    /** With each mark that is echoed the wait shrinks by so small a part. */
    private static final int FORGETFULNESS = 256;

    /** So much is reported at once, however soon; of less it does no harm to say too early that some of it is lost. */
    private static final int MUCH_BYTES = 1 << 12;

    /** Bounds memory: of a faster link it is forgotten sooner in which order frames came. */
    private static final int MOST_RECENT = 4_096;

    static final int MOST_MARKS = 64;

    private record Arrival(long clock, int bytes, long nanos) {}

    private record Mark(int number, long clock, long nanos) {}

    private final Deque<Arrival> recent = new ArrayDeque<>();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long recentBytes;
    private long received;
    private long receivedAtReport;
    private long newestClock;
    private long lastClock;
    private long waitNanos = LEAST_WAIT_NANOS;
    private boolean isAsked;
    private int echo;
    private long receivedByEcho;

    /** A frame has come whose header has that clock, which is larger in each frame than in the one before it. */
    void frame(int bytes, long clock, Now now) {
        forgetOld(now);
        if (Long.compareUnsigned(clock, newestClock) > 0) {
            newestClock = clock;
        } else if (isRepeated(clock, now)) {
            return;
        }
        lastClock = clock;
        received += bytes;
        recent.add(new Arrival(clock, bytes, now.nanos()));
        recentBytes += bytes;
    }

    private void forgetOld(Now now) {
        while (!recent.isEmpty()
                && (recent.size() >= MOST_RECENT || now.since(recent.peek().nanos) > MOST_WAIT_NANOS)) {
            recentBytes -= recent.poll().bytes;
        }
    }

    /** Looks at those that have overtaken that frame, too: how long ago the first of them came is how late it is. */
    private boolean isRepeated(long clock, Now now) {
        long late = 0;
        for (Arrival other : recent) {
            if (other.clock == clock) {
                return true;
            }
            if (late == 0 && Long.compareUnsigned(other.clock, clock) > 0) {
                late = now.since(other.nanos);
            }
        }
        waitNanos = Math.max(waitNanos, Math.min(MOST_WAIT_NANOS, (long) (MARGIN * late)));
        return false;
    }

    /** The frame that has just come carries that mark. */
    void mark(int number, Now now) {
        if (marks.size() == MOST_MARKS) {
            marks.poll();
        }
        marks.add(new Mark(number, lastClock, now.nanos()));
        isAsked = true;
    }

    /** Whether the other side waits for an echo: any frame that goes may carry it. */
    boolean owesEcho() {
        return !marks.isEmpty();
    }

    /** Whether it has waited long enough. */
    boolean mustEcho(Now now) {
        return nanosUntilEcho(now) == 0;
    }

    long nanosUntilEcho(Now now) {
        if (marks.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return isAsked && hasMuch() ? 0 : now.until(marks.peek().nanos + waitNanos);
    }

    /** Whether so much has come since the last report that the other side had better hear of it before the echo. */
    private boolean hasMuch() {
        return received - receivedAtReport >= MUCH_BYTES;
    }

    /**
     * What the other side is to know: how much has come in all, or how much of what was sent up to a mark.
     *
     * @param number our own mark, 0 for none
     */
    LinkRecord.Flow report(int number, Now now) {
        boolean isMuch = hasMuch();
        receivedAtReport = received;
        isAsked = false;
        boolean echoes = settle(now);
        if (isMuch && !echoes) {
            return new LinkRecord.Flow(received, number, 0);
        }
        return new LinkRecord.Flow(receivedByEcho, number, echo);
    }

    /** Finds the last mark that has waited long enough; where little comes none need wait. Returns whether there is one. */
    private boolean settle(Now now) {
        forgetOld(now);
        boolean isLittle = recentBytes < MUCH_BYTES;
        Mark last = null;
        while (!marks.isEmpty() && (isLittle || now.since(marks.peek().nanos) >= waitNanos)) {
            Mark mark = marks.poll();
            last = last == null || Long.compareUnsigned(mark.clock, last.clock) > 0 ? mark : last;
        }
        if (last == null) {
            return false;
        }
        waitNanos -= (waitNanos - LEAST_WAIT_NANOS) / FORGETFULNESS;
        long later = 0;
        for (Iterator<Arrival> all = recent.descendingIterator(); all.hasNext(); ) {
            Arrival arrival = all.next();
            later += Long.compareUnsigned(arrival.clock, last.clock) > 0 ? arrival.bytes : 0;
        }
        echo = last.number;
        receivedByEcho = received - later;
        return true;
    }
}
