package org.simpledht;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.simpledht.core.Node;
import org.simpledht.core.Path;
import org.simpledht.transport.StreamLimits;
import org.simpledht.types.Address;
import org.simpledht.types.Content;
import org.simpledht.types.Endpoint;
import org.simpledht.types.Hash;

/**
 * A node of the replicated hash table: what is put at one node is everywhere.
 *
 * <pre>{@code
 * try (Dht dht = Dht.start("0.0.0.0:4000", "seed.example.org:4000")) {
 *     dht.put(Hash.ofText("greeting"), "Hello, world!");
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread, also from a {@link DhtListener}. One thread of the node's own does all
 * its work; listeners, what hangs on futures, and name resolution run on at most two more. All are daemon threads unless
 * the configuration asks otherwise. {@link #close} ends them, but for a daemon thread in the midst of the application's code or
 * a name server's answer, which ends right after that. After {@code close} every method but {@code close},
 * {@link #endpoints}, {@link #local} and {@link #entries} throws {@link IllegalStateException}.
 */
public final class Dht implements AutoCloseable {

    private static final long CLOSE_NANOS = 1_000_000_000;
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final DhtRuntime runtime;
    private final DhtConfig config;
    private final Loop loop;
    private final Node node;
    private final NodeDriver driver;

    private Dht(DhtRuntime runtime, DhtConfig config, Loop loop, Node node, NodeDriver driver) {
        this.runtime = runtime;
        this.config = config;
        this.loop = loop;
        this.node = node;
        this.driver = driver;
    }

    /** Starts a node with {@link DhtConfig#defaults}: UDP, on any free port. */
    public static Dht start() {
        return start(DhtConfig.defaults());
    }

    /**
     * Starts a node with defaults, but for where it listens and whom it contacts.
     *
     * @param bind {@code host:port}, or {@code scheme://host:port}
     * @param seeds likewise
     * @throws IllegalArgumentException if an address is not one
     * @throws CannotListenException if the node cannot listen at {@code bind}
     */
    public static Dht start(String bind, String... seeds) {
        Objects.requireNonNull(bind, "bind");
        return start(DhtConfig.builder().bind(bind).seeds(seeds).build());
    }

    /**
     * Starts a node. It listens when the method returns; its seeds are contacted from then on.
     *
     * @throws IllegalArgumentException if the transport of an address is not on the class path; the message names the artifact
     * @throws CannotListenException if the node cannot listen at one of its addresses
     */
    public static Dht start(DhtConfig config) {
        return start(config, DhtRuntime.system());
    }

    /** As {@link #start(DhtConfig)}, with a listener that hears of everything, from the first peer on. */
    public static Dht start(DhtConfig config, DhtListener listener) {
        return start(config, DhtRuntime.system(), listener);
    }

    /**
     * As {@link #start(DhtConfig)}, in the given runtime, such as a host of a simulated network.
     *
     * @param listeners hear of everything, from the first peer on
     */
    public static Dht start(DhtConfig config, DhtRuntime runtime, DhtListener... listeners) {
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(listeners, "listeners");
        for (DhtListener listener : listeners) {
            Objects.requireNonNull(listener, "listener");
        }
        DhtLimits limits = config.limits();
        String name = "dht-" + STARTED.incrementAndGet();
        StreamLimits streams =
                new StreamLimits(limits.maxConnections(), limits.maxOutputBytes(), limits.frameTimeout());
        Loop loop = new Loop(runtime, name, limits.maxCommands(), streams);
        Listening.open(runtime, loop, config.bind());
        Node node = new Node(NodeSetup.settings(runtime, config, loop.bindings()), NodeSetup.dice(runtime), loop.now());
        NodeDriver driver = new NodeDriver(runtime, name, config, loop, node);
        for (DhtListener listener : listeners) {
            driver.listen(listener);
        }
        loop.start(node, driver, config.keepJvmAlive());
        return new Dht(runtime, config, loop, node, driver);
    }

    /** Where this node is bound, with real ports, in the order of the configuration. */
    public List<Endpoint> endpoints() {
        return loop.endpoints();
    }

    /**
     * Stores a content here, for as long as this node runs, and announces it to all peers, which fetch it. Replaces what the
     * hash held here. Returns when it is stored here; the peers have it a round trip later.
     *
     * @throws IllegalArgumentException if the content is larger than {@link #maxContentBytes}
     * @throws StoreFullException if the hash is new and the local table is full
     */
    public void put(Hash hash, Content content) {
        loop.await(beginPut(hash, content));
    }

    /** As {@link #put(Hash, Content)}, with a copy of the bytes. */
    public void put(Hash hash, byte[] content) {
        put(hash, Content.of(Objects.requireNonNull(content, "content")));
    }

    /** As {@link #put(Hash, Content)}, with the text in UTF-8. */
    public void put(Hash hash, String content) {
        put(hash, Content.ofText(Objects.requireNonNull(content, "content")));
    }

    /**
     * As {@link #put(Hash, Content)}, without waiting for the node; the future ends with the exceptions named there, but a
     * content that is too large is refused at once. What hangs on the future runs on a helper thread, where it must not wait
     * for another future of this node.
     *
     * <p>A writer faster than the node waits here while {@link DhtLimits#maxCommands} puts are going on. In what hangs on a
     * future of this node there is no waiting: the returned future ends with an {@link IllegalStateException} then.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits; it stays interrupted
     */
    public CompletableFuture<Void> putAsync(Hash hash, Content content) {
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(content, "content");
        return driver.putAsync(() -> beginPut(hash, content));
    }

