package org.simpledht.core;

import org.simpledht.types.Hash;

/** Where one neighbour says that it can be reached, and whether it has shown that it can (docs/PROTOCOL.md, "Validation"). */
final class Claim {

    private static final int MOST_PROBES = 3;
    private static final long AGAIN_NANOS = 600_000_000_000L;

    /** What was shown so long ago is to be shown again, early enough for some questions to get lost. */
    private static final long SHOWN_NANOS = 300_000_000_000L;

    /** And no longer counts then: a router forgets, and the address may be another's. */
    private static final long PROVEN_NANOS = 600_000_000_000L;

    private final Path path;
    private final long sinceNanos;
    private Hash question;
    private boolean wasProbed;
    private int probes;
    private long probedNanos;
    private boolean proven;
    private long provenNanos;

    /**
     * @param question a key that nobody can guess: who says what it holds there has been asked there
     */
    Claim(Path path, Hash question, Now now) {
        this.path = path;
        this.question = question;
        sinceNanos = now.nanos();
    }

    Path path() {
        return path;
    }

    Hash question() {
        return question;
    }

    long ageNanos(Now now) {
        return now.since(sinceNanos);
    }

    /** Whether anything has gone there on its word. */
    boolean wasProbed() {
        return wasProbed;
    }

    /** Whether it may be asked once more: three times, as each may get lost, and three times more long after that. */
    boolean mayProbe(Now now) {
        if (probes == MOST_PROBES && now.since(probedNanos) >= AGAIN_NANOS) {
            probes = 0;
        }
        return probes < MOST_PROBES;
    }

    void probed(Now now) {
        wasProbed = true;
        probes++;
        probedNanos = now.nanos();
    }

    boolean isProven() {
        return proven;
    }

    /** Whether it has not been shown lately. */
    boolean isToBeShown(Now now) {
        return !proven || now.since(provenNanos) >= SHOWN_NANOS;
    }

    /**
     * It has been shown.
     *
     * @param next what is to be asked there when that is long ago: whoever has heard the last question may be elsewhere by then
     */
    void prove(Hash next, Now now) {
        proven = true;
        provenNanos = now.nanos();
        question = next;
        wasProbed = false;
        probes = 0;
    }

    /** To be called now and then: what was shown long ago counts no more. */
    void tick(Now now) {
        proven &= now.since(provenNanos) < PROVEN_NANOS;
    }

    /** Somebody else is there. */
    void refute() {
        proven = false;
    }
}
