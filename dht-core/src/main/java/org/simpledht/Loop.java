package org.simpledht;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.simpledht.core.Binding;
import org.simpledht.core.Counter;
import org.simpledht.core.Machine;
import org.simpledht.core.Now;
import org.simpledht.core.Outbox;
import org.simpledht.core.Outcome;
import org.simpledht.core.Path;
import org.simpledht.core.PeerView;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext.ChannelHandler;
import org.simpledht.transport.TransportFault;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.Content;
import org.simpledht.types.Endpoint;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a node: waits in one selector, hands frames, commands and time to the machine, and sends what the machine
 * wants sent. One direction, one call stack from socket to socket; the machine is touched by no other thread.
 */
final class Loop {

    private static final Logger LOG = LoggerFactory.getLogger(Dht.class);

    /** Transports are promised a tick ten times a second. */
    private static final long LONGEST_WAIT_NANOS = 100_000_000;

    private static final int COMMANDS_PER_TURN = 256;
    private static final long CLOSE_MILLIS = 1_000;

    /** Somebody of each family, to learn which families a transport reaches, and how much it carries there. */
    private static final NetAddress ANY_V4 = NetAddress.of(new byte[] {127, 0, 0, 1}, 1);

    private static final NetAddress ANY_V6 =
            NetAddress.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 1);

    private final String name;
    private final Selector selector;
    private final Inbox inbox;
    private final StreamLimits streamLimits;
    private final FaultBoard faults = new FaultBoard();
    private final List<Transport> transports = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<Binding> bindings = new ArrayList<>();
    private final ByteBuffer frameBuffer = ByteBuffer.allocateDirect(StreamLimits.MAX_FRAME_BYTES);
    private final Door door = new Door();

    private volatile boolean stopping;
    private volatile boolean waiting;
    private volatile Throwable failure;
    private Thread thread;
    private Machine machine;
    private Driver driver;

    /** What the loop does not do itself: the application's side of what a machine wants. */
    interface Driver {
        void finished(long ticket, Outcome outcome);

        void resolve(int seed);

        void peerJoined(PeerView peer);

        void peerLost(PeerView peer);

        void stored(Hash hash, Content content);

        /** The loop has ended; nothing more will be finished. On the loop's thread, the last thing it does. */
        void ended();
    }

    Loop(String name, int maxCommands, StreamLimits streamLimits) {
        this.name = name;
        this.inbox = new Inbox(maxCommands);
        this.streamLimits = streamLimits;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a selector: " + e.getMessage(), e);
        }
    }

    // Before the start, on the caller's thread

    /** Binds one more socket. */
    Endpoint open(TransportProvider provider, NetAddress address) throws IOException {
        Transport transport = provider.open(address, new BindingContext(this, transports.size()));
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

    /** Gives back what was opened, when there will be no start. */
    void discard() {
        closeTransports();
    }

    void start(Machine theMachine, Driver theDriver, boolean daemon) {
        machine = theMachine;
        driver = theDriver;
        thread = new Thread(this::run, name);
        thread.setDaemon(daemon);
        thread.start();
    }

    // From any thread

    /** Has a command run, as soon as there is room for it. */
    void execute(Inbox.Command command) {
        inbox.put(command);
        wakeUp();
    }

    boolean offer(Inbox.Command command) {
        boolean taken = inbox.offer(command);
        wakeUp();
        return taken;
    }

    private void wakeUp() {
        if (waiting) {
            selector.wakeup();
        }
    }

    boolean isClosed() {
        return inbox.isClosed();
    }

    /** Why the loop ended by itself; null if it did not. */
    Throwable failure() {
        return failure;
    }

    /** Ends the loop, and waits for it for a second at most. */
    void close() {
        stopping = true;
        selector.wakeup();
        boolean interrupted = false;
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // On the loop's thread

    private void run() {
        try {
            while (!stopping) {
                turn();
            }
            machine.leave(now());
            flush(now());
        } catch (IOException | RuntimeException | Error e) {
            // The outermost guard: a node that is broken inside stops and says so, rather than going on wrongly.
            failure = e;
            LOG.error("{} has failed and is closed", name, e);
        } finally {
            inbox.close();
            closeTransports();
            driver.ended();
        }
    }

    private void turn() throws IOException {
        long waitNanos = machine.nanosUntilTick(now());
        // Rounded up: a wait that ends early would be a turn for nothing.
        long waitMillis = (Math.min(waitNanos, LONGEST_WAIT_NANOS) + 999_999) / 1_000_000;
        waiting = true;
        if (waitMillis == 0 || !inbox.isEmpty()) {
            selector.selectNow(this::ready);
        } else {
            selector.select(this::ready, waitMillis);
        }
        waiting = false;
        inbox.drain(COMMANDS_PER_TURN, now());
        // After reading, so that nobody is taken for silent who is only unread.
        Now now = now();
        if (machine.nanosUntilTick(now) == 0) {
            machine.tick(now);
        }
        flush(now);
    }

    private void ready(SelectionKey key) {
        if (key.isValid()) {
            ((ChannelHandler) key.attachment()).ready(key, System.nanoTime());
        }
    }

    private void flush(Now now) {
        machine.outbox().drain(door);
        for (Transport transport : transports) {
            transport.tick(now.nanos());
        }
        // What a transport reports while it sends (a refused connection) may want something said, too.
        machine.outbox().drain(door);
    }

    private void closeTransports() {
        transports.forEach(Transport::close);
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("closing the selector: {}", e.toString());
        }
    }

    static Now now() {
        return new Now(System.nanoTime(), System.currentTimeMillis());
    }

    StreamLimits streamLimits() {
        return streamLimits;
    }

    SelectionKey register(SelectableChannel channel, int interestOps, ChannelHandler handler) throws IOException {
        return channel.register(selector, interestOps, handler);
    }

    void received(Path from, ByteBuffer frame) {
        if (LOG.isTraceEnabled()) {
            LOG.trace("<< {} {} bytes", endpoint(from), frame.remaining());
        }
        machine.receive(from, frame, now());
    }

    void accepted(Path from) {
        machine.accepted(from, now());
    }

    void closed(Path path, String reason) {
        LOG.debug("{} is closed: {}", endpoint(path), reason);
        machine.closed(path, reason, now());
    }

    void fault(TransportFault fault, int binding, NetAddress remote, Throwable cause) {
        faults.add(fault, endpoint(new Path(binding, remote)), cause, System.nanoTime(), LOG);
    }

    /** Counters of machine and transports by name. */
    SortedMap<String, Long> counters() {
        SortedMap<String, Long> counters = machine.counters().snapshot();
        faults.addTo(counters);
        return counters;
    }

    Endpoint endpoint(Path path) {
        return new Endpoint(endpoints.get(path.binding()).scheme(), path.remote());
    }

    private final class Door implements Outbox.Door {
        @Override
        public void send(Path to, Frame frame) {
            frameBuffer.clear();
            FrameCodec.encode(frame, frameBuffer);
            frameBuffer.flip();
            machine.counters().add(Counter.FRAMES_SENT, 1);
            machine.counters().add(Counter.BYTES_SENT, frameBuffer.remaining());
            if (LOG.isTraceEnabled()) {
                LOG.trace(">> {} {} bytes", endpoint(to), frameBuffer.remaining());
            }
            transports.get(to.binding()).send(to.remote(), frameBuffer);
        }

        @Override
        public void disconnect(Path path) {
            transports.get(path.binding()).disconnect(path.remote());
        }

        @Override
        public void resolve(int seed) {
            driver.resolve(seed);
        }

        @Override
        public void peerJoined(PeerView peer) {
            LOG.info("peer joined: {}", endpoint(peer.path()));
            driver.peerJoined(peer);
        }

        @Override
        public void peerLost(PeerView peer) {
            LOG.info("peer lost: {}", endpoint(peer.path()));
            driver.peerLost(peer);
        }

        @Override
        public void stored(Hash hash, Content content) {
            driver.stored(hash, content);
        }

        @Override
        public void finished(long ticket, Outcome outcome) {
            driver.finished(ticket, outcome);
        }
    }
}
