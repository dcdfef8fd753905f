package org.simpledht;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongSupplier;
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

    private final BoundSockets sockets;
    private final Counter.Board counters;
    private final Loop.Driver driver;
    private final SparingLog sparing;
    private final LongSupplier nanoTime;
    private final ByteBuffer frameBuffer = ByteBuffer.allocateDirect(StreamLimits.MAX_FRAME_BYTES);

    /**
     * @param sparing for what others can cause
     */
    Door(BoundSockets sockets, Counter.Board counters, Loop.Driver driver, SparingLog sparing, LongSupplier nanoTime) {
        this.sockets = sockets;
        this.counters = counters;
        this.driver = driver;
        this.sparing = sparing;
        this.nanoTime = nanoTime;
    }

    @Override
    public void send(Path to, Frame frame) {
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
        say(SparingLog.Kind.PEER_JOINED, "peer joined: {}", peer);
        driver.peerJoined(peer);
    }

    @Override
    public void peerLost(PeerView peer) {
        say(SparingLog.Kind.PEER_LOST, "peer lost: {}", peer);
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
                say(
                        SparingLog.Kind.CLOCKS_DIFFER,
                        "the clock of {} is more than 10 s away from this node's: it is no neighbour until they agree;"
                                + " have both machines keep their time, for instance with NTP",
                        peer);
            case CLOCKS_AGREE ->
                say(SparingLog.Kind.CLOCKS_AGREE, "the clock of {} agrees with this node's again", peer);
            case OTHER_NETWORK ->
                say(
                        SparingLog.Kind.OTHER_NETWORK,
                        "{} is of another network or has another max-lease: it is served, and nothing is shared"
                                + " with it",
                        peer);
            default -> throw new AssertionError(notice);
        }
    }

    private void say(SparingLog.Kind kind, String format, PeerView peer) {
        sparing.say(kind, nanoTime.getAsLong(), format, sockets.endpoint(peer.path()));
    }

    @Override
    public void finished(long ticket, Outcome outcome) {
        driver.finished(ticket, outcome);
    }
}
