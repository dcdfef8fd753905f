package org.simpledht;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.simpledht.core.ChangeReason;
import org.simpledht.core.Node;
import org.simpledht.core.Now;
import org.simpledht.core.Outcome;
import org.simpledht.core.PeerView;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Endpoint;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** The application's side of a node: whom it tells what, which futures wait, who resolves names. */
final class NodeDriver implements Loop.Driver {

    /** One subscription: the same listener may be subscribed twice, hence by identity. */
    private static final class Subscribed {
        private final DhtListener listener;
        private volatile boolean closed;

        Subscribed(DhtListener listener) {
            this.listener = listener;
        }
    }

    private final Loop loop;
    private final Node node;
    private final ExecutorService helpers;
    private final Lane listening;
    private final Lane completing;
    private final Lane resolving;
    private final Callbacks callbacks;
    private final AsyncCalls asyncPuts;
    private final AsyncCalls asyncGets;
    private final SeedResolver resolver;
    private final Tickets tickets = new Tickets();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final List<Subscribed> listeners = new CopyOnWriteArrayList<>();

    NodeDriver(DhtRuntime runtime, String name, DhtConfig config, Loop loop, Node node) {
        this.loop = loop;
        this.node = node;
        helpers = runtime.helpers(name + "-helper");
        listening = new Lane(helpers, runtime::nanoTime);
        completing = new Lane(helpers, runtime::nanoTime);
        resolving = new Lane(helpers, runtime::nanoTime);
        DhtLimits limits = config.limits();
        callbacks = new Callbacks(listening, limits.maxCallbacks());
        asyncPuts = new AsyncCalls(limits.maxCommands(), "max-commands", completing, runtime);
        asyncGets = new AsyncCalls(limits.maxLookups(), "max-lookups", completing, runtime);
        resolver = new SeedResolver(runtime, config.seeds(), loop, node, resolving);
    }

    <T> CompletableFuture<T> putAsync(Supplier<CompletableFuture<T>> put) {
        return asyncPuts.begin(put);
    }

    CompletableFuture<Optional<Content>> getAsync(Supplier<CompletableFuture<Optional<Content>>> get) {
        return asyncGets.tryBegin(get);
    }

    /** The future's cancellation ends the lookup. */
    CompletableFuture<Optional<Content>> lookUp(Hash hash, long timeoutNanos) {
        AtomicLong issued = new AtomicLong();
        CompletableFuture<Outcome> outcome = Call.begin(loop, (future, now) -> {
            long ticket = tickets.issue(future);
            issued.set(ticket);
            if (!node.get(ticket, hash, timeoutNanos, now)) {
                tickets.fail(ticket, new IllegalStateException("too many gets are going on; raise max-lookups"));
            }
        });
        CompletableFuture<Optional<Content>> content =
                outcome.thenApply(o -> Outcomes.content(o, hash, Duration.ofNanos(timeoutNanos)));
        content.whenComplete((found, failure) -> {
            if (content.isCancelled()) {
                cancel(issued);
            }
        });
        return content;
    }

    /** Comes behind the call that issues the ticket. When there is no room for it, the lookup has its timeout. */
    private void cancel(AtomicLong issued) {
        loop.offer(new Inbox.Command() {
            @Override
            public void run(Now now) {
                tickets.forget(issued.get());
                node.cancel(issued.get());
            }

            @Override
            public void abandon() {
                // All lookups are over.
            }
        });
    }

    CompletableFuture<Void> closed() {
        return closed.copy();
    }

    boolean awaitPeers(int count, long timeoutNanos) {
        Outcome outcome = loop.await(
                Call.begin(loop, (future, now) -> node.awaitPeers(tickets.issue(future), count, timeoutNanos, now)));
        return outcome.kind() == Outcome.Kind.DONE;
    }

    boolean flush(long timeoutNanos) {
        // What was put before belongs to it, also what has to wait; this call does not, or its time would not run.
        Outcome outcome = loop.await(Call.begin(
                loop, (future, now) -> node.flush(tickets.issue(future), loop.heldWrites(), timeoutNanos, now)));
        return outcome.kind() == Outcome.Kind.DONE;
    }

