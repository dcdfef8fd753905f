package org.simpledht;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.simpledht.core.Client;
import org.simpledht.core.Now;
import org.simpledht.core.Outcome;
import org.simpledht.core.Path;
import org.simpledht.types.Address;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * Asks one node without being one: it holds no table and is nobody's peer. Works with the original as well.
 *
 * <p>All addresses of a name are tried in turn; answers are taken only from an address that was asked. Questions are
 * repeated until the timeout. All methods may be called from any thread, several at once.
 *
 * <p>What is put and discovered at an original goes there one at a time, ten a second, since it dies of more. The other calls wait for
 * their turn, as long as their timeouts let them. Two clients know nothing of each other: together they may kill an original.
 */
public final class DhtClient implements AutoCloseable {

    private final DhtRuntime runtime;
    private final Address address;
    private final List<Path> paths;
    private final Loop loop;
    private final Client client;
    private final Tickets tickets;

    private DhtClient(
            DhtRuntime runtime, Address address, List<Path> paths, Loop loop, Client client, Tickets tickets) {
        this.runtime = runtime;
        this.address = address;
        this.paths = paths;
        this.loop = loop;
        this.client = client;
        this.tickets = tickets;
    }

    /**
     * A client of the node at an address. Nothing is sent yet.
     *
     * @param address {@code host:port}, or {@code scheme://host:port}; {@code udp} without scheme
     * @throws IllegalArgumentException if the address is not one, or its transport is not on the class path
     * @throws UnreachableException if the name does not resolve
     */
    public static DhtClient connect(String address) {
        return connect(address, DhtConfig.defaults());
    }

    /**
     * As {@link #connect(String)}; the configuration gives the transport of an address without scheme, the cluster keys, and
     * the limits.
     */
    public static DhtClient connect(String address, DhtConfig config) {
        return connect(address, config, DhtRuntime.system());
    }

    /** As {@link #connect(String, DhtConfig)}, in the given runtime, such as a host of a simulated network. */
    public static DhtClient connect(String address, DhtConfig config, DhtRuntime runtime) {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(runtime, "runtime");
        Address parsed = Address.parse(address, config.transport());
        if (parsed.port() == 0) {
            throw new IllegalArgumentException(parsed + " has port 0, where nothing can be reached");
        }
        List<NetAddress> named = Names.resolve(runtime, parsed);
        if (named.isEmpty()) {
            throw new UnreachableException(Names.unknown(parsed));
        }
        // A server says that it listens at [::], which is every address of its machine: here it means this machine.
        List<NetAddress> resolved = named.stream()
                .map(NetAddress::orLoopback)
                .filter(NetAddress::isUnicast)
                .toList();
        if (resolved.isEmpty()) {
            throw new IllegalArgumentException(
                    parsed + " cannot be a node's address: it is multicast or broadcast; write where the node listens");
        }
        DhtLimits limits = config.limits();
        Loop loop = new Loop(runtime, "dht-client", limits.maxCommands(), TransportTerms.of(config, false));
        Listening.open(runtime, loop, List.of(Address.parse(DhtConfig.DEFAULT_BIND, parsed.scheme())));
        Client client = new Client(
                NodeSetup.randomId(runtime),
                loop.bindings(),
                config.clusterKeys().ring(),
                limits.maxValueBytes(),
                NodeSetup.secret(runtime),
                NodeSetup.dice(runtime),
                loop.now());
        Tickets tickets = new Tickets();
        loop.start(client, new ClientDriver(loop, tickets), false);
        return new DhtClient(
                runtime, parsed, NodeSetup.paths(loop.bindings(), parsed, resolved), loop, client, tickets);
    }

    /**
     * The content that the node holds, also one that is larger than {@link #maxContentBytes}, up to
     * {@link DhtLimits#maxValueBytes} of this client's configuration.
     *
     * @return empty if the node was heard of after the question and does not have it; an original, which never says
     *     so, is taken to lack what it did not answer although it was heard of after two questions
     * @throws IllegalArgumentException if the timeout is not longer than zero
     * @throws DhtTimeoutException if nothing came in time
     * @throws UnreachableException if the connection was refused at every address
     * @throws DeclinedException if the content is larger than this client takes
     */
    public Optional<Content> get(Hash hash, Duration timeout) {
        Objects.requireNonNull(hash, "hash");
        return ask(timeout, (ticket, nanos, now) -> client.get(ticket, paths, hash, nanos, now))
                .content();
    }

    /**
     * The largest content that this client can put, in bytes: 65,496 with UDP, 65,535 with TCP. With a ttl it is 65,414 with
     * UDP, and with a cluster key 65,448 without one.
     */
    public int maxContentBytes() {
        return NodeSetup.maxContentBytes(loop.bindings(), client.seal().overheadBytes());
    }

    /**
     * Has the node store a content and announce it: it lives as long as the node runs, and the network's longest lease more.
     * Returns when the node has acknowledged it.
     *
     * @throws IllegalArgumentException if the content is larger than the transport can carry, or the timeout is not longer
     *     than zero
     * @throws DhtTimeoutException if no acknowledgement came in time
     * @throws UnreachableException if the connection was refused at every address
     * @throws DeclinedException if the node refused it, because its table is full
     */
    public void put(Hash hash, Content content, Duration timeout) {
        Objects.requireNonNull(hash, "hash");
        checkPut(content, maxContentBytes(), timeout);
        ask(timeout, (ticket, nanos, now) -> client.put(ticket, paths, hash, content, nanos, now));
    }

