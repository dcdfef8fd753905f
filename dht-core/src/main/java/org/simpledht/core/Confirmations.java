package org.simpledht.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;

/**
 * Asks neighbours whether they hold what was written here, for who wants to be sure: {@code flush}, and how many hold a put
 * (docs/PROTOCOL.md, "The extension", ASK).
 */
final class Confirmations {

    private static final int KEYS_PER_ASK = 34;

    /** Questions to one neighbour that may be open at once. */
    private static final int ASKS_AT_ONCE = 8;

    private static final long REPEAT_NANOS = 300_000_000L;

    /** Writes beyond that many are not remembered one by one; who asks then waits until the tables are equal. */
    private static final int MAX_WRITES = 65_536;

    /** Not of fewer is it looked whether they are still held. */
    private static final int FEW_WRITES = 1_024;

    private static final class Request {
        private final boolean counts;
        private final long deadlineNanos;
        private final Map<Peer, Round> rounds = new LinkedHashMap<>();
        private int writesAhead;
        private Map<Hash, Meta> writes;

        /**
         * @param writes null as long as they are not known
         */
        Request(Map<Hash, Meta> writes, boolean counts, long deadlineNanos) {
            this.writes = writes;
            this.counts = counts;
            this.deadlineNanos = deadlineNanos;
        }
    }

    /** What one neighbour has not confirmed yet. */
    private static final class Round {
        private final Set<Hash> open;
        private final Set<Hash> unanswered = new HashSet<>();
        private long askedNanos;
        private boolean asked;

        Round(Set<Hash> keys) {
            open = new LinkedHashSet<>(keys);
        }
    }

    private final Store store;
    private final Neighbours neighbours;
    private final Outbox outbox;
    private final Map<Hash, Meta> unconfirmed = new LinkedHashMap<>();
    private final Map<Long, Request> requests = new LinkedHashMap<>();
    private boolean overflowed;
    private int manyWrites = FEW_WRITES;

    Confirmations(Store store, Neighbours neighbours, Outbox outbox) {
        this.store = store;
        this.neighbours = neighbours;
        this.outbox = outbox;
    }

    /** That was written here. */
    void written(Meta meta) {
        unconfirmed.remove(meta.key());
        if (unconfirmed.size() >= manyWrites) {
            forgetWhatHasEnded();
            manyWrites = Math.max(FEW_WRITES, 2 * unconfirmed.size());
        }
        if (unconfirmed.size() >= MAX_WRITES) {
            unconfirmed.remove(unconfirmed.keySet().iterator().next());
            overflowed = true;
        }
        unconfirmed.put(meta.key(), meta);
    }

    /** No neighbour will ever say that it holds what is not held here any more. */
    private void forgetWhatHasEnded() {
        unconfirmed.keySet().removeIf(key -> store.meta(key).isNothing());
    }

    /** How many writes are remembered. */
    int size() {
        return unconfirmed.size();
    }

    /** One more call of the application has been served, whatever came of it. */
    void applicationWrote() {
        for (Request request : requests.values()) {
            request.writesAhead = Math.max(0, request.writesAhead - 1);
        }
    }

    /**
     * Ends with {@code DONE} when there are neighbours, and every one holds all that was written here, or something newer.
     *
     * @param writesAhead so many of the application's writes are still to come; until then only the time runs
     */
    void flush(long ticket, int writesAhead, long timeoutNanos, Now now) {
        Request request = new Request(null, false, now.nanos() + timeoutNanos);
        request.writesAhead = writesAhead;
        requests.put(ticket, request);
        tick(now);
    }

    /**
     * Ends with {@code COUNTED} when all neighbours have been heard of about one write, or after the timeout with those that
     * were.
     */
    void countHolders(long ticket, Meta write, long timeoutNanos, Now now) {
        requests.put(ticket, new Request(Map.of(write.key(), write), true, now.nanos() + timeoutNanos));
        tick(now);
    }

    void cancel(long ticket) {
        requests.remove(ticket);
    }

