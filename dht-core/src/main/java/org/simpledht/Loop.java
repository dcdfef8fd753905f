package org.simpledht;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.simpledht.core.Binding;
import org.simpledht.core.ChangeReason;
import org.simpledht.core.Counter;
import org.simpledht.core.Machine;
import org.simpledht.core.Now;
import org.simpledht.core.Outcome;
import org.simpledht.core.Path;
import org.simpledht.core.PeerView;
import org.simpledht.transport.TransportContext.ChannelHandler;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.Content;
import org.simpledht.types.Endpoint;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turns of a node: each waits in one selector, hands frames, commands and time to the machine, and sends what the machine
 * wants sent. One direction, one call stack from socket to socket; one thread takes them all, and no other touches the machine.
 */
final class Loop implements DhtRuntime.Turns {

    private static final Logger LOG = LoggerFactory.getLogger(Dht.class);

    /** Transports are promised a tick ten times a second. */
    private static final long LONGEST_WAIT_NANOS = 100_000_000;

    private static final int COMMANDS_PER_TURN = 256;
    private static final int FLUSH_ROUNDS = 3;

    private final DhtRuntime runtime;
    private final String name;
    private final Inbox inbox;
    private final TransportTerms terms;
    private final SparingLog sparing = new SparingLog(LOG);
    private final BoundSockets sockets = new BoundSockets();
    private final Intake intake;
    private final Reports reports;

    private boolean over;
    private volatile boolean stopping;
    private volatile boolean waiting;
    private volatile Throwable failure;
    private volatile DhtRuntime.Running running;
    private Machine machine;
    private Driver driver;
    private Door door;

    /** What the loop does not do itself: the application's side of what a machine wants. */
    interface Driver {
        void finished(long ticket, Outcome outcome);

        void resolve(int seed);

        void peerJoined(PeerView peer);

        void peerLost(PeerView peer);

        void changed(Hash key, Optional<Content> before, Optional<Content> after, ChangeReason reason);

        /** The loop has ended; nothing more will be finished. On the loop's thread, the last thing it does. */
        void ended();
    }

    Loop(DhtRuntime runtime, String name, int maxCommands, TransportTerms terms) {
        this.runtime = runtime;
        this.name = name;
        this.inbox = new Inbox(maxCommands);
        this.terms = terms;
        intake = new Intake(() -> machine.outbox().bytes(), runtime::nanoTime);
        reports = new Reports(this::now, sockets, intake, sparing, terms.accepts());
    }

    // Before the start, on the caller's thread

    /** Binds one more socket. */
    Endpoint open(TransportProvider provider, NetAddress address) throws IOException {
        return sockets.open(provider, address, new BindingContext(this, reports, sockets.next()));
    }

    List<Binding> bindings() {
        return sockets.bindings();
    }

    List<Endpoint> endpoints() {
        return sockets.endpoints();
    }

    /** Gives back what was opened, when there will be no start. */
    void discard() {
        sockets.close();
    }

    void start(Machine theMachine, Driver theDriver, boolean keepsJvmAlive) {
        machine = theMachine;
        driver = theDriver;
        reports.begin(machine);
        door = new Door(sockets, machine.counters(), machine.seal(), driver, sparing, runtime::nanoTime);
        try {
            running = runtime.start(name, keepsJvmAlive, this);
        } catch (RuntimeException | Error e) {
            // No thread to be had: the sockets are not to stay.
            discard();
            throw e;
        }
    }

    // From any thread

    /** Has a command run, as soon as there is room for it. */
    void execute(Inbox.Command command) {
        inbox.put(command, runtime::relieve);
        wakeUp();
    }

    boolean offer(Inbox.Command command) {
        boolean taken = inbox.offer(command);
        wakeUp();
        return taken;
    }

    /** As {@link BoundSockets#reread}. */
    List<Runnable> reread() {
        return sockets.reread();
    }

    private void wakeUp() {
        if (waiting) {
            sockets.wakeUp();
        }
        DhtRuntime.Running started = running;
        if (started != null) {
            started.wake();
        }
    }

    /** Waits for a result of this loop's. See {@link Call#await}. */
    <T> T await(CompletableFuture<T> future) {
        return Call.await(runtime, future);
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
        wakeUp();
        running.join();
    }

    // On the loop's thread

    @Override
    public long turn(boolean mayWait) {
        if (over) {
            return -1;
        }
        try {
            if (!stopping) {
                return takeTurn(mayWait);
            }
            machine.leave(now());
            flush(now());
        } catch (IOException | RuntimeException | Error e) {
            // The outermost guard: a node that is broken inside stops and says so, rather than going on wrongly.
            failure = e;
            LOG.error("{} has failed and is closed", name, Told.of(e));
        }
        over = true;
        inbox.close();
        try {
            sockets.close();
            sparing.end();
            reports.end();
        } finally {
            driver.ended();
        }
        return -1;
    }

    private long takeTurn(boolean mayWait) throws IOException {
        if (mayWait) {
            select();
        }
        runCommands(now());
        // After reading, so that nobody is taken for silent who is only unread.
        Now now = now();
        if (machine.nanosUntilTick(now) == 0) {
            machine.tick(now);
        }
        flush(now);
        sparing.tick(now.nanos());
        reports.tick(now.nanos());
        return inbox.hasWork(() -> machine.isCongested(now)) ? 0 : machine.nanosUntilTick(now);
    }

    private void runCommands(Now now) {
        int held = inbox.drain(COMMANDS_PER_TURN, () -> machine.isCongested(now), now);
        machine.counters().add(Counter.WRITES_HELD, held);
    }

    private void select() throws IOException {
        // Rounded up: a wait that ends early would be a turn for nothing.
        Now now = now();
        long waitMillis = (Math.min(machine.nanosUntilTick(now), LONGEST_WAIT_NANOS) + 999_999) / 1_000_000;
        Selector own = sockets.selector();
        waiting = true;
        if (waitMillis == 0 || stopping || inbox.hasWork(() -> machine.isCongested(now))) {
            own.selectNow(intake::ready);
        } else {
            own.select(intake::ready, waitMillis);
        }
        waiting = false;
        intake.read();
    }

    private void flush(Now now) {
        // What a transport reports in its tick (a refused connection) may want something said, too.
        for (int round = 0; round < FLUSH_ROUNDS; round++) {
            machine.endTurn(now);
            machine.outbox().drain(door);
            sockets.tick(now.nanos());
            if (machine.outbox().isEmpty()) {
                return;
            }
        }
    }

    /** How many writes wait for the network, and come before any that is yet to begin. On the loop's thread. */
    int heldWrites() {
        return inbox.heldWrites();
    }

    Now now() {
        return new Now(runtime.nanoTime(), runtime.currentTimeMillis());
    }

    TransportTerms terms() {
        return terms;
    }

    SelectionKey register(SelectableChannel channel, int interestOps, ChannelHandler handler) throws IOException {
        return sockets.register(channel, interestOps, handler);
    }

    /** Counters of machine and transports by name. */
    SortedMap<String, Long> counters() {
        SortedMap<String, Long> counters = machine.counters().snapshot();
        reports.addTo(counters);
        return counters;
    }

    Endpoint endpoint(Path path) {
        return sockets.endpoint(path);
    }
}
