package org.simpledht.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.simpledht.protocol.Frame;

/** One thing that a {@link Client} wants of a node, tried at each of the node's addresses in turn. */
final class Request {

    private final Question question;
    private final Map<Path, Attempt> attempts = new LinkedHashMap<>();
    private final long deadlineNanos;
    private String lastRefusal = "";
    private Outcome answer;

    /**
     * @param passage what is known of who is at each path
     * @param newestClocks the newest header clock that was heard at each path
     * @param nextAddressNanos how much later than the one before it an address is tried, unless that one is refused
     */
    Request(
            Question question,
            List<Path> paths,
            long deadlineNanos,
            long nextAddressNanos,
            Sender sender,
            ClientPassage passage,
            Map<Path, Long> newestClocks,
            RandomGenerator dice,
            Now now) {
        this.question = question;
        this.deadlineNanos = deadlineNanos;
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
            at += nextAddressNanos;
        }
    }

    void ask(Sender sender, Now now) {
        boolean previousRefused = true;
        for (Map.Entry<Path, Attempt> each : attempts.entrySet()) {
            Attempt attempt = each.getValue();
            if (answer == null && attempt.isDue(previousRefused, now)) {
                attempt.ask(now);
                question.say(each.getKey(), attempt, sender, now);
            }
            if (answer == null && attempt.pull() != null && !attempt.isRefused()) {
                attempt.pull().ask(each.getKey(), sender, now);
            }
            previousRefused &= attempt.isRefused();
        }
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

    long nanosUntilTick(Now now) {
        long least = now.until(deadlineNanos);
        for (Attempt attempt : attempts.values()) {
            least = Math.min(least, attempt.nanosUntilDue(now));
        }
        return least;
    }
}
