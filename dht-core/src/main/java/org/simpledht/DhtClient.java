package org.simpledht;

import java.time.Duration;
import java.util.Optional;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * Asks one node without being one: it holds no table and is nobody's peer. Works with the original as well.
 *
 * <p>All addresses of a name are tried in turn; answers are taken only from an address that was asked. Questions are
 * repeated until the timeout. All methods may be called from any thread, several at once.
 */
public final class DhtClient implements AutoCloseable {

    private DhtClient() {}

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
     * As {@link #connect(String)}; the configuration gives the transport of an address without scheme, and the limits.
     */
    public static DhtClient connect(String address, DhtConfig config) {
        throw new AssertionError();
    }

    /**
     * The content that the node holds.
     *
     * @return empty if the node was heard of after the question and does not have it; an original, which never says
     *     so, is taken to lack what it did not answer although it was heard of after two questions
     * @throws DhtTimeoutException if nothing came in time
     * @throws UnreachableException if the connection was refused at every address
     */
    public Optional<Content> get(Hash hash, Duration timeout) {
        throw new AssertionError();
    }

    /**
     * Has the node store a content and announce it. Returns when the node has acknowledged it.
     *
     * @throws IllegalArgumentException if the content is larger than the transport can carry
     * @throws DhtTimeoutException if no acknowledgement came in time
     * @throws UnreachableException if the connection was refused at every address
     * @throws DeclinedException if the node refused it, because its table is full
     */
    public void put(Hash hash, Content content, Duration timeout) {
        throw new AssertionError();
    }

    /**
     * Tells the node of another one. Returns when the node was heard of after that.
     *
     * @param address of the other node, {@code host:port}; it is of the same transport as this client's
     * @throws IllegalArgumentException if the address is not one, does not resolve, or cannot be anybody's: port 0, multicast
     *     or broadcast
     * @throws DhtTimeoutException if no answer came in time
     * @throws UnreachableException if the connection was refused at every address
     * @throws DeclinedException if the other node's address is of a family that the asked node cannot reach
     */
    public void discover(String address, Duration timeout) {
        throw new AssertionError();
    }

    /** Gives everything back. Calls that are waiting end with {@link IllegalStateException}. */
    @Override
    public void close() {
        throw new AssertionError();
    }
}
