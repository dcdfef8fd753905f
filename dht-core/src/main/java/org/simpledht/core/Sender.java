package org.simpledht.core;

import java.util.ArrayList;
import java.util.List;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;

/** Makes frames of what is to be said, and has them sent: header, clock and a stream's greeting are its business alone. */
final class Sender {

    private static final int NO_FLAGS = 0;

    /** Frames on streams are built up to this. */
    private static final int STREAM_FRAME_BYTES = 1 << 16;

    /** The carrier of records, a KeepAlive. */
    private static final int CARRIER_BYTES = FrameCodec.size(Frame.classic(Message.KEEP_ALIVE));

    private static final int TOKEN_BYTES = FrameCodec.size(new ExtensionRecord.Token(0));

    /** Bytes of a Put with its version, besides its content. */
    private static final int STAMPED_BYTES = FrameCodec.PUT_OVERHEAD_BYTES
            + FrameCodec.HEADER_BYTES
            + FrameCodec.size(new ExtensionRecord.Stamp(0, 0))
            + TOKEN_BYTES;

    private final long nodeId;
    private final int alwaysFlags;
    private final List<Binding> bindings;
    private final Streams streams;
    private final Seal seal;
    private final Passage passage;
    private final Outbox outbox;
    private final HeaderClock clock = new HeaderClock();
    private final Advertised advertised;
    private final int leaseSeconds;
    private final long clusterHash;
    private boolean full;

    /**
     * @param alwaysFlags what every header says of this node
     * @param advertised what is told of where this node can be reached
     * @param leaseSeconds the longest lease of its network
     */
    Sender(
            long nodeId,
            int alwaysFlags,
            List<Binding> bindings,
            Streams streams,
            Seal seal,
            Passage passage,
            Outbox outbox,
            Advertised advertised,
            int leaseSeconds,
            Cluster cluster) {
        this.nodeId = nodeId;
        this.alwaysFlags = alwaysFlags;
        this.bindings = bindings;
        this.streams = streams;
        this.seal = seal;
        this.passage = passage;
        this.outbox = outbox;
        this.advertised = advertised;
        this.leaseSeconds = leaseSeconds;
        clusterHash = cluster.hash();
    }

    /** Says from now on whether the table takes new keys. */
    void tellFull(boolean isFull) {
        full = isFull;
    }

    /** What every frame to a neighbour says of this node. */
    int neighbourFlags() {
        return Header.FLAG_NEIGHBOUR | (full ? Header.FLAG_FULL : 0);
    }

    /** The message alone, as an original would send it; where a key is needed, that can be nobody's who has none. */
    void classic(Path to, Message message, Now now) {
        if (seal.hasKey()) {
            extended(to, message, now);
            return;
        }
        greet(to, now);
        send(to, 0, Frame.classic(message), now);
    }

    /**
     * A Put that nobody may have asked for. It says which version it is, where there is room for that: one of ours that we take
     * for an original would else take it for a client's fresh write.
     */
    void stamped(Path to, Meta meta, Content content, Now now) {
        Message put = new Message.Put(meta.key(), content);
        List<ExtensionRecord> stamp = List.of(new ExtensionRecord.Stamp(meta.clock(), meta.life()));
        if (content.size() + STAMPED_BYTES + seal.macBytes()
                <= bindings.get(to.binding()).maxFrameBytes(to.remote())) {
            extended(to, put, NO_FLAGS, stamp, now);
        } else {
            classic(to, put, now);
        }
    }

    /** The message with a header that names this node. */
    void extended(Path to, Message message, Now now) {
        extended(to, message, NO_FLAGS, List.of(), now);
    }

    /** Asks for a sign of life, to be answered at once. */
    void probe(Path to, Now now) {
        extended(to, Message.KEEP_ALIVE, Header.FLAG_PROBE, List.of(), now);
    }

    /** Returns the size of the frame, in bytes. */
    int extended(Path to, Message message, int flags, List<ExtensionRecord> records, Now now) {
        return addressed(to, passage.nodeIdAt(to), message, flags, records, now);
    }

    /** The same to a node of that id, and to no other that may be there. */
    int addressed(Path to, long nodeIdThere, Message message, int flags, List<ExtensionRecord> records, Now now) {
        greet(to, now);
        return send(to, nodeIdThere, frame(to, message, flags, records, now), now);
    }

    private int send(Path to, long nodeIdThere, Frame frame, Now now) {
        int macBytes = frame.extension().isPresent() ? seal.macBytes() : 0;
        int bytes = FrameCodec.size(frame) + macBytes;
        if (passage.lets(to, bytes, now)) {
            outbox.add(new Outbox.Send(to, frame, nodeIdThere, bytes));
        }
        return bytes;
    }

    /**
     * Shows a cookie to whoever has said it, and says ours.
     *
     * @param theirs 0 if it has said none: it thinks that we know it, and so we may
     */
    void answerWithCookie(Path to, long theirs, long ours, Now now) {
        long shown = theirs == 0 ? passage.tokenFor(to) : theirs;
        List<ExtensionRecord> token = ours == 0 ? List.of() : List.of(new ExtensionRecord.Token(ours));
        Header header = new Header(alwaysFlags, nodeId, clock.next(now.unixMillis()), shown);
        send(to, passage.nodeIdAt(to), Frame.extended(Message.KEEP_ALIVE, new Extension(header, token)), now);
    }

