package org.simpledht;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.simpledht.core.Node;
import org.simpledht.core.Now;
import org.simpledht.core.Outcome;
import org.simpledht.core.PeerView;
import org.simpledht.types.Address;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application's side of a node: whom it tells what, which futures wait, who resolves names. */
final class NodeDriver implements Loop.Driver {

    private static final Logger LOG = LoggerFactory.getLogger(Dht.class);

    /** One subscription: the same listener may be subscribed twice, hence by identity. */
    private static final class Subscribed {
        private final DhtListener listener;

        Subscribed(DhtListener listener) {
            this.listener = listener;
        }
    }

    private final DhtRuntime runtime;
    private final DhtConfig config;
    private final Loop loop;
    private final Node node;
    private final Callbacks callbacks;
    private final AsyncCalls asyncCalls;
    private final ExecutorService resolver;
    private final Tickets tickets = new Tickets();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final List<Subscribed> listeners = new CopyOnWriteArrayList<>();

    NodeDriver(DhtRuntime runtime, String name, DhtConfig config, Loop loop, Node node) {
        this.runtime = runtime;
        this.config = config;
        this.loop = loop;
        this.node = node;
        callbacks = new Callbacks(
                runtime.helper(name + "-callbacks"), config.limits().maxCallbacks());
        asyncCalls = new AsyncCalls(config.limits().maxCommands(), callbacks, runtime);
        resolver = runtime.helper(name + "-resolver");
    }

    <T> CompletableFuture<T> forApplication(Supplier<CompletableFuture<T>> call) {
        return asyncCalls.begin(call);
    }

    CompletableFuture<Optional<Content>> lookUp(Hash hash, long timeoutNanos) {
        CompletableFuture<Outcome> outcome = Call.begin(loop, (future, now) -> {
            long ticket = tickets.issue(future);
            if (!node.get(ticket, hash, timeoutNanos, now)) {
                tickets.fail(ticket, new IllegalStateException("too many gets are going on; raise max-lookups"));
            }
        });
        return outcome.thenApply(o -> Outcomes.content(o, hash, Duration.ofNanos(timeoutNanos)));
    }

    CompletableFuture<Void> closed() {
        return closed.copy();
    }

    boolean awaitPeers(int count, long timeoutNanos) {
        Outcome outcome = loop.await(
                Call.begin(loop, (future, now) -> node.awaitPeers(tickets.issue(future), count, timeoutNanos, now)));
        return outcome.kind() == Outcome.Kind.DONE;
    }

    Subscription listen(DhtListener listener) {
        if (loop.isClosed()) {
            throw Call.closed(loop);
        }
        Subscribed ours = new Subscribed(listener);
        listeners.add(ours);
        return () -> listeners.remove(ours);
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

    PeerInfo info(PeerView peer) {
        PeerInfo.Kind kind =
                switch (peer.kind()) {
                    case CAPABLE, CLIENT -> PeerInfo.Kind.CAPABLE;
                    case ORIGINAL -> PeerInfo.Kind.ORIGINAL;
                    case CANDIDATE, UNDECIDED -> PeerInfo.Kind.UNDECIDED;
                };
        return new PeerInfo(loop.endpoint(peer.path()), kind, Duration.ofNanos(peer.silenceNanos()));
    }

    /** Listeners hear no more, waiting futures have ended. */
    void close() {
        callbacks.close();
        resolver.shutdownNow();
    }

    // On the loop's thread

    @Override
    public void finished(long ticket, Outcome outcome) {
        tickets.finish(ticket, outcome);
    }

    @Override
    public void resolve(int seed) {
        Address address = config.seeds().get(seed);
        try {
            resolver.execute(() -> {
                var resolved = Names.resolve(runtime, address);
                if (resolved.isEmpty()) {
                    LOG.warn("seed {}: {}", address, Names.unknown(address));
                }
                Call.begin(loop, (done, now) -> {
                    node.resolved(seed, NodeSetup.paths(loop.bindings(), address, resolved), now);
                    done.complete(null);
                });
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("closed while resolving {}", address);
        }
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
    public void stored(Hash hash, Content content) {
        tellListeners(listener -> listener.entryStored(hash, content));
    }

    private void tellListeners(Consumer<DhtListener> event) {
        for (Subscribed each : listeners) {
            callbacks.event(() -> event.accept(each.listener));
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
            callbacks.execute(end);
        } catch (RejectedExecutionException e) {
            // The helper was faster to go than the loop, which holds nobody up any more.
            end.run();
        }
    }
}
