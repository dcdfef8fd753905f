package org.simpledht.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * Gets of the application that the peers are asked for. Each ends in one of four ways, which a caller can tell apart: found;
 * miss, when every living peer was heard of after the question and none had it; timeout; no peer.
 *
 * <p>One of ours says that it has nothing. An original never says so: it answers a Get at once if it can, so what comes from
 * it well after a second question is taken for a no.
 */
final class Lookups {

    private static final long[] REPEAT_NANOS = {200_000_000L, 400_000_000L, 800_000_000L, 1_000_000_000L};

    private static final class Question {
        private int asked;
        private long lastNanos;
        private long enoughNanos;
        private boolean denied;
        private final Nonce nonce;

        Question(Nonce nonce) {
            this.nonce = nonce;
        }
    }

    private static final class Lookup {
        private final Hash hash;
        private long deadlineNanos;
        private final Map<Peer, Question> questions = new LinkedHashMap<>();

        Lookup(Hash hash, long deadlineNanos) {
            this.hash = hash;
            this.deadlineNanos = deadlineNanos;
        }
    }

    private final int max;
    private final PeerTable peers;
    private final Seeds seeds;
    private final Sender sender;
    private final Outbox outbox;
    private final RandomGenerator dice;
    private final Map<Long, Lookup> lookups = new LinkedHashMap<>();

    /** Nothing is due before: so that not all questions are looked at in every turn. */
    private long dueNanos;

    Lookups(int max, PeerTable peers, Seeds seeds, Sender sender, Outbox outbox, RandomGenerator dice) {
        this.max = max;
        this.peers = peers;
        this.seeds = seeds;
        this.sender = sender;
        this.outbox = outbox;
        this.dice = dice;
    }

    /** Returns false if there are too many. */
    boolean begin(long ticket, Hash hash, long timeoutNanos, Now now) {
        if (lookups.size() >= max) {
            return false;
        }
        lookups.put(ticket, new Lookup(hash, now.nanos() + timeoutNanos));
        dueNanos = now.nanos();
        return true;
    }

    /** Nobody waits for it any more. */
    void cancel(long ticket) {
        lookups.remove(ticket);
    }

    /** It is here now. */
    void found(Hash hash, Content content) {
        finish(lookup -> lookup.hash.equals(hash), Outcome.found(content));
    }

    /** That peer says what it holds, perhaps in answer to one of these questions. */
    void heardMetas(List<Meta> metas, Peer by, Now now) {
        if (metas.isEmpty()) {
            return;
        }
        for (Lookup lookup : lookups.values()) {
            Question question = lookup.questions.get(by);
            if (question != null) {
                question.denied |= question.nonce
                        .answer(metas, lookup.hash)
                        .filter(held -> !isVisible(held, now))
                        .isPresent();
            }
        }
        finishMisses(now);
    }

    /** What is removed, or has ended, is held, and nobody's to get. */
    private static boolean isVisible(Meta held, Now now) {
        return held.digest() != 0 && held.endMillis() > now.unixMillis();
    }

    /** A frame without extension came from that peer. */
    void heardOriginal(Peer peer, Now now) {
        for (Lookup lookup : lookups.values()) {
            Question question = lookup.questions.get(peer);
            if (question != null) {
                question.denied |= SilentNo.isNo(question.asked, question.enoughNanos, now);
            }
        }
        finishMisses(now);
    }

    /** Asks whom it is time to ask, and ends what is over. */
    void tick(Now now, Asker asker) {
        if (lookups.isEmpty()) {
            return;
        }
        List<Peer> askable = new ArrayList<>(peers.all());
        askable.removeIf(peer -> !isAskable(peer, now));
        for (Lookup lookup : lookups.values()) {
            // Who turned out to be a client as well, or its question would be due for ever.
            lookup.questions.keySet().removeIf(peer -> !peers.contains(peer) || !isAskable(peer, now));
            for (Peer peer : askable) {
                Question question = lookup.questions.computeIfAbsent(peer, p -> new Question(Nonce.roll(dice)));
                if (!question.denied && (question.asked == 0 || now.isAtOrAfter(due(question)))) {
                    question.asked++;
                    question.lastNanos = now.nanos();
                    if (question.asked <= SilentNo.QUESTIONS) {
                        question.enoughNanos = question.lastNanos;
                    }
                    asker.ask(lookup.hash, question.nonce, peer);
                }
            }
        }
        finishMisses(now);
        // A seed is tried for ever, so somebody may still come: a get right after the start is no mistake.
        finish(lookup -> askable.isEmpty() && seeds.isEmpty(), Outcome.of(Outcome.Kind.NO_PEER));
        finish(
                lookup -> now.isAtOrAfter(lookup.deadlineNanos)
                        && peers.alive(now).isEmpty(),
                Outcome.of(Outcome.Kind.NO_PEER));
        finish(lookup -> now.isAtOrAfter(lookup.deadlineNanos), Outcome.of(Outcome.Kind.TIMEOUT));
        dueNanos = now.nanos() + nanosUntilDue(now);
    }

    /** Not whoever has no table, not whoever has that of another network, and not whoever is only told of and may be nobody. */
    private boolean isAskable(Peer peer, Now now) {
        return peer.kind(now) != PeerKind.CLIENT
                && !sender.isHearsay(peer, now)
                && (peer.link() == null || peer.link().isCompatible());
    }

    private void finishMisses(Now now) {
        if (!lookups.isEmpty()) {
            List<Peer> alive = peers.alive(now);
            alive.removeIf(peer -> !isAskable(peer, now));
            finish(lookup -> isMiss(lookup, alive), Outcome.of(Outcome.Kind.MISS));
        }
    }

    private static boolean isMiss(Lookup lookup, List<Peer> alive) {
        return !alive.isEmpty()
                && alive.stream().allMatch(peer -> {
                    Question question = lookup.questions.get(peer);
                    return question != null && question.denied;
                });
    }

    private static long due(Question question) {
        return question.lastNanos + REPEAT_NANOS[Math.min(question.asked, REPEAT_NANOS.length) - 1];
    }

    private void finish(Predicate<Lookup> over, Outcome outcome) {
        Iterator<Map.Entry<Long, Lookup>> all = lookups.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Long, Lookup> each = all.next();
            if (over.test(each.getValue())) {
                all.remove();
                outbox.add(new Outbox.Finished(each.getKey(), outcome));
            }
        }
    }

    void excuse(long pauseNanos) {
        lookups.values().forEach(lookup -> lookup.deadlineNanos += pauseNanos);
    }

    long nanosUntilTick(Now now) {
        return lookups.isEmpty() ? Long.MAX_VALUE : now.until(dueNanos);
    }

    private long nanosUntilDue(Now now) {
        long least = Long.MAX_VALUE;
        for (Lookup lookup : lookups.values()) {
            least = Math.min(least, now.until(lookup.deadlineNanos));
            for (Question question : lookup.questions.values()) {
                if (!question.denied) {
                    least = Math.min(least, now.until(due(question)));
                }
            }
        }
        return least;
    }

    int size() {
        return lookups.size();
    }

    /** Sends the questions. */
    interface Asker {
        void ask(Hash hash, Nonce nonce, Peer peer);
    }
}
