package org.simpledht;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.simpledht.core.Binding;
import org.simpledht.core.Path;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportContext.ChannelHandler;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.Endpoint;
import org.simpledht.types.NetAddress;
import org.simpledht.types.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a loop is bound to: its transports in the order of their bindings, and the selector that it waits in for them. */
final class BoundSockets {

    private static final Logger LOG = LoggerFactory.getLogger(Dht.class);

    /** Somebody of each family, to learn which families a transport reaches, and how much it carries there. */
    private static final NetAddress ANY_V4 = NetAddress.of(new byte[] {127, 0, 0, 1}, 1);

    private static final NetAddress ANY_V6 =
            NetAddress.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 1);

    private final List<Transport> transports = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<Binding> bindings = new ArrayList<>();
    private Selector selector;

    /** The index that the next binding will have. */
    int next() {
        return transports.size();
    }

    /** Binds one more. */
    Endpoint open(TransportProvider provider, NetAddress address, TransportContext context) throws IOException {
        Transport transport = provider.open(address, context);
        transports.add(transport);
        NetAddress local = transport.local();
        bindings.add(new Binding(
                provider.scheme(),
                provider.isStream(),
                local,
                transport.maxFrameBytes(ANY_V4),
                transport.maxFrameBytes(ANY_V6)));
        Endpoint endpoint = new Endpoint(provider.scheme(), local);
        endpoints.add(endpoint);
        return endpoint;
    }

    List<Binding> bindings() {
        return bindings;
    }

    List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    /** Where one of them is bound. */
    Endpoint endpoint(int binding) {
        return endpoints.get(binding);
    }

    /** What is at the other end of a path. */
    Endpoint endpoint(Path path) {
        return new Endpoint(endpoints.get(path.binding()).scheme(), path.remote());
    }

    boolean takes(Path to, int bytes) {
        return transports.get(to.binding()).takes(to.remote(), bytes);
    }

    void send(Path to, ByteBuffer frame) {
        transports.get(to.binding()).send(to.remote(), frame);
    }

    void disconnect(Path path) {
        transports.get(path.binding()).disconnect(path.remote());
    }

    void tick(long nowNanos) {
        for (Transport transport : transports) {
            transport.tick(nowNanos);
        }
    }

    /** Has all read their files anew; what is then to be run on the loop's thread. From any thread, once all are open. */
    List<Runnable> reread() {
        return transports.stream()
                .map(Transport::reread)
                .flatMap(Optional::stream)
                .toList();
    }

    SelectionKey register(SelectableChannel channel, int interestOps, ChannelHandler handler) throws IOException {
        return channel.register(selector(), interestOps, new Intake.Source(handler));
    }

    /** Opened when it is first needed: in virtual time it never is. */
    Selector selector() throws IOException {
        if (selector == null) {
            selector = Selector.open();
        }
        return selector;
    }

    /** Ends a wait in the selector. From any thread, while there is such a wait. */
    void wakeUp() {
        selector.wakeup();
    }

    /** Closes everything, whatever one of them throws. */
    void close() {
        for (Transport transport : transports) {
            try {
                transport.close();
            } catch (RuntimeException | Error e) {
                LOG.warn("a transport cannot be closed", Told.of(e));
            }
        }
        if (selector != null) {
            try {
                selector.close();
            } catch (IOException e) {
                LOG.debug("closing the selector: {}", Printable.escape(e.toString()));
            }
        }
    }
}