    /**
     * As {@link #put(Hash, Content, Duration)}, but it lives so long from now on, everywhere, whether the node runs or not.
     *
     * @param ttl longer than zero; rounded up to whole seconds, and cut by the node to its longest lease
     *     ({@link DhtConfig#maxLease})
     * @throws IllegalArgumentException if the content is larger than the transport can carry, or the ttl or the timeout is
     *     not longer than zero
     * @throws DhtTimeoutException if no acknowledgement came in time
     * @throws UnreachableException if the connection was refused at every address
     * @throws DeclinedException if the node refused it, because its table is full, or because it is an original, which knows
     *     no ttl; nothing is put there then
     */
    public void put(Hash hash, Content content, Duration ttl, Duration timeout) {
        Objects.requireNonNull(hash, "hash");
        int lifeSeconds = lifeSeconds(ttl);
        checkPut(content, NodeSetup.maxContentBytes(loop.bindings(), Client.LIFE_BYTES), timeout);
        ask(timeout, (ticket, nanos, now) -> client.put(ticket, paths, hash, content, lifeSeconds, nanos, now));
    }

    private static int lifeSeconds(Duration ttl) {
        DhtLimits.positive("ttl", ttl);
        long seconds = ttl.getNano() == 0 ? ttl.toSeconds() : ttl.toSeconds() + 1;
        return (int) Math.min(seconds, Integer.MAX_VALUE);
    }

    private void checkPut(Content content, int maxBytes, Duration timeout) {
        Objects.requireNonNull(content, "content");
        NodeSetup.timeoutNanos(timeout);
        if (content.size() > maxBytes) {
            throw new IllegalArgumentException("the content has " + content.size() + " bytes, but " + address.scheme()
                    + " carries at most " + maxBytes + "; split it, or put it at a node of the program's own");
        }
    }

    /**
     * Has the node remove what a hash holds, and announce that. Returns when the node holds nothing there any more.
     *
     * @throws IllegalArgumentException if the timeout is not longer than zero
     * @throws DhtTimeoutException if no acknowledgement came in time
     * @throws UnreachableException if the connection was refused at every address
     * @throws DeclinedException if the node is an original, which cannot remove
     */
    public void remove(Hash hash, Duration timeout) {
        Objects.requireNonNull(hash, "hash");
        ask(timeout, (ticket, nanos, now) -> client.remove(ticket, paths, hash, nanos, now));
    }

    /**
     * Tells the node of another one. Returns when the node was heard of after that.
     *
     * @param otherAddress of the other node, {@code host:port}; it is of the same transport as this client's
     * @throws IllegalArgumentException if the address is not one, does not resolve, or cannot be anybody's: port 0, multicast
     *     or broadcast; or the timeout is not longer than zero
     * @throws DhtTimeoutException if no answer came in time
     * @throws UnreachableException if the connection was refused at every address
     * @throws DeclinedException if the asked node is an original and the address is of another family than its own, which would
     *     kill it. One of ours takes any address, and contacts what it can reach
     */
    public void discover(String otherAddress, Duration timeout) {
        Objects.requireNonNull(otherAddress, "otherAddress");
        NodeSetup.timeoutNanos(timeout);
        Address other = Address.parse(otherAddress, address.scheme());
        if (!other.scheme().equals(address.scheme())) {
            throw new IllegalArgumentException(other + " cannot be told over " + address.scheme() + ", which tells of "
                    + address.scheme() + " addresses");
        }
        List<NetAddress> tellable = Names.require(runtime, other).stream()
                .filter(NetAddress::isUnicast)
                .toList();
        if (tellable.isEmpty()) {
            throw new IllegalArgumentException(
                    other + " cannot be a node's address: it has port 0, or is multicast, broadcast or unspecified;"
                            + " write where the node listens, such as 192.0.2.1:4000");
        }
        ask(timeout, (ticket, nanos, now) -> client.discover(ticket, paths, tellable, nanos, now));
    }

    /** Gives everything back. Calls that are waiting end with {@link IllegalStateException}. */
    @Override
    public void close() {
        loop.close();
    }

    private String whyNot() {
        return client.seal().hasKey()
                ? "is a node with the same cluster key listening there, and does its clock agree with this one's?"
                : "is a node listening there?";
    }

    /** Hands a question to the machine, on the loop's thread. */
    private interface Ask {
        void begin(long ticket, long timeoutNanos, Now now);
    }

    private Outcome ask(Duration timeout, Ask request) {
        long timeoutNanos = NodeSetup.timeoutNanos(timeout);
        CompletableFuture<Outcome> answer =
                Call.begin(loop, (future, now) -> request.begin(tickets.issue(future), timeoutNanos, now));
        Outcome outcome = loop.await(answer);
        return switch (outcome.kind()) {
            case FOUND, DONE, MISS -> outcome;
            case TIMEOUT ->
                throw new DhtTimeoutException(
                        "no answer from " + address + " within " + timeout.toMillis() + " ms; " + whyNot());
            case UNREACHABLE ->
                throw new UnreachableException(
                        "cannot reach " + address + ": " + outcome.reason() + "; is a node listening there?");
            case DECLINED -> throw new DeclinedException(address + " declined: " + outcome.reason());
            case COUNTED, NO_PEER -> throw new AssertionError(outcome);
        };
    }
}
