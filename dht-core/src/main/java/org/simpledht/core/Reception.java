package org.simpledht.core;

import java.util.ArrayList;
import java.util.List;
import org.simpledht.core.store.Applied;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.ChunkRecord;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.protocol.Version;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** What one valid frame asks of a node, message by message and record by record. */
final class Reception implements Message.Handler, ExtensionRecord.Ignoring {

    /**
     * Metas in one frame of at most {@link FrameCodec#DATAGRAM_BYTES}. A frame that asks for more is answered so far: nobody
     * gets more frames for one than one.
     */
    private static final int METAS_PER_FRAME = 34;

    private final Node node;
    private final ClassicService classicService;
    private final Dissemination dissemination;
    private final Gossip gossip;
    private final Reconciler reconciler;
    private final Store store;
    private final Sender sender;
    private final Streams streams;
    private final Lookups lookups;
    private final Confirmations confirmations;
    private final Counter.Board counters;

    private Path from;
    private Peer peer;
    private Link link;
    private boolean isNewLink;
    private boolean extended;
    private Message carrier;
    private Now now;
    private int answered;
    private TreeRecord.Root theirRoot;

    Reception(
            Node node,
            ClassicService classicService,
            Dissemination dissemination,
            Gossip gossip,
            Reconciler reconciler,
            Store store,
            Sender sender,
            Streams streams,
            Lookups lookups,
            Confirmations confirmations,
            Counter.Board counters) {
        this.node = node;
        this.classicService = classicService;
        this.dissemination = dissemination;
        this.gossip = gossip;
        this.reconciler = reconciler;
        this.store = store;
        this.sender = sender;
        this.streams = streams;
        this.lookups = lookups;
        this.confirmations = confirmations;
        this.counters = counters;
    }

    /** A frame without extension. */
    void classic(Path source, Peer sourcePeer, Message message, Now moment) {
        if (sourcePeer.link() != null) {
            // Who is known to be one of ours speaks with an extension; whoever this is wants it taken for an original.
            counters.add(Counter.CLASSIC_FRAMES_OF_OURS);
            return;
        }
        begin(source, sourcePeer, null, false, message, moment);
        message.dispatch(this);
    }

    /**
     * @param sourceLink null if it comes from a client, or from one whom there is no room for
     */
    void extended(Path source, Peer sourcePeer, Link sourceLink, Message message, Extension extension, Now moment) {
        isNewLink = sourceLink != null && sourceLink.isNew();
        begin(source, sourcePeer, sourceLink, true, message, moment);
        if (!CarrierKey.isNamedBy(extension.records(), message)) {
            message.dispatch(this);
        }
        extension.records().forEach(record -> record.dispatch(this));
        if (link != null && isNewLink && theirRoot == null) {
            reconciler.met(link, now);
        } else if (link != null && theirRoot != null) {
            // Last, as sums beside it begin a round already: one is enough.
            reconciler.heardRoot(link, isNewLink, theirRoot, now);
        }
    }

    private void begin(
            Path source, Peer sourcePeer, Link sourceLink, boolean hasExtension, Message message, Now moment) {
        from = source;
        peer = sourcePeer;
        link = sourceLink;
        extended = hasExtension;
        carrier = message;
        now = moment;
        answered = 0;
        theirRoot = null;
    }

    // Messages

    @Override
    public void get(Hash hash) {
        if (link == null) {
            classicService.get(from, peer, hash, extended, now);
        } else {
            gossip.asked(link, List.of(Version.nothing(hash)));
        }
    }

    @Override
    public void put(Hash hash, Content content) {
        if (link == null) {
            classicService.put(from, peer, hash, content, 0, now);
        } else {
            // One of ours that takes us for an original says so with a version; without one it can only be a copy.
            counters.add(Counter.CLASSIC_FRAMES_OF_OURS);
        }
    }

    @Override
    public void keepAlive() {
        classicService.heardKeepAlive(peer, now);
    }

    @Override
    public void iHave(Hash hash) {
        if (link == null) {
            classicService.announced(from, peer, hash, now);
        } else {
            announcedByOurs(hash);
        }
    }

    @Override
    public void discover(NetAddress address) {
        node.learn(new Path(from.binding(), address), now);
    }

    private void announcedByOurs(Hash hash) {
        if (shares()) {
            gossip.announced(link, hash);
        }
    }

    // Records about entries

