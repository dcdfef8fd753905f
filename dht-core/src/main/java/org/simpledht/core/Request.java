package org.simpledht.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.simpledht.protocol.Frame;

/** One thing that a {@link Client} wants of a node, tried at each of the node's addresses in turn. */
final class Request {

    /** Addresses are tried one after the other, the next one this much later, or at once when one is refused. */
    private static final long NEXT_ADDRESS_NANOS = 300_000_000L;

    private final Question question;
    private final Map<Path, Attempt> attempts = new LinkedHashMap<>();
    private final long deadlineNanos;
    private final ClientPassage passage;
    private final Turns turns;
    private String lastRefusal = "";
    private Outcome answer;

    /**
     * @param passage what is known of who is at each path
     * @param turns of all requests where an original may be
     * @param newestClocks the newest header clock that was heard at each path
     */
    Request(
            Question question,
            List<Path> paths,
            long deadlineNanos,
            Sender sender,
            ClientPassage passage,
            Turns turns,
            Map<Path, Long> newestClocks,
            RandomGenerator dice,
            Now now) {
        this.question = question;
        this.deadlineNanos = deadlineNanos;
        this.passage = passage;
        this.turns = turns;
        long at = now.nanos();
        for (Path path : paths) {
            Attempt attempt = new Attempt(
                    path,
                    passage,
                    at,
                    sender.maxContentBytes(path),
                    sender.maxPieceBytes(path),
                    sender.hasKey(),
                    newestClocks.getOrDefault(path, 0L),
                    dice);
            attempts.put(path, attempt);
            at += NEXT_ADDRESS_NANOS;
        }
    }

    void ask(Sender sender, Now now) {
        boolean previousRefused = true;
        for (Map.Entry<Path, Attempt> each : attempts.entrySet()) {
            Attempt attempt = each.getValue();
            if (answer == null
                    && attempt.isDue(previousRefused, now)
                    && isItsTurn(each.getKey(), attempt, sender, now)) {
                attempt.ask(now);
                question.say(each.getKey(), attempt, sender, now);
                passage.asks(each.getKey(), attempt.nonce());
            }
            if (answer == null && attempt.pull() != null && !attempt.isRefused()) {
                attempt.pull().ask(each.getKey(), sender, now);
            }
            previousRefused &= attempt.isRefused();
        }
    }

    private boolean isItsTurn(Path to, Attempt attempt, Sender sender, Now now) {
        if (mayHarm(to, attempt, sender, now)) {
            return turns.take(to.remote(), attempt, now);
        }
        turns.leave(to.remote(), attempt);
        return true;
    }

    /** Whether what is to be said there goes to an original, for all that is known, and is among what one dies of. */
    private boolean mayHarm(Path to, Attempt attempt, Sender sender, Now now) {
        return !sender.isStream(to) && !attempt.isOurs(now) && question.tells(to, attempt, now);
    }

    void hear(Path from, Frame frame, Now now) {
        Attempt attempt = attempts.get(from);
        if (attempt != null && attempt.asked() > 0 && answer == null && attempt.isLater(frame)) {
            attempt.hear(frame, now);
            answer = question.hear(from, attempt, frame, now);
        }
    }

    /** What was asked there may never have arrived. */
    void interrupted(Path path) {
        Attempt attempt = attempts.get(path);
        if (attempt != null) {
            attempt.interrupt();
        }
    }

    /** What is asked there from now on counts, and what was asked before did not. */
    void mayCountNow(Path path) {
        Attempt attempt = attempts.get(path);
        if (attempt != null && attempt.asked() > 0) {
            attempt.askAnew();
        }
    }

    void refused(Path path, String reason) {
        Attempt attempt = attempts.get(path);
        if (attempt != null) {
            attempt.refuse();
            turns.leave(path.remote(), attempt);
            lastRefusal = reason;
        }
    }

    /** How it ended; null if it has not. */
    Outcome outcome(Now now) {
        if (answer != null) {
            return answer;
        }
        if (attempts.values().stream().allMatch(Attempt::isRefused)) {
            return Outcome.of(Outcome.Kind.UNREACHABLE, lastRefusal);
        }
        return now.isAtOrAfter(deadlineNanos) ? Outcome.of(Outcome.Kind.TIMEOUT) : null;
    }

    /** It is over: nothing of it waits any more. */
    void end() {
        attempts.forEach((path, attempt) -> turns.leave(path.remote(), attempt));
    }

    long nanosUntilTick(Sender sender, Now now) {
        long least = now.until(deadlineNanos);
        boolean previousRefused = true;
        for (Map.Entry<Path, Attempt> each : attempts.entrySet()) {
            Path to = each.getKey();
            Attempt attempt = each.getValue();
            boolean waits = attempt.isDue(previousRefused, now) && mayHarm(to, attempt, sender, now);
            long next = waits ? turns.nanosUntilNext(to.remote(), now) : attempt.nanosUntilDue(now);
            least = Math.min(least, next);
            previousRefused &= attempt.isRefused();
        }
        return least;
    }
}
