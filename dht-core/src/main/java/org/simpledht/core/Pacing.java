package org.simpledht.core;

import java.util.random.RandomGenerator;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * When the next Put may go to one original: one at a time, apart from the ones before it, from its own tick, and from what others
 * put there.
 */
final class Pacing {

    static final long ACKNOWLEDGE_NANOS = 1_500_000_000L;

    /** Longer than most round trips, and than a busy machine lets wait. */
    private static final long PROBE_NANOS = 300_000_000L;

    /** So many Puts in a row without an answer. */
    private static final int DEAF_AFTER = 5;

    /** Its tick may share a wake-up with what arrives shortly before or after; a Put and its IHave take a round trip. */
    private static final long BEFORE_TICK_NANOS = 60_000_000L;

    private static final long AFTER_TICK_NANOS = 20_000_000L;

    private static final long TICK_NANOS = 1_000_000_000L;

    private static final long OTHERS_GAP_NANOS = 50_000_000L;
    private static final long CONTENDED_NANOS = 3_000_000_000L;

    private final LastPuts lastPuts;
    private final NetAddress original;
    private Hash inFlight;
    private long inFlightNanos;
    private long firstProbe;
    private long probes;
    private boolean probed;
    private boolean probeAnswered;
    private int unacknowledged;
    private long notBeforeNanos;
    private long contendedUntilNanos;
    private long tickNanos;
    private boolean tickKnown;
    private long staggerNanos;
    private boolean changed;

    Pacing(LastPuts lastPuts, NetAddress original, Now now) {
        this.lastPuts = lastPuts;
        this.original = original;
        notBeforeNanos = now.nanos();
        contendedUntilNanos = now.nanos();
    }

    // What goes to it

    /** A Put has gone to it, and its IHave is waited for. */
    void hasPut(Hash hash, long jitterNanos, Now now) {
        inFlight = hash;
        inFlightNanos = now.nanos();
        probed = false;
        probeAnswered = false;
        pause(jitterNanos, now);
    }

    /** A Put has gone to it; what we start waits a little. */
    void pause(long jitterNanos, Now now) {
        lastPuts.sent(original, now);
        wait(LastPuts.GAP_NANOS + jitterNanos, now);
    }

    /** Nothing that we start goes to it before then. */
    void wait(long nanos, Now now) {
        changed = true;
        if (now.until(notBeforeNanos) < nanos) {
            notBeforeNanos = now.nanos() + nanos;
        }
    }

    boolean isInFlight(Hash hash) {
        return hash.equals(inFlight);
    }

    boolean isAnyInFlight() {
        return inFlight != null;
    }

    /** It holds that hash. */
    void acknowledged(Hash hash) {
        if (hash.equals(inFlight)) {
            inFlight = null;
            unacknowledged = 0;
        }
    }

    /** A hash that nobody has, of which it is to be told; it will ask for it. */
    Hash probe(RandomGenerator dice) {
        changed = true;
        if (probes == 0) {
            firstProbe = dice.nextLong();
        }
        probed = true;
        return new Hash(firstProbe + probes++);
    }

    /**
     * Whether it has ever been probed with that hash, so that nobody else need be asked for it. If it asks for the last one, it has read
     * what came before that, unless that has got lost, or has been overtaken.
     */
    boolean isProbe(Hash hash) {
        long number = hash.bits() - firstProbe;
        boolean isLast = probed && number == probes - 1;
        probeAnswered |= isLast;
        changed |= isLast;
        return Long.compareUnsigned(number, probes) < 0;
    }

    /** What is in flight is not waited for any longer: lost on the way, or it has died. Returns null if nothing was. */
    Hash giveUp() {
        Hash lost = inFlight;
        if (lost != null) {
            unacknowledged++;
            inFlight = null;
        }
        return lost;
    }

    /** Whether it does not hear this node, as far as can be told, so that another one should talk to it. */
    boolean isDeaf() {
        return unacknowledged >= DEAF_AFTER;
    }

    // What else happens to it

    /**
     * A KeepAlive has come from it.
     *
     * @param stagger who waits for the next tick to pass must not go on in the same moment as all others who do
     */
    void ticked(long stagger, Now now) {
        changed = true;
        staggerNanos = stagger;
        tickNanos = now.nanos();
        tickKnown = true;
    }

    /**
     * Another node may have put something there just now. Who has still longer to wait has drawn already and goes on waiting:
     * drawing again each time would never come to an end.
     */
    void giveWay(long jitterNanos, Now now) {
        changed = true;
        contendedUntilNanos = now.nanos() + CONTENDED_NANOS;
        if (now.until(notBeforeNanos) < OTHERS_GAP_NANOS) {
            notBeforeNanos = now.nanos() + OTHERS_GAP_NANOS + jitterNanos;
        }
    }

    /** Whether another node has put something there lately. */
    boolean isContended(Now now) {
        return now.until(contendedUntilNanos) > 0;
    }

    // When

    boolean mayPut(Now now) {
        return nanosUntilGivenUp(now) == 0
                && now.isAtOrAfter(notBeforeNanos)
                && nanosUntilAnother(now) == 0
                && nanosUntilTickIsOver(now.nanos()) == 0;
    }

    /** Whether one that was asked for may go at once: it may share a wake-up with a tick, if it is alone. */
    boolean mayAnswer(Now now) {
        return nanosUntilAnother(now) == 0;
    }

    private long nanosUntilAnother(Now now) {
        return lastPuts.nanosUntilAnother(original, now);
    }

    /** Until {@link #mayPut}, for what may not go before so long from now anyway. */
    long nanosUntilPut(long leastNanos, Now now) {
        long may = Math.max(now.until(notBeforeNanos), nanosUntilAnother(now));
        long put = Math.max(leastNanos, Math.max(nanosUntilGivenUp(now), may));
        return put + nanosUntilTickIsOver(now.nanos() + put);
    }

    private long nanosUntilGivenUp(Now now) {
        return inFlight == null || probeAnswered ? 0 : now.until(inFlightNanos + ACKNOWLEDGE_NANOS);
    }

    /**
     * Until it is time to find out if it reads at all, since nothing has come for what is in flight; {@link Long#MAX_VALUE} if that
     * has been asked already, or nothing is in flight.
     */
    long nanosUntilProbe(Now now) {
        return inFlight == null || probed ? Long.MAX_VALUE : now.until(inFlightNanos + PROBE_NANOS);
    }

    /** Until an answer that waits may go: apart from the last Put and from its tick, whatever else waits. */
    long nanosUntilAnswer(Now now) {
        long apart = nanosUntilAnother(now);
        return apart + nanosUntilTickIsOver(now.nanos() + apart);
    }

    /** How long a Put that could go at that moment has to wait for its next tick; 0 if that is not near. */
    private long nanosUntilTickIsOver(long atNanos) {
        if (!tickKnown) {
            return 0;
        }
        long sinceTick = Math.floorMod(atNanos - tickNanos + BEFORE_TICK_NANOS, TICK_NANOS);
        long over = BEFORE_TICK_NANOS + AFTER_TICK_NANOS + staggerNanos;
        return Math.max(0, over - sinceTick);
    }

    /** Whether any of this may be another moment than when this was last asked. */
    boolean takeChange() {
        boolean isOther = changed;
        changed = false;
        return isOther;
    }
}
