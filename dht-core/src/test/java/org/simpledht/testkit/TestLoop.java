package org.simpledht.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportFault;
import org.simpledht.transport.TransportProvider;
import org.simpledht.transport.TransportSettings;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

/**
 * A real selector loop on a thread of its own around one transport, in place of a node. What the transport reports is
 * kept in {@link #seen}; whatever it does that its contract forbids is kept too, and fails {@link #close}.
 *
 * <p>All methods that are not {@link TransportContext}'s may be called from any thread.
 */
public final class TestLoop implements TransportContext, AutoCloseable {

    /** Room enough that no test meets a limit by accident. */
    public static final StreamLimits WIDE_LIMITS = new StreamLimits(64, 1 << 20, Duration.ofSeconds(30));

    // The SPI promises ten ticks a second; twice as many, so that a busy machine keeps the promise too.
    private static final long TICK_MILLIS = 50;
    private static final long PATIENCE_SECONDS = 20;

    private final StreamLimits limits;
    private final TransportSettings settings;
    private final Set<NetAddress> kept = ConcurrentHashMap.newKeySet();
    private final Selector selector;
    private final Sightings seen = new Sightings();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile Thread owner = Thread.currentThread();
    private volatile boolean closing;
    private long turn;
    private Transport transport;

    private TestLoop(StreamLimits limits, TransportSettings settings) throws IOException {
        this.limits = limits;
        this.settings = settings;
        this.selector = Selector.open();
    }

    /**
     * Binds on the calling thread, then starts the loop, as a node does.
     *
     * @throws IOException what the provider threw; nothing stays open
     */
    public static TestLoop open(TransportProvider provider, NetAddress bind, StreamLimits limits) throws IOException {
        return open(provider, bind, limits, TransportSettings.NONE);
    }

    /** As {@link #open(TransportProvider, NetAddress, StreamLimits)}, with settings for the transport. */
    public static TestLoop open(
            TransportProvider provider, NetAddress bind, StreamLimits limits, TransportSettings settings)
            throws IOException {
        TestLoop loop = new TestLoop(limits, settings);
        try {
            loop.transport = provider.open(bind, loop);
        } catch (IOException | RuntimeException e) {
            loop.selector.close();
            throw e;
        }
        Thread thread = new Thread(loop::loop, "test-loop " + loop.transport.local());
        thread.setDaemon(true);
        loop.owner = thread;
        thread.start();
        return loop;
    }

    /** What the transport reported, so far. */
    public Sightings seen() {
        return seen;
    }

    /** Where the transport is bound. */
    public NetAddress local() {
        return ask(Transport::local);
    }

    /** Sends these bytes as one frame, and returns when the transport has had them. */
    public void send(NetAddress to, byte[] frame) {
        // In the midst of a larger buffer that is overwritten at once: what remains of it is the frame, and it is
        // ours again when send returns.
        byte[] room = new byte[frame.length + 7];
        System.arraycopy(frame, 0, room, 3, frame.length);
        run(t -> {
            t.send(to, ByteBuffer.wrap(room, 3, frame.length));
            Arrays.fill(room, (byte) 0xdb);
        });
    }

    /** Runs on the loop's thread, and returns when it is done. */
    public void run(Consumer<Transport> action) {
        ask(t -> {
            action.accept(t);
            return null;
        });
    }

    /** Runs on the loop's thread, and returns what it found. */
    public <T> T ask(Function<Transport, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                answer.complete(question.apply(transport));
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        selector.wakeup();
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Has the transport read its files anew, as a node does; false if it reads none. */
    public boolean reread() {
        Optional<Runnable> change = transport.reread();
        change.ifPresent(found -> run(t -> found.run()));
        return change.isPresent();
    }

    /** Runs on the calling thread while the loop stands still, so that what arrives meanwhile queues up. */
    public void whilePaused(Runnable action) {
        CountDownLatch paused = new CountDownLatch(1);
        CountDownLatch resume = new CountDownLatch(1);
        tasks.add(() -> {
            paused.countDown();
            await(resume);
        });
        selector.wakeup();
        try {
            await(paused);
            action.run();
        } finally {
            resume.countDown();
        }
    }

    /**
     * Closes the transport on the loop's thread and waits until all is given back.
     *
     * @throws AssertionError if the transport did what its contract forbids
     */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            owner.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (owner.isAlive()) {
            throw new AssertionError("the transport blocks " + owner.getName());
        }
        seen.requireNoViolation();
    }

    private void loop() {
        try (selector) {
            while (!closing) {
                turn();
            }
            // Closing the selector is what gives the descriptors of registered channels back: Java keeps them, and
            // their ports, until a key is deregistered.
            guarded(transport::close);
        } catch (Throwable e) {
            seen.violation(e);
        }
    }

    private void turn() throws IOException {
        turn++;
        selector.select(TICK_MILLIS);
        long nowNanos = System.nanoTime();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid()) {
                guarded(() -> ((ChannelHandler) key.attachment()).ready(key, nowNanos));
            }
        }
        selector.selectedKeys().clear();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        guarded(() -> transport.tick(nowNanos));
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            seen.violation(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain for the other thread");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void requireOwner(String method) {
        if (Thread.currentThread() != owner) {
            seen.violation(new AssertionError(
                    method + " was called on " + Thread.currentThread().getName()));
        }
    }

    @Override
    public StreamLimits streamLimits() {
        return limits;
    }

    @Override
    public TransportSettings settings() {
        return settings;
    }

    @Override
    public boolean canSpare(NetAddress remote) {
        return !kept.contains(remote);
    }

    /** From now on the transport cannot close the connection to that address to make room. */
    public void keep(NetAddress remote) {
        kept.add(remote);
    }

    @Override
    public SelectionKey register(SelectableChannel channel, int interestOps, ChannelHandler handler)
            throws IOException {
        requireOwner("register");
        return channel.register(selector, interestOps, handler);
    }

    @Override
    public void received(NetAddress from, ByteBuffer frame) {
        requireOwner("received");
        seen.frame(new Sightings.ReceivedFrame(from, Content.read(frame, frame.remaining()), turn));
    }

    @Override
    public boolean offer(NetAddress from, ByteBuffer frame) {
        Content copy = Content.read(frame.duplicate(), frame.remaining());
        if (closing) {
            return false;
        }
        tasks.add(() -> received(from, copy.asBuffer()));
        selector.wakeup();
        return true;
    }

    @Override
    public void accepted(NetAddress remote) {
        requireOwner("accepted");
        seen.accepted(remote);
    }

    @Override
    public void closed(NetAddress remote, String reason) {
        requireOwner("closed");
        seen.closed(new Sightings.ClosedConnection(remote, reason));
    }

    @Override
    public void fault(TransportFault fault, NetAddress remote, Throwable cause) {
        requireOwner("fault");
        seen.fault(new Sightings.Fault(fault, remote, cause));
    }
}
