package org.simpledht.transport.udp;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;
import org.simpledht.types.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket of its own for each of those who have shown that they receive where they are, beside the one that all share and at the
 * same address. The system puts a datagram into the buffer of the socket that is connected to its sender, if there is one: so
 * what strangers send, however much, fills only the buffer that strangers share.
 *
 * <p>Lanes are for reading. What is sent leaves by the shared socket, which no answer of the system's can upset.
 */
final class Lanes {

    /** Descriptors that one binding takes at most besides its own. Who has no lane is heard as before. */
    static final int MOST = 64;

    /** Datagrams read from one of them in one turn. */
    static final int MAX_READS_PER_TURN = 16;

    /** Twice the most that a neighbour has on its way. */
    private static final int BUFFER_BYTES = 1 << 20;

    /** Who is there says so each second; whose lane was quiet for so long gives way. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    private final class Lane implements TransportContext.ChannelHandler {
        private final NetAddress remote;
        private final DatagramChannel channel;
        private long heardNanos;

        Lane(NetAddress remote, DatagramChannel channel, long nowNanos) {
            this.remote = remote;
            this.channel = channel;
            heardNanos = nowNanos;
        }

        @Override
        public void ready(SelectionKey key, long nowNanos) {
            for (int reads = 0; reads < MAX_READS_PER_TURN; reads++) {
                NetAddress from;
                try {
                    from = incoming.take(channel);
                } catch (PortUnreachableException e) {
                    // Nobody is there at the moment, or somebody pretends so: the node finds out by itself.
                    return;
                } catch (IOException | RuntimeException e) {
                    context.fault(TransportFault.RECEIVE_FAILED, remote, e);
                    close(this);
                    return;
                }
                if (from == null) {
                    return;
                }
                heardNanos = nowNanos;
                incoming.handOver(from);
            }
        }
    }

    private final DatagramChannel shared;
    private final NetAddress local;
    private final TransportContext context;
    private final Incoming incoming;
    private final Map<NetAddress, Lane> byRemote = new HashMap<>();
    private final boolean supported;
    private boolean shares;
    private boolean failed;
    private long failedNanos;
    private long tidiedNanos;

    /**
     * @param shared bound to {@code local}
     */
    Lanes(DatagramChannel shared, NetAddress local, TransportContext context, Incoming incoming) {
        this.shared = shared;
        this.local = local;
        this.context = context;
        this.incoming = incoming;
        // Of other systems it is not known which of several sockets at one address they give a datagram to.
        supported = "Linux".equals(System.getProperty("os.name"))
                && shared.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
    }

    /** That came by the shared socket from somebody who may have shown where it is: then what follows comes by a lane. */
    void heard(NetAddress remote, long nowNanos) {
        boolean isTime = !failed || nowNanos - failedNanos >= QUIET_NANOS;
        boolean wantsOne = supported && isTime && context.hasShown(remote) && !byRemote.containsKey(remote);
        if (wantsOne && shared.isOpen() && haveRoom(remote, nowNanos)) {
            open(remote, nowNanos);
        }
    }

    /** A newcomer takes the place of who is quiet; and whom the node cannot spare, of anybody whom it can. */
    private boolean haveRoom(NetAddress newcomer, long nowNanos) {
        if (byRemote.size() < MOST) {
            return true;
        }
        boolean matters = !context.canSpare(newcomer);
        Lane quietest = null;
        for (Lane lane : byRemote.values()) {
            boolean isQuieter = quietest == null || lane.heardNanos - quietest.heardNanos < 0;
            boolean givesWay = nowNanos - lane.heardNanos >= QUIET_NANOS || matters && context.canSpare(lane.remote);
            quietest = isQuieter && givesWay ? lane : quietest;
        }
        if (quietest == null) {
            return false;
        }
        close(quietest);
        return true;
    }

    private void open(NetAddress remote, long nowNanos) {
        DatagramChannel channel = null;
        try {
            if (!shares) {
                // Only now: it was bound alone, so that another node that is to listen here hears that the port is
                // taken.
                shared.setOption(StandardSocketOptions.SO_REUSEPORT, true);
                shares = true;
            }
            channel = DatagramChannel.open(local.isV6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.configureBlocking(false);
            channel.bind(local.toSocketAddress());
            // What strangers send goes here, too, until this returns; Java throws that away.
            channel.connect(remote.toSocketAddress());
            Lane lane = new Lane(remote, channel, nowNanos);
            context.register(channel, SelectionKey.OP_READ, lane);
            byRemote.put(remote, lane);
        } catch (IOException | RuntimeException e) {
            // Out of descriptors, perhaps. All are heard as if there were no lanes, and it is not tried for each frame.
            LOG.debug("no lane at udp://{}: {}", local, Printable.escape(e.toString()));
            failed = true;
            failedNanos = nowNanos;
            close(channel);
        }
    }

    /** Gives back the lanes of those who are gone. */
    void tick(long nowNanos) {
        if (byRemote.isEmpty() || nowNanos - tidiedNanos < QUIET_NANOS) {
            return;
        }
        tidiedNanos = nowNanos;
        List<Lane> idle = new ArrayList<>(byRemote.values());
        idle.removeIf(lane -> nowNanos - lane.heardNanos < IDLE_NANOS);
        idle.forEach(this::close);
    }

    void close() {
        List.copyOf(byRemote.values()).forEach(this::close);
    }

    /** What waits in it is lost, as a datagram may be. */
    private void close(Lane lane) {
        byRemote.remove(lane.remote);
        close(lane.channel);
    }

    private void close(DatagramChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("closing a lane at udp://{} failed: {}", local, Printable.escape(e.toString()));
        }
    }

    int size() {
        return byRemote.size();
    }
}
