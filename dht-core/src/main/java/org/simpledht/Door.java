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
import org.simpledht.core.Seal;
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
    private final Seal seal;
    private final Loop.Driver driver;
    private final SparingLog sparing;
    private final LongSupplier nanoTime;
    private ByteBuffer frameBuffer = ByteBuffer.allocateDirect(USUAL_FRAME_BYTES);

    /**
     * @param sparing for what others can cause
     */
    Door(
            BoundSockets sockets,
            Counter.Board counters,
            Seal seal,
            Loop.Driver driver,
            SparingLog sparing,
            LongSupplier nanoTime) {
        this.sockets = sockets;
        this.counters = counters;
        this.seal = seal;
        this.driver = driver;
        this.sparing = sparing;
        this.nanoTime = nanoTime;
    }

    @Override
    public void send(Path to, Frame frame, long receiverId) {
        int bytes = FrameCodec.size(frame);
        if (!sockets.takes(to, bytes)) {
            return;
        }
        if (bytes + FrameCodec.MAC_BYTES > frameBuffer.capacity()) {
            frameBuffer = ByteBuffer.allocateDirect(StreamLimits.MAX_FRAME_BYTES);
        }
        frameBuffer.clear();
        seal.write(frame, receiverId, frameBuffer);
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
        say(SparingLog.Kind.PEER_JOINED, "peer joined: {}", peer.path());
        driver.peerJoined(peer);
    }

    @Override
    public void peerLost(PeerView peer) {
        say(SparingLog.Kind.PEER_LOST, "peer lost: {}", peer.path());
        driver.peerLost(peer);
    }

    @Override
    public void changed(Hash key, Optional<Content> before, Optional<Content> after, ChangeReason reason) {
        driver.changed(key, before, after, reason);
    }

    @Override
    public void noticed(Path path, Notice notice) {
        switch (notice) {
            case CLOCKS_DIFFER ->
                say(
                        SparingLog.Kind.CLOCKS_DIFFER,
                        "the clock of {} is more than 10 s away from this node's: it is no neighbour until they agree;"
                                + " have both machines keep their time, for instance with NTP",
                        path);
            case CLOCKS_AGREE ->
                say(SparingLog.Kind.CLOCKS_AGREE, "the clock of {} agrees with this node's again", path);
            case OTHER_NETWORK ->
                say(
                        SparingLog.Kind.OTHER_NETWORK,
                        "{} is of another network or has another max-lease: it is served, and nothing is shared"
                                + " with it",
                        path);
            case OTHER_KEY ->
                say(
                        SparingLog.Kind.OTHER_KEY,
                        "frames from {} have no valid signature and are not heard: whoever is there has no cluster key or"
                                + " another one, or they were damaged on their way; further ones are not logged for a"
                                + " minute",
                        path);
            case KEY_MISSING ->
                say(
                        SparingLog.Kind.KEY_MISSING,
                        "frames from {} are signed with a cluster key, and this node has none: it is not heard there, nor"
                                + " hears it what is said there; set cluster-keys-file, or DHT_CLUSTER_KEYS; further ones"
                                + " are not logged for a minute",
                        path);
            case FRAMES_STALE ->
                say(
                        SparingLog.Kind.FRAMES_STALE,
                        "frames from {} are signed, and more than 30 s old or 10 s ahead: its clock differs from this"
                                + " node's, or somebody repeats them; they are dropped; have both machines keep their time,"
                                + " for instance with NTP",
                        path);
            default -> throw new AssertionError(notice);
        }
    }

    private void say(SparingLog.Kind kind, String format, Path path) {
        sparing.say(kind, nanoTime.getAsLong(), format, sockets.endpoint(path));
    }

    @Override
    public void finished(long ticket, Outcome outcome) {
        driver.finished(ticket, outcome);
    }
}
