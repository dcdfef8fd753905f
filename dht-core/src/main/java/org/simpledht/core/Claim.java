package org.simpledht.core;

import org.simpledht.types.Hash;

/** Where one neighbour says that it can be reached, and whether it has shown that it can (docs/PROTOCOL.md, "Validation"). */
final class Claim {

    /** What was shown so long ago is to be shown again, early enough for some questions to get lost. */
    private static final long SHOWN_NANOS = 300_000_000_000L;

    /** And no longer counts then: a router forgets, and the address may be another's. */
    private static final long PROVEN_NANOS = 600_000_000_000L;

    private final Path path;
    private final Questions questions;
    private Hash question;
    private boolean wasProbed;
    private boolean proven;
    private long provenNanos;

    /** How often an address was asked: three times, as each may get lost, and three times more long after that, however often it is claimed. */
    static final class Questions {

        private static final int MOST = 3;
        private static final long AGAIN_NANOS = 600_000_000_000L;

        private int asked;
        private long askedNanos;

        private boolean mayAsk(Now now) {
            if (asked == MOST && now.since(askedNanos) >= AGAIN_NANOS) {
                asked = 0;
            }
            return asked < MOST;
        }

        private void asked(Now now) {
            asked++;
            askedNanos = now.nanos();
        }

        private void answered() {
            asked = 0;
        }
    }

    /**
     * @param questions that were asked there, whoever claimed it before
     * @param question a key that nobody can guess: who says what it holds there has been asked there
     */
    Claim(Path path, Questions questions, Hash question) {
        this.path = path;
        this.questions = questions;
        this.question = question;
    }

    Path path() {
        return path;
    }

    Hash question() {
        return question;
    }

    /** Whether anything has gone there on its word. */
    boolean wasProbed() {
        return wasProbed;
    }

    /** Whether it may be asked once more. */
    boolean mayProbe(Now now) {
        return questions.mayAsk(now);
    }

    void probed(Now now) {
        wasProbed = true;
        questions.asked(now);
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
        questions.answered();
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