    /** A client's message that has something done, in the form of {@link #classic}. */
    void tell(Path to, long nodeIdThere, Message message, Now now) {
        if (seal.hasKey()) {
            addressed(to, nodeIdThere, message, NO_FLAGS, List.of(), now);
        } else {
            classic(to, message, now);
        }
    }

    /** Whether frames are signed, so that who is told something must be known first. */
    boolean hasKey() {
        return seal.hasKey();
    }

    /**
     * A message in the form that its addressee understands best: one of ours gets our name with it.
     *
     * @param peer who is at the other end, null if nobody knows
     */
    void say(Path to, Peer peer, Message message, Now now) {
        if (understandsExtension(peer, now)) {
            extended(to, message, now);
        } else {
            classic(to, message, now);
        }
    }

    private static boolean understandsExtension(Peer peer, Now now) {
        return peer != null && peer.kind(now).isOurs();
    }

    /** Records for one of ours. */
    void records(Path to, ExtensionRecord record, Now now) {
        extended(to, Message.KEEP_ALIVE, NO_FLAGS, List.of(record), now);
    }

    /** On a stream, who we are comes before all else: from its opener at once, from the other side in answer. */
    private void greet(Path to, Now now) {
        if (isStream(to) && streams.mustGreet(to, now)) {
            sendHello(to, now);
        }
    }

    void sendHello(Path to, Now now) {
        Frame frame = frame(to, Message.KEEP_ALIVE, NO_FLAGS, List.of(hello(to)), now);
        send(to, passage.nodeIdAt(to), frame, now);
    }

    /** Who we are. */
    ExtensionRecord.Hello hello(Path to) {
        Binding binding = bindings.get(to.binding());
        boolean listens = (alwaysFlags & Header.FLAG_CLIENT) == 0;
        return new ExtensionRecord.Hello(
                listens ? binding.local().port() : 0,
                binding.maxFrameBytes(to.remote()),
                leaseSeconds,
                clusterHash,
                advertised.toward(to));
    }

    /** Whether somebody who introduces himself so can be a neighbour. */
    boolean isCompatible(ExtensionRecord.Hello hello) {
        return hello.maxLeaseSeconds() == leaseSeconds && hello.clusterHash() == clusterHash;
    }

    /** The most bytes of records in one frame to there. */
    int maxRecordsBytes(Path to) {
        int frameBytes = isStream(to) ? STREAM_FRAME_BYTES : FrameCodec.DATAGRAM_BYTES;
        int cookieBytes = isStream(to) ? 0 : TOKEN_BYTES;
        int reachable = Math.min(frameBytes, bindings.get(to.binding()).maxFrameBytes(to.remote()));
        return reachable - CARRIER_BYTES - FrameCodec.HEADER_BYTES - cookieBytes - FrameCodec.MAC_BYTES;
    }

    /** The largest piece of a content in one frame to there. */
    int maxPieceBytes(Path to) {
        return Frames.maxPieceBytes(maxRecordsBytes(to));
    }

    private Frame frame(Path to, Message message, int flags, List<ExtensionRecord> records, Now now) {
        Header header = new Header(alwaysFlags | flags, nodeId, clock.next(now.unixMillis()), passage.tokenFor(to));
        long cookie = passage.cookieFor(to, now);
        if (cookie == 0) {
            return Frame.extended(message, new Extension(header, records));
        }
        List<ExtensionRecord> all = new ArrayList<>(records);
        all.add(new ExtensionRecord.Token(cookie));
        Frame withCookie = Frame.extended(message, new Extension(header, all));
        // The largest Put of a client has no room for it.
        boolean fits = FrameCodec.size(withCookie) + seal.macBytes()
                <= bindings.get(to.binding()).maxFrameBytes(to.remote());
        return fits ? withCookie : Frame.extended(message, new Extension(header, records));
    }

    /** Whether of that peer nothing is known but what somebody told: it hears greetings and nothing else. */
    boolean isHearsay(Peer peer, Now now) {
        return !peer.isHeard() && !peer.isVouchedFor() && !passage.isFree(peer.path(), now);
    }

    boolean isStream(Path path) {
        return bindings.get(path.binding()).stream();
    }

    /** The largest content of a mere Put that can go there, or come from there. */
    int maxContentBytes(Path path) {
        int overhead = FrameCodec.PUT_OVERHEAD_BYTES + seal.overheadBytes();
        return bindings.get(path.binding()).maxFrameBytes(path.remote()) - overhead;
    }

    /** Whether a Put of that content can go there, in the form of {@link #say}. */
    boolean fits(Path to, Peer peer, Content content, Now now) {
        boolean hasHeader = !seal.hasKey() && understandsExtension(peer, now);
        int header = hasHeader ? FrameCodec.HEADER_BYTES : seal.overheadBytes();
        boolean hasCookie = (hasHeader || seal.hasKey()) && passage.cookieFor(to, now) != 0;
        header += hasCookie ? TOKEN_BYTES : 0;
        int overhead = FrameCodec.PUT_OVERHEAD_BYTES + header;
        return content.size() + overhead <= bindings.get(to.binding()).maxFrameBytes(to.remote());
    }
}
