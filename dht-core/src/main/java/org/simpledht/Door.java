package org.simpledht;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.simpledht.core.ChangeReason;
import org.simpledht.core.Counter;
import org.simpledht.core.Notice;
import org.simpledht.core.Outbox;
import org.simpledht.core.Outcome;
import org.simpledht.core.Path;
import org.simpledht.core.PeerView;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.transport.StreamLimits;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a machine wants of the outside, as its loop has it done: frames go to the sockets, all else to the driver. */
final class Door implements Outbox.Door {

    private static final Logger LOG = LoggerFactory.getLogger(Dht.class);

    /** Most frames over datagrams are no larger; what is allocated at first. */
    private static final int USUAL_FRAME_BYTES = 2_048;

    private final BoundSockets sockets;
    private final Counter.Board counters;
    private final Loop.Driver driver;
    private ByteBuffer frameBuffer = ByteBuffer.allocateDirect(USUAL_FRAME_BYTES);

    Door(BoundSockets sockets, Counter.Board counters, Loop.Driver driver) {
        this.sockets = sockets;
        this.counters = counters;
        this.driver = driver;
    }

    @Override
    public void send(Path to, Frame frame) {
        if (FrameCodec.size(frame) + FrameCodec.MAC_BYTES > frameBuffer.capacity()) {
            frameBuffer = ByteBuffer.allocateDirect(StreamLimits.MAX_FRAME_BYTES);
        }
        frameBuffer.clear();
        FrameCodec.encode(frame, frameBuffer);
        frameBuffer.flip();
        counters.add(Counter.FRAMES_SENT, 1);
        counters.add(Counter.BYTES_SENT, frameBuffer.remaining());
        if (LOG.isTraceEnabled()) {
            LOG.trace(">> {} {} bytes", sockets.endpoint(to), frameBuffer.remaining());
        }
        sockets.send(to, frameBuffer);
    }

    @Override
    public void disconnect(Path path) {
        sockets.disconnect(path);
    }

    @Override
    public void resolve(int seed) {
        driver.resolve(seed);
    }

    @Override
    public void peerJoined(PeerView peer) {
        LOG.info("peer joined: {}", sockets.endpoint(peer.path()));
        driver.peerJoined(peer);
    }

    @Override
    public void peerLost(PeerView peer) {
        LOG.info("peer lost: {}", sockets.endpoint(peer.path()));
        driver.peerLost(peer);
    }

    @Override
    public void changed(Hash key, Optional<Content> before, Optional<Content> after, ChangeReason reason) {
        driver.changed(key, before, after, reason);
    }

    @Override
    public void noticed(PeerView peer, Notice notice) {
        switch (notice) {
            case CLOCKS_DIFFER ->
                LOG.warn(
                        "the clock of {} is more than 10 s away from this node's: it is no neighbour until they agree;"
                                + " have both machines keep their time, for instance with NTP",
                        sockets.endpoint(peer.path()));
            case CLOCKS_AGREE ->
                LOG.info("the clock of {} agrees with this node's again", sockets.endpoint(peer.path()));
            case OTHER_NETWORK ->
                LOG.warn(
                        "{} is of another network or has another max-lease: it is served, and nothing is shared"
                                + " with it",
                        sockets.endpoint(peer.path()));
            default -> throw new AssertionError(notice);
        }
    }

    @Override
    public void finished(long ticket, Outcome outcome) {
        driver.finished(ticket, outcome);
    }
}
