package org.simpledht.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.simpledht.testkit.OriginalNode.Family;
import org.simpledht.types.Address;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

/**
 * The model of the original behind a real UDP socket, on a daemon thread of its own. When the model dies, so does the
 * socket, as that of a process which has ended: what is then sent there is lost.
 *
 * <p>A wake-up takes whatever is in the socket when the thread gets to run. So a burst kills this one with the same luck
 * as the original; one that stalls is killed by it for sure.
 */
public final class OriginalProcess implements AutoCloseable {

    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_DATAGRAM_BYTES = 65_535;

    private final DatagramChannel channel;
    private final Selector selector;
    private final NetAddress address;
    private final OriginalNode node;
    private final long stallNanos;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final Thread thread;
    private volatile String causeOfDeath = "";

    private OriginalProcess(DatagramChannel channel, Duration stall) throws IOException {
        this.channel = channel;
        this.selector = Selector.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        this.address = NetAddress.of((InetSocketAddress) channel.getLocalAddress());
        this.node = new OriginalNode(address.isV6() ? Family.DUAL : Family.V4_ONLY);
        this.stallNanos = stall.toNanos();
        this.thread = new Thread(this::run, "original " + address);
        thread.setDaemon(true);
    }

    /**
     * @param bind a literal address such as {@code 127.0.0.1:0}; one of IPv4 gives a socket that reaches IPv4 alone
     */
    public static OriginalProcess start(String bind) {
        return start(bind, Duration.ZERO);
    }

    /**
     * As {@link #start(String)}, on a machine that stalls.
     *
     * @param stall how long it does not run, before each wake-up: what comes meanwhile shares the wake-up
     */
    public static OriginalProcess start(String bind, Duration stall) {
        Address parsed = Address.parse(bind, "udp");
        InetSocketAddress local = new InetSocketAddress(parsed.host(), parsed.port());
        try {
            // One that is not told the family would be dual even at an IPv4 address.
            DatagramChannel channel = local.getAddress().getAddress().length == 4
                    ? DatagramChannel.open(StandardProtocolFamily.INET)
                    : DatagramChannel.open();
            OriginalProcess process = new OriginalProcess(channel.bind(local), stall);
            process.thread.start();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is bound. */
    public NetAddress address() {
        return address;
    }

    /** A client of this one; whoever asks for it closes it. */
    public OriginalClient client() {
        return OriginalClient.of(address);
    }

    /**
     * Tells it of another node through its client; it does not answer before its next tick.
     *
     * @throws AssertionError if it does not answer in 10 s
     */
    public void discover(NetAddress other) {
        try (OriginalClient client = client()) {
            client.discover(other, Duration.ofSeconds(10));
        }
    }

    /** Puts through its client, which waits for the acknowledgement as {@link #discover} does for an answer. */
    public void put(long hash, Content content) {
        try (OriginalClient client = client()) {
            client.put(hash, content, Duration.ofSeconds(10));
        }
    }

    public boolean isDead() {
        return !causeOfDeath.isEmpty();
    }

    /** What killed it; empty while it lives, and after a {@link #close} that it lived to see. */
    public String causeOfDeath() {
        return causeOfDeath;
    }

    /** Ends it, dead or alive. */
    @Override
    public void close() {
        closeSockets();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            long nextTickNanos = System.nanoTime() + TICK_NANOS;
            while (!node.isDead()) {
                long waitMillis = TimeUnit.NANOSECONDS.toMillis(nextTickNanos - System.nanoTime());
                selector.select(Math.max(1, waitMillis));
                selector.selectedKeys().clear();
                stall();
                long nowNanos = System.nanoTime();
                boolean tickDue = nowNanos - nextTickNanos >= 0;
                if (tickDue) {
                    nextTickNanos += TICK_NANOS;
                }
                for (Datagram datagram : node.wakeUp(nowNanos, received(), tickDue)) {
                    send(datagram);
                }
            }
        } catch (ClosedSelectorException | IOException e) {
            // Closed by its owner.
            return;
        }
        causeOfDeath = node.causeOfDeath();
        closeSockets();
    }

    private void stall() {
        long untilNanos = System.nanoTime() + stallNanos;
        for (long left = stallNanos; left > 0; left = untilNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private List<Datagram> received() throws IOException {
        List<Datagram> received = new ArrayList<>();
        for (InetSocketAddress source = receive(); source != null; source = receive()) {
            received.add(new Datagram(NetAddress.of(source), Content.read(buffer.flip(), buffer.remaining())));
        }
        return received;
    }

    private InetSocketAddress receive() throws IOException {
        return (InetSocketAddress) channel.receive(buffer.clear());
    }

    private void send(Datagram datagram) throws ClosedChannelException {
        try {
            channel.send(datagram.bytes().asBuffer(), datagram.remote().toSocketAddress());
        } catch (ClosedChannelException closedByOwner) {
            throw closedByOwner;
        } catch (IOException | RuntimeException e) {
            node.sendFailed(datagram.remote(), e.toString());
        }
    }

    private void closeSockets() {
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
