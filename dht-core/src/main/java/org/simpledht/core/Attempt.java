package org.simpledht.core;

import java.util.random.RandomGenerator;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Frame;

/** How far a {@link Request} has come at one address. */
final class Attempt {

    /** Waits between two questions; the last one is repeated. */
    private static final long[] REPEAT_NANOS = {250_000_000L, 500_000_000L, 1_000_000_000L};

    /** One of ours answers at once, so its silence means that something got lost. */
    private static final long PROMPT_REPEAT_NANOS = 500_000_000L;

    /**
     * An original dies of Puts and Discovers that come close together, so one of them is repeated only after this; one of
     * ours says at once what it lacks, and gets it again then.
     */
    private static final long FRAGILE_REPEAT_NANOS = 1_500_000_000L;

    private final Path path;
    private final ClientPassage passage;
    private final long notBeforeNanos;
    private final int maxContentBytes;
    private final int maxPieceBytes;
    private final RandomGenerator dice;
    private Nonce nonce;
    private Pull pull;
    private boolean hurried;
    private boolean refused;
    private boolean interrupted;
    private boolean capable;
    private boolean classic;
    private final boolean mustKnow;
    private final long newestBefore;
    private long nodeId;
    private int asked;
    private long askedNanos;
    private long enoughAskedNanos;
    private int told;
    private long toldNanos;

    /**
     * @param passage what is known of who is at that path
     * @param maxContentBytes the largest content that can come from there in one Put
     * @param maxPieceBytes the largest piece of a larger one
     * @param mustKnow whether who is there must be known before it is told anything
     * @param newestBefore the newest header clock heard there before, 0 if none: what is no newer answers nothing
     */
    Attempt(
            Path path,
            ClientPassage passage,
            long notBeforeNanos,
            int maxContentBytes,
            int maxPieceBytes,
            boolean mustKnow,
            long newestBefore,
            RandomGenerator dice) {
        this.path = path;
        this.passage = passage;
        this.mustKnow = mustKnow;
        this.newestBefore = newestBefore;
        this.maxPieceBytes = maxPieceBytes;
        this.maxContentBytes = maxContentBytes;
        this.notBeforeNanos = notBeforeNanos;
        this.dice = dice;
        nonce = Nonce.roll(dice);
    }

    boolean isRefused() {
        return refused;
    }

    void refuse() {
        refused = true;
    }

    /** Asks anew, at once if this is the first time. */
    void interrupt() {
        boolean first = !interrupted;
        interrupted = true;
        if (first) {
            asked = 0;
            told = 0;
        }
    }

    /** Asks anew at once. */
    void askAnew() {
        hurried = true;
    }

    /** Whether that frame was sent after the last one that was heard there before the question. */
    boolean isLater(Frame frame) {
        return newestBefore == 0
                || frame.extension()
                        .map(extension -> extension.header().clock())
                        .filter(clock -> Long.compareUnsigned(clock, newestBefore) > 0)
                        .isPresent();
    }

    /** Something came back; with an extension it seems to be one of ours. */
    void hear(Frame frame, Now now) {
        Extension extension = frame.extension().orElse(null);
        capable |= extension != null;
        classic |= extension == null;
        nodeId = extension == null ? nodeId : extension.header().nodeId();
        if (extension != null && nonce.isNamedIn(extension.records())) {
            passage.shown(path, now);
        }
    }

    /** The node that last answered there, 0 if it has not said who it is. */
    long nodeId() {
        return nodeId;
    }

    /** Whether it had to be known who is there, and is. */
    boolean knowsWhoIsThere() {
        return mustKnow && nodeId != 0;
    }

    /** Whether it cannot be told anything yet, as nobody knows who it is. */
    boolean mustAskWhoIsThere() {
        return mustKnow && nodeId == 0;
    }

    /** What is to be said next is another thing, and need not wait until it is time to repeat. */
    void hurry() {
        hurried = true;
        asked = 0;
    }

    /** The large content that is being fetched from there, null if there is none. */
    Pull pull() {
        return pull;
    }

    void pull(Pull begun) {
        pull = begun;
    }

    int maxContentBytes() {
        return maxContentBytes;
    }

    int maxPieceBytes() {
        return maxPieceBytes;
    }

    Nonce nonce() {
        return nonce;
    }

    /** Whether one of ours is there, and not only somebody who speaks as one in the name of an original. */
    boolean isOurs(Now now) {
        return passage.isOurs(path, now);
    }

    /** True if it was heard of, and never as one of ours. */
    private boolean isOriginal() {
        return classic && !capable;
    }

    int asked() {
        return asked;
    }

    /** True if an original's sign of life now means no. */
    boolean isSilentNo(Now now) {
        return isOriginal() && SilentNo.isNo(asked, enoughAskedNanos, now);
    }

    void ask(Now now) {
        asked++;
        hurried = false;
        askedNanos = now.nanos();
        if (asked <= SilentNo.QUESTIONS) {
            enoughAskedNanos = askedNanos;
        }
    }

    /** How often the Put, removal or Discover itself was sent. */
    int told() {
        return told;
    }

    long sinceTold(Now now) {
        return now.since(toldNanos);
    }

    /** What is asked from now on is asked about what is told now. */
    void tell(Now now) {
        nonce = Nonce.roll(dice);
        told++;
        toldNanos = now.nanos();
    }

    /** Whether the Put or Discover may be sent without knowing that the first one got lost. */
    boolean mayTell(Now now) {
        return told == 0 || sinceTold(now) >= FRAGILE_REPEAT_NANOS;
    }

    /**
     * @param previousRefused true if no address before this one is left, so that its turn has come early
     */
    boolean isDue(boolean previousRefused, Now now) {
        return !refused && (asked == 0 && previousRefused || now.isAtOrAfter(dueNanos()));
    }

    private long dueNanos() {
        if (hurried) {
            return askedNanos;
        }
        if (asked == 0) {
            return notBeforeNanos;
        }
        long repeatNanos = REPEAT_NANOS[Math.min(asked, REPEAT_NANOS.length) - 1];
        return askedNanos + (capable ? Math.min(repeatNanos, PROMPT_REPEAT_NANOS) : repeatNanos);
    }

    long nanosUntilDue(Now now) {
        if (refused) {
            return Long.MAX_VALUE;
        }
        long least = now.until(dueNanos());
        return pull == null ? least : Math.min(least, pull.nanosUntilDue(now));
    }
}
