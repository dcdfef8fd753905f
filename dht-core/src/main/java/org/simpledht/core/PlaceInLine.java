package org.simpledht.core;

import java.util.random.RandomGenerator;

/**
 * When it is a node's turn to say something to an original. The first in line says it; an original announces every Put to
 * everybody, so the others hear of it and keep quiet. So one of ours talks to an original at a time; and when that one is
 * gone, the next one takes over.
 */
final class PlaceInLine {

    /** So that two who do not know of each other yet do not speak in the same moment. */
    private static final long SPREAD_NANOS = 50_000_000L;

    /** An original forgets a hash 30 s after its last Put; whoever is last in line must still be early enough. */
    private static final long REFRESH_FIRST_NANOS = 20_000_000_000L;

    private static final long REFRESH_LINE_NANOS = 6_000_000_000L;

    /** Who does most of the refreshing stays well ahead of the others, so that nobody disturbs it while it keeps up. */
    private static final long LEADERS_LINE_NANOS = 600_000_000L;

    /** After an original's tick the leader goes on first: all have waited for it, and must not go on in the same moment. */
    private static final long LEADERS_STAGGER_NANOS = 30_000_000L;

    private static final long FOLLOWERS_FIRST_NANOS = 23_000_000_000L;
    private static final long FOLLOWERS_LINE_NANOS = 3_000_000_000L;

    /** How long an announced value may take to be fetched before it is put without being asked for. */
    private static final long FETCH_NANOS = 10_000_000_000L;

    private static final long ANNOUNCE_LINE_NANOS = 800_000_000L;

    /** An answer of the one before has come back as its announcement by then. */
    private static final long ANSWER_STEP_NANOS = 250_000_000L;

    /** While others are putting to an original, what is new is kept back so long at a time: they may be about to tell it. */
    private static final long KEEP_BACK_NANOS = 1_000_000_000L;

    /** The random part of a wait, for a node that has an original to itself, and for one of many. */
    private static final long ALONE_NANOS = 50_000_000L;

    private static final long CONTENDED_NANOS = 480_000_000L;

    private final Speakers speakers;
    private final PeerTable peers;
    private final RandomGenerator dice;

    PlaceInLine(Speakers speakers, PeerTable peers, RandomGenerator dice) {
        this.speakers = speakers;
        this.peers = peers;
        this.dice = dice;
    }

    /** Whether others of ours may be talking to the same originals. */
    boolean hasOthers() {
        return peers.anyCapable();
    }

    /** Whether it is this node that talks to an original, as far as it knows. */
    boolean leads(Peer original, Now now) {
        return speakers.before(original, now) == 0;
    }

    // When, all by the same clock

    /** A hash that was written here, and that an original may fetch before; not if it would not for an IHave. */
    long putUnaskedAt(Peer original, boolean isFetched, Now now) {
        return turn(original, isFetched ? FETCH_NANOS : 0, REFRESH_LINE_NANOS, now);
    }

    /** One of many that a new original is told of, spread over the time in which it is to have them. */
    long informAt(Peer original, Now now) {
        return turn(original, dice.nextLong(REFRESH_FIRST_NANOS), REFRESH_LINE_NANOS, now);
    }

    /** What an original holds since just now is put there again. */
    long refreshAt(Peer original, Now now) {
        return leads(original, now)
                ? turn(original, REFRESH_FIRST_NANOS, LEADERS_LINE_NANOS, now)
                : turn(original, FOLLOWERS_FIRST_NANOS, FOLLOWERS_LINE_NANOS, now);
    }

    long announceAt(Peer original, Now now) {
        return turn(original, 0, ANNOUNCE_LINE_NANOS, now);
    }

    /** The same for what is kept back. */
    long announceLaterAt(Peer original, Now now) {
        return turn(original, KEEP_BACK_NANOS, ANNOUNCE_LINE_NANOS, now);
    }

    /**
     * @param firstNanos how long from now the first one in line has to wait; alone we are always that
     * @param lineNanos how much longer the last one
     */
    private long turn(Peer original, long firstNanos, long lineNanos, Now now) {
        long line = hasOthers() ? lineNanos : 0;
        return now.nanos() + firstNanos + (long) (speakers.place(original, now) * line) + dice.nextLong(SPREAD_NANOS);
    }

    /** An answer that so many others are to give before. */
    static long answerAt(int before, Now now) {
        return now.nanos() + before * ANSWER_STEP_NANOS;
    }

    // How much longer

    /** So that those who wait for the same do not go on in the same moment. */
    long jitterNanos(boolean isContended) {
        return dice.nextLong(isContended ? CONTENDED_NANOS : ALONE_NANOS);
    }

    /** The same after a tick. */
    long staggerNanos(boolean isFirst) {
        return isFirst ? dice.nextLong(LEADERS_STAGGER_NANOS) : LEADERS_STAGGER_NANOS + dice.nextLong(CONTENDED_NANOS);
    }
}