    @Override
    public void stamp(ExtensionRecord.Stamp stamp) {
        if (!(carrier instanceof Message.Put put)) {
            return;
        }
        if (link == null && stamp.clock() == 0) {
            // Of a client: the life that its write is to have.
            classicService.put(from, peer, put.hash(), put.content(), stamp.life(), now);
        } else if (link == null) {
            // Of one of ours whom there is no room for: a version all the same.
            Meta meta = Meta.of(put.hash(), stamp.clock(), stamp.life(), put.content());
            dissemination.apply(peer, meta, put.content(), now);
        } else {
            heardContent(Meta.of(put.hash(), stamp.clock(), stamp.life(), put.content()), put.content());
        }
    }

    @Override
    public void push(ExtensionRecord.Push push) {
        if (link != null) {
            heardContent(Meta.of(push.key(), push.clock(), push.life(), push.content()), push.content());
        }
    }

    /** What those of another network say of entries is none of ours, or one lookup would carry it from one into the other. */
    private boolean shares() {
        return link != null && link.isCompatible();
    }

    private void heardContent(Meta meta, Content content) {
        if (!shares()) {
            return;
        }
        Applied applied = gossip.pushed(link, meta, content, now);
        if (applied.isNews()) {
            reconciler.applied(link, now);
        } else if (applied == Applied.FULL && meta.endMillis() > now.unixMillis()) {
            // What there is no room for is an answer all the same.
            lookups.found(meta.key(), content);
        }
    }

    @Override
    public void metas(List<Meta> metas) {
        lookups.heardMetas(metas, peer, now);
        confirmations.heardMetas(metas, peer, now);
        for (Meta meta : metas) {
            if (shares()) {
                if (gossip.announced(link, meta, false, now)) {
                    reconciler.applied(link, now);
                }
            } else if (link == null && meta.isNothing() && meta.digest() == 0 && peer.kind(now) == PeerKind.CLIENT) {
                // A client cannot hold anything: it wants the key removed, at a clock of ours.
                dissemination.remove(peer, meta.key(), now);
            }
        }
    }

    @Override
    public void gets(List<Version> held) {
        if (link != null) {
            gossip.asked(link, held);
        }
    }

    @Override
    public void prune() {
        if (link != null) {
            gossip.pruned(link);
        }
    }

    @Override
    public void ask(List<Hash> keys) {
        List<Meta> metas = new ArrayList<>();
        for (Hash key : keys) {
            if (answered == METAS_PER_FRAME) {
                break;
            }
            metas.add(store.meta(key));
            answered++;
        }
        if (metas.isEmpty()) {
            return;
        }
        if (link == null) {
            sender.records(from, new ExtensionRecord.Metas(metas), now);
        } else {
            link.output().control(new ExtensionRecord.Metas(metas));
        }
    }

    @Override
    public void chunkGet(ChunkRecord.ChunkGet chunkGet) {
        if (link != null) {
            gossip.askedForChunk(link, chunkGet);
        } else if (answered == 0) {
            // Of a client, which asks for one piece a frame.
            answered = METAS_PER_FRAME;
            sender.records(from, gossip.piece(chunkGet, sender.maxPieceBytes(from)), now);
        }
    }

    @Override
    public void chunk(ChunkRecord.Chunk chunk) {
        if (shares() && gossip.chunk(link, chunk, now)) {
            reconciler.applied(link, now);
        }
    }

    // Records about tables

    @Override
    public void root(TreeRecord.Root root) {
        theirRoot = root;
    }

    @Override
    public void sums(TreeRecord.Sums sums) {
        if (shares()) {
            reconciler.heardSums(link, sums, now);
        }
    }

    @Override
    public void listing(TreeRecord.Listing listing) {
        if (shares()) {
            reconciler.heardListing(link, listing, now);
        }
    }

    // Records about links

    @Override
    public void flow(LinkRecord.Flow flow) {
        if (link != null) {
            link.output().makeUpFor(link.flow().heard(flow, now));
        }
    }

    @Override
    public void peers(List<NetAddress> addresses) {
        if (shares()) {
            node.toldOf(link, addresses, now);
        }
    }

    @Override
    public void wards(List<NetAddress> addresses) {
        if (link != null) {
            link.wards(addresses);
        }
    }

    @Override
    public void hello(ExtensionRecord.Hello hello) {
        boolean isAnsweredByLink =
                link != null && link.isUngreeted() && link.peer().path().equals(from);
        if (streams.mustAnswerHello(from) && !isAnsweredByLink) {
            sender.sendHello(from, now);
        }
        if (link != null) {
            node.introduced(link, hello, now);
        }
    }
}
