package org.simpledht;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.simpledht.core.Node;
import org.simpledht.core.Path;
import org.simpledht.protocol.KeyRing;
import org.simpledht.types.Address;
import org.simpledht.types.Content;
import org.simpledht.types.Endpoint;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

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

    /** A life for as long as this node runs. */
    private static final int PUBLISHED = 0;

    private static final long CLOSE_NANOS = 1_000_000_000;
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final DhtRuntime runtime;
    private final DhtConfig config;
    private final Loop loop;
    private final Node node;
    private final NodeDriver driver;
    private final Object rereading = new Object();

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
        String name = "dht-" + STARTED.incrementAndGet();
        Loop loop = new Loop(runtime, name, config.limits().maxCommands(), TransportTerms.of(config, true));
        Map<Address, List<NetAddress>> advertised = NodeSetup.advertised(runtime, config);
        Listening.open(runtime, loop, config.bind());
        Node node = new Node(
                NodeSetup.settings(runtime, config, advertised, loop.bindings()), NodeSetup.dice(runtime), loop.now());
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
     * Where others see this node, in the order of {@link #endpoints}: what two neighbours or more say, and more than half of those who say
     * anything. Shown and not used, as anybody may say anything. Where it differs from what this node listens at, a router or a container
     * translates addresses: others find it there if {@link DhtConfig#advertise} says where.
     */
    public List<Endpoint> observedEndpoints() {
        return loop.await(Call.begin(loop, (future, now) -> future.complete(driver.observedEndpoints())));
    }

    /**
     * Stores a content for as long as this node runs and at most {@link DhtConfig#maxLease} longer, here and everywhere:
     * this node renews it, and when it is gone the others keep what it put for the rest of that time.
     *
     * <p>Replaces what the hash held. Of two writes to one hash that do not know of each other the one with the later clock
     * stays, everywhere; who must not lose either writes to a hash of its own. Returns when it is stored here; the others
     * have it a moment later ({@link PutReceipt#holders}, {@link #flush}).
     *
     * <p>A writer that is faster than the network waits here, until one neighbour has taken enough of what was written before, so
     * it goes at the pace of the fastest of them. Where there is none, or none takes anything for some seconds, nobody waits.
     * Other calls do not wait with it. Who is interrupted waits no longer, and what it put is stored all the same or not.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits; it stays interrupted
     * @throws IllegalArgumentException if the content is larger than {@link DhtLimits#maxValueBytes}
     * @throws StoreFullException if the local table has no room for it
     */
    public PutReceipt put(Hash hash, Content content) {
        return loop.await(beginPut(hash, content, PUBLISHED));
    }

    /** As {@link #put(Hash, Content)}, with a copy of the bytes. */
    public PutReceipt put(Hash hash, byte[] content) {
        return put(hash, Content.of(Objects.requireNonNull(content, "content")));
    }

    /** As {@link #put(Hash, Content)}, with the text in UTF-8. */
    public PutReceipt put(Hash hash, String content) {
        return put(hash, Content.ofText(Objects.requireNonNull(content, "content")));
    }

    /**
     * As {@link #put(Hash, Content)}, but it lives so long from now on, everywhere, whether this node runs or not.
     *
     * @param ttl longer than zero, at most {@link DhtConfig#maxLease}; rounded up to whole seconds
     * @throws IllegalArgumentException if the ttl is not, or the content is too large
     * @throws StoreFullException if the local table has no room for it
     */
    public PutReceipt put(Hash hash, Content content, Duration ttl) {
        return loop.await(beginPut(hash, content, lifeSeconds(ttl)));
    }

    /** As {@link #put(Hash, Content, Duration)}, with the text in UTF-8. */
    public PutReceipt put(Hash hash, String content, Duration ttl) {
        return put(hash, Content.ofText(Objects.requireNonNull(content, "content")), ttl);
    }

    /**
     * As {@link #put(Hash, Content)}, without waiting for the node; the future ends with the exceptions named there, but a
     * content that is too large is refused at once. What hangs on the future runs on a helper thread, where it must not wait
     * for another future of this node.
     *
     * <p>The future of a writer faster than the network ends later, when {@link #put} would return. While
     * {@link DhtLimits#maxCommands} puts are going on, the writer waits here. Until the future has ended, a get may miss what
     * was put, or show what it replaces; a {@link #flush} covers it. In what hangs on a
     * future of this node there is no waiting: the returned future ends with an {@link IllegalStateException} then.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits; it stays interrupted
     */
    public CompletableFuture<PutReceipt> putAsync(Hash hash, Content content) {
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(content, "content");
        return driver.putAsync(() -> beginPut(hash, content, PUBLISHED));
    }

    /**
     * Removes what a hash holds, here and everywhere. Returns when it is gone here, and waits for the network as {@link #put}
     * does. That it is gone is remembered for {@link DhtConfig#maxLease}, so that no node that was away brings it back; one that
     * was away for longer, and had put it, does. Originals cannot be told: they forget it within half a minute, as nobody puts it
     * there again.
     *
     * @throws StoreFullException if the hash is unknown here, and the local table has no room to remember it
     */
    public PutReceipt remove(Hash hash) {
        Objects.requireNonNull(hash, "hash");
        return loop.await(Call.beginWrite(loop, (future, now) -> finishWrite(future, node.remove(hash, now))));
    }

    /**
     * Waits until every neighbour holds all that was put and removed here before this call, or something newer; what is still
     * waiting for the network then belongs to it.
     *
     * @return false if not all of them do before the timeout, or there is no neighbour that could
     * @throws IllegalArgumentException if the timeout is not longer than zero
     */
    public boolean flush(Duration timeout) {
        return driver.flush(NodeSetup.timeoutNanos(timeout));
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
        return node.store().get(Objects.requireNonNull(hash, "hash"), physicalMillis());
    }

    private long physicalMillis() {
        return node.physicalMillis(runtime.nanoTime());
    }

    private CompletableFuture<PutReceipt> beginPut(Hash hash, Content content, int lifeSeconds) {
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(content, "content");
        int most = config.limits().maxValueBytes();
        if (content.size() > most) {
            throw new IllegalArgumentException("the content has " + content.size() + " bytes, but at most " + most
                    + " are taken; raise max-value-bytes at all nodes, or split it");
        }
        return Call.beginWrite(loop, (future, now) -> finishWrite(future, node.put(hash, content, lifeSeconds, now)));
    }

    private void finishWrite(CompletableFuture<PutReceipt> future, Node.Written written) {
        if (written.applied().isHeld()) {
            future.complete(
                    new PutReceipt(written.meta().key(), loop, nanos -> driver.countHolders(written.meta(), nanos)));
        } else {
            future.completeExceptionally(new StoreFullException("the table is full: it holds "
                    + node.store().entries() + " entries of "
                    + config.limits().maxEntries() + ", and "
                    + node.store().bytes() + " bytes of "
                    + config.limits().maxStoreBytes() + "; raise max-entries or max-store-bytes"));
        }
    }

    private int lifeSeconds(Duration ttl) {
        DhtLimits.positive("ttl", ttl);
        if (ttl.compareTo(config.maxLease()) > 0) {
            throw new IllegalArgumentException("the ttl is " + ttl + ", but at most max-lease, " + config.maxLease()
                    + "; put without a ttl what is to live longer");
        }
        return (int) (ttl.getNano() == 0 ? ttl.toSeconds() : ttl.toSeconds() + 1);
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
        return node.store().snapshot(physicalMillis());
    }

    /**
     * Visits all that is here, without a copy, on the caller's thread; in no order that means anything. What is written
     * meanwhile is visited or not. The visitor may call this node.
     */
    public void forEach(BiConsumer<Hash, Content> visitor) {
        node.store().forEach(physicalMillis(), Objects.requireNonNull(visitor, "visitor")::accept);
    }

    /**
     * Has the watcher hear of every change of one hash from now on, until the subscription or the node is closed; as
     * {@link DhtListener#entryChanged}, in the same way and with the same liberties.
     */
    public Subscription watch(Hash hash, Consumer<EntryEvent> watcher) {
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(watcher, "watcher");
        return watch(event -> {
            if (event.hash().equals(hash)) {
                watcher.accept(event);
            }
        });
    }

    /** As {@link #watch(Hash, Consumer)}, of every change of any hash. */
    public Subscription watch(Consumer<EntryEvent> watcher) {
        Objects.requireNonNull(watcher, "watcher");
        return listen(new DhtListener() {
            @Override
            public void entryChanged(EntryEvent event) {
                watcher.accept(event);
            }
        });
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

    /**
     * The peers that are alive, in the order in which they were met: originals, and of a large network the ten nodes at most that
     * are this one's neighbours.
     */
    public List<PeerInfo> peers() {
        return loop.await(Call.begin(
                loop,
                (future, now) -> future.complete(
                        node.peers(now).stream().map(driver::info).toList())));
    }

    /**
     * Has this node accept these cluster keys, and no others, and sign with the first of them, from now on. To replace a key
     * without a break, do this at every node of the network, and then the next step: add the new key as the last one, make it the
     * first, remove the old one.
     *
     * @throws IllegalArgumentException if there are none
     * @throws IllegalStateException if this node was started without keys
     */
    public void replaceClusterKeys(ClusterKeys keys) {
        KeyRing ring = Objects.requireNonNull(keys, "keys")
                .ring()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no cluster key; a node that has one keeps needing one, restart it without"));
        loop.await(Call.begin(loop, (future, now) -> {
            node.seal().replace(ring);
            future.complete(null);
        }));
    }

    /**
     * Has the transports read the files anew that the configuration names to them, such as the certificates of {@code tls}
     * ({@link DhtConfig#files}). What they hold now counts for connections that begin from now on; those that are there go on as they
     * began. All of these files are read on the caller's thread, which takes some milliseconds, before anything changes.
     *
     * @return false if no transport of this node reads files
     * @throws IllegalArgumentException if a file is missing, or not what it should be; nothing has changed then. The message names the
     *     setting, the file and the remedy, and never a secret
     */
    public boolean rereadTransportFiles() {
        // One after the other: what was read first must not come into force last.
        synchronized (rereading) {
            List<Runnable> changes = loop.reread();
            loop.await(Call.begin(loop, (future, now) -> {
                changes.forEach(Runnable::run);
                future.complete(null);
            }));
            return !changes.isEmpty();
        }
    }

    /**
     * Waits until so many peers are alive. Of ours there are ten at most, however many take part.
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