    /** A neighbour says what it holds, whether or not it was asked. */
    void heardMetas(List<Meta> metas, Peer by, Now now) {
        if (requests.isEmpty()) {
            return;
        }
        for (Request request : requests.values()) {
            Round round = request.rounds.get(by);
            if (round == null || round.open.isEmpty()) {
                continue;
            }
            boolean isProgress = false;
            for (Meta meta : metas) {
                round.unanswered.remove(meta.key());
                Meta write = request.writes.get(meta.key());
                if (write != null && !write.isLargerThan(meta)) {
                    isProgress |= round.open.remove(meta.key());
                }
            }
            // The next ones at once, if these have come. Not for each answer: of eight each would bring eight more.
            round.asked &= !isProgress || !round.unanswered.isEmpty();
        }
        tick(now);
    }

    void tick(Now now) {
        if (requests.isEmpty()) {
            return;
        }
        List<Link> links = neighbours.sharing();
        Iterator<Map.Entry<Long, Request>> all = requests.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Long, Request> each = all.next();
            Request request = each.getValue();
            if (request.writes == null && request.writesAhead == 0) {
                forgetWhatHasEnded();
                request.writes = new HashMap<>(unconfirmed);
            }
            boolean hasBegun = request.writes != null;
            request.rounds.keySet().retainAll(links.stream().map(Link::peer).toList());
            boolean isDone = hasBegun && (!links.isEmpty() || request.counts);
            int holders = 0;
            for (Link link : hasBegun ? links : List.<Link>of()) {
                Round round = request.rounds.computeIfAbsent(link.peer(), p -> new Round(request.writes.keySet()));
                boolean equalTables =
                        !request.counts && store.root().equals(link.comparison().theirRoot());
                if (round.open.isEmpty() || equalTables) {
                    holders++;
                } else {
                    isDone = false;
                    ask(link, round, now);
                }
            }
            isDone &= request.counts || !overflowed || tablesAreEqual(links);
            boolean isLate = now.isAtOrAfter(request.deadlineNanos);
            if (isDone || isLate) {
                all.remove();
                finish(each.getKey(), request, isDone, holders);
            }
        }
    }

    /** Now and then: what all hold need not be remembered. */
    void tidy() {
        List<Link> links = neighbours.sharing();
        if (requests.isEmpty() && !links.isEmpty() && tablesAreEqual(links)) {
            unconfirmed.clear();
            overflowed = false;
        }
    }

    private boolean tablesAreEqual(List<Link> links) {
        return links.stream()
                .allMatch(link -> store.root().equals(link.comparison().theirRoot()));
    }

    private void ask(Link link, Round round, Now now) {
        if (round.asked && now.since(round.askedNanos) < REPEAT_NANOS) {
            return;
        }
        round.asked = true;
        round.askedNanos = now.nanos();
        round.unanswered.clear();
        List<Hash> keys = new ArrayList<>();
        int asks = 0;
        for (Hash key : round.open) {
            if (link.output().isFresh(key)) {
                // It has not gone yet.
                continue;
            }
            keys.add(key);
            round.unanswered.add(key);
            if (keys.size() == KEYS_PER_ASK) {
                link.output().control(new ExtensionRecord.Ask(keys));
                keys = new ArrayList<>();
                if (++asks == ASKS_AT_ONCE) {
                    return;
                }
            }
        }
        if (!keys.isEmpty()) {
            link.output().control(new ExtensionRecord.Ask(keys));
        }
    }

    private void finish(long ticket, Request request, boolean isDone, int holders) {
        if (request.counts) {
            outbox.add(new Outbox.Finished(ticket, Outcome.counted(holders)));
        } else if (isDone) {
            request.writes.forEach((key, write) -> unconfirmed.remove(key, write));
            overflowed &= !unconfirmed.isEmpty();
            outbox.add(new Outbox.Finished(ticket, Outcome.of(Outcome.Kind.DONE)));
        } else {
            outbox.add(new Outbox.Finished(ticket, Outcome.of(Outcome.Kind.TIMEOUT)));
        }
    }

    long nanosUntilTick(Now now) {
        long least = Long.MAX_VALUE;
        for (Request request : requests.values()) {
            boolean mustBegin = request.writes == null && request.writesAhead == 0;
            least = Math.min(least, mustBegin ? 0 : now.until(request.deadlineNanos));
            for (Round round : request.rounds.values()) {
                if (!round.open.isEmpty()) {
                    least = Math.min(least, round.asked ? now.until(round.askedNanos + REPEAT_NANOS) : 0);
                }
            }
        }
        return least;
    }
}