    CompletableFuture<Integer> countHolders(Meta write, long timeoutNanos) {
        CompletableFuture<Outcome> outcome =
                Call.begin(loop, (future, now) -> node.countHolders(tickets.issue(future), write, timeoutNanos, now));
        return outcome.thenApply(Outcome::count);
    }

    Subscription listen(DhtListener listener) {
        if (loop.isClosed()) {
            throw Call.closed(loop);
        }
        Subscribed ours = new Subscribed(listener);
        listeners.add(ours);
        return () -> {
            ours.closed = true;
            listeners.remove(ours);
        };
    }

    DhtStatistics statistics(Now now) {
        SortedMap<String, Long> counters = loop.counters();
        counters.put("callbacksDropped", callbacks.dropped());
        Node.Sizes sizes = node.sizes(now);
        return new DhtStatistics(
                node.store().entries(),
                node.store().bytes(),
                sizes.peers(),
                sizes.candidates(),
                sizes.pendingGets(),
                sizes.lookups(),
                counters);
    }

    /** Where others see this node, at each binding of which enough of them say the same. */
    List<Endpoint> observedEndpoints() {
        List<Endpoint> observed = new ArrayList<>();
        List<Endpoint> own = loop.endpoints();
        for (int binding = 0; binding < own.size(); binding++) {
            NetAddress seen = node.seenAt(binding);
            if (seen != null) {
                observed.add(new Endpoint(own.get(binding).scheme(), seen));
            }
        }
        return List.copyOf(observed);
    }

    PeerInfo info(PeerView peer) {
        PeerInfo.Kind kind =
                switch (peer.kind()) {
                    case CAPABLE, CLIENT -> PeerInfo.Kind.CAPABLE;
                    case ORIGINAL -> PeerInfo.Kind.ORIGINAL;
                    case CANDIDATE, UNDECIDED -> PeerInfo.Kind.UNDECIDED;
                };
        return new PeerInfo(loop.endpoint(peer.path()), kind, Duration.ofNanos(peer.silenceNanos()));
    }

    /**
     * Listeners hear what they were to hear, futures end, and then the helpers do; waits for them so long, unless it is called
     * on one of them.
     */
    void close(long waitNanos) {
        listening.close();
        completing.close();
        resolving.closeNow();
        helpers.shutdown();
        if (!listening.isCurrentThread() && !completing.isCurrentThread()) {
            Patience.wait(waitNanos, nanos -> helpers.awaitTermination(nanos, TimeUnit.NANOSECONDS));
        }
    }

    // On the loop's thread

    @Override
    public void finished(long ticket, Outcome outcome) {
        tickets.finish(ticket, outcome);
    }

    @Override
    public void resolve(int seed) {
        resolver.resolve(seed);
    }

    @Override
    public void peerJoined(PeerView peer) {
        tellListeners(listener -> listener.peerJoined(info(peer)));
    }

    @Override
    public void peerLost(PeerView peer) {
        tellListeners(listener -> listener.peerLost(info(peer)));
    }

    @Override
    public void changed(Hash key, Optional<Content> before, Optional<Content> after, ChangeReason reason) {
        EntryEvent event = new EntryEvent(key, before, after, EntryEvent.Reason.valueOf(reason.name()));
        tellListeners(listener -> listener.entryChanged(event));
    }

    private void tellListeners(Consumer<DhtListener> event) {
        for (Subscribed each : listeners) {
            callbacks.event(() -> {
                if (!each.closed) {
                    event.accept(each.listener);
                }
            });
        }
    }

    @Override
    public void ended() {
        tickets.failAll(() -> Call.closed(loop));
        Throwable failure = loop.failure();
        Runnable end = () -> {
            if (failure == null) {
                closed.complete(null);
            } else {
                closed.completeExceptionally(failure);
            }
        };
        try {
            completing.execute(end);
        } catch (RejectedExecutionException e) {
            // The helpers were faster to go than the loop, which holds nobody up any more.
            end.run();
        }
    }
}