    /** The largest content that this node's transports can carry, in bytes: 65,496 with UDP alone, else 65,535. */
    public int maxContentBytes() {
        return NodeSetup.maxContentBytes(loop.bindings());
    }

    /**
     * The content of a hash, from here or else from the peers. What is fetched is kept.
     *
     * @return empty if it is a miss: every peer was heard of after the question, and none had it
     * @throws IllegalArgumentException if the timeout is not longer than zero; {@link #local} is what never waits
     * @throws DhtTimeoutException if a peer could not be heard of in time
     * @throws NoPeerException if it is not here, and no peer is alive to be asked, also not until the end of the timeout if
     *     somebody is being contacted
     */
    public Optional<Content> get(Hash hash, Duration timeout) {
        long timeoutNanos = checkGet(hash, timeout);
        return loop.await(beginGet(hash, timeoutNanos));
    }

    /**
     * As {@link #get}, without waiting; the future ends with the exceptions named there, or at once with an
     * {@link IllegalStateException} if {@link DhtLimits#maxLookups} gets are going on. Who cancels or completes the
     * future ends the get. What hangs on the future runs on a helper thread, where it must not wait for another future of
     * this node.
     */
    public CompletableFuture<Optional<Content>> getAsync(Hash hash, Duration timeout) {
        long timeoutNanos = checkGet(hash, timeout);
        return driver.getAsync(() -> beginGet(hash, timeoutNanos));
    }

    /** The content of a hash if it is here. Never waits and asks nobody. */
    public Optional<Content> local(Hash hash) {
        return node.store().get(Objects.requireNonNull(hash, "hash"));
    }

    private CompletableFuture<Void> beginPut(Hash hash, Content content) {
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(content, "content");
        if (content.size() > maxContentBytes()) {
            throw new IllegalArgumentException("the content has " + content.size() + " bytes, but at most "
                    + maxContentBytes() + " can be carried from " + endpoints());
        }
        return Call.begin(loop, (future, now) -> {
            if (node.put(hash, content, now)) {
                future.complete(null);
            } else {
                future.completeExceptionally(new StoreFullException("the table is full: it holds "
                        + node.store().entries() + " entries of "
                        + config.limits().maxEntries() + ", and "
                        + node.store().bytes() + " bytes of "
                        + config.limits().maxStoreBytes() + "; raise max-entries or max-store-bytes"));
            }
        });
    }

    private static long checkGet(Hash hash, Duration timeout) {
        Objects.requireNonNull(hash, "hash");
        return NodeSetup.timeoutNanos(timeout);
    }

    private CompletableFuture<Optional<Content>> beginGet(Hash hash, long timeoutNanos) {
        Optional<Content> here = local(hash);
        if (here.isPresent() && !loop.isClosed()) {
            return CompletableFuture.completedFuture(here);
        }
        return driver.lookUp(hash, timeoutNanos);
    }

    /** All that is here: a copy, made while the node goes on. */
    public Map<Hash, Content> entries() {
        return node.store().snapshot();
    }

    /**
     * Contacts a node: it hears of this one at once, and is a peer as soon as it answers. A name is resolved, all its
     * addresses are contacted.
     *
     * @param address {@code host:port}, or {@code scheme://host:port}; the scheme must be one this node is bound with
     * @throws IllegalArgumentException if the address is not one, its name does not resolve, or it cannot be reached from
     *     this node: another transport or family, port 0, multicast, or broadcast
     */
    public void discover(String address) {
        Address parsed = Address.parse(Objects.requireNonNull(address, "address"), config.transport());
        List<Path> paths = NodeSetup.paths(loop.bindings(), parsed, Names.require(runtime, parsed));
        boolean reached = loop.await(Call.begin(loop, (future, now) -> {
            boolean any = false;
            for (Path path : paths) {
                any |= node.discover(path, now);
            }
            future.complete(any);
        }));
        if (!reached) {
            throw new IllegalArgumentException(parsed + " cannot be reached from " + endpoints()
                    + ": it is of another family, or nobody's address (port 0, multicast, broadcast)");
        }
    }

    /** The peers that are alive, in the order in which they were met. */
    public List<PeerInfo> peers() {
        return loop.await(Call.begin(
                loop,
                (future, now) -> future.complete(
                        node.peers(now).stream().map(driver::info).toList())));
    }

    /**
     * Waits until so many peers are alive.
     *
     * @return false if they are not before the timeout
     * @throws IllegalArgumentException if the timeout is not longer than zero
     */
    public boolean awaitPeers(int count, Duration timeout) {
        return driver.awaitPeers(count, NodeSetup.timeoutNanos(timeout));
    }

    /** The node in numbers. */
    public DhtStatistics statistics() {
        return loop.await(Call.begin(loop, (future, now) -> future.complete(driver.statistics(now))));
    }

    /** Has the listener hear of everything from now on, until the subscription or the node is closed. */
    public Subscription listen(DhtListener listener) {
        return driver.listen(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Ends when this node does: normally when it is closed, exceptionally when it has failed, which is a defect of this
     * library or of a transport. What hangs on it runs on a helper thread. Completing it changes nothing.
     */
    public CompletableFuture<Void> closed() {
        return driver.closed();
    }

    /**
     * Leaves the network: peers are told, sockets and threads are given back. Takes at most a second, and may be called
     * more than once. Calls that are waiting end with {@link IllegalStateException}.
     */
    @Override
    public void close() {
        long begun = System.nanoTime();
        loop.close();
        driver.close(CLOSE_NANOS - (System.nanoTime() - begun));
    }
}
