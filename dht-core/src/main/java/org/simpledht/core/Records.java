package org.simpledht.core;

import java.util.ArrayList;
import java.util.List;
import org.simpledht.core.store.Applied;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.ChunkRecord;
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

/** What the extension of one valid frame asks of a node, record by record. */
final class Records implements ExtensionRecord.Ignoring {

    /**
     * Metas in one frame of at most {@link FrameCodec#DATAGRAM_BYTES}. A frame that asks for more is answered so far: nobody
     * gets more frames for one than one.
     */
    private static final int METAS_PER_FRAME = 34;

    private final Acquaintances acquaintances;
    private final ClassicService classicService;
    private final Dissemination dissemination;
    private final Gossip gossip;
    private final Reconciler reconciler;
    private final Store store;
    private final Sender sender;
    private final Streams streams;
    private final Lookups lookups;
    private final Confirmations confirmations;
    private final Trunk trunk;

    private Path from;
    private Peer peer;
    private Link link;
    private Message carrier;
    private Now now;
    private int answered;
    private TreeRecord.Root theirRoot;

    Records(
            Acquaintances acquaintances,
            ClassicService classicService,
            Dissemination dissemination,
            Gossip gossip,
            Reconciler reconciler,
            Store store,
            Sender sender,
            Streams streams,
            Lookups lookups,
            Confirmations confirmations,
            Trunk trunk) {
        this.acquaintances = acquaintances;
        this.classicService = classicService;
        this.dissemination = dissemination;
        this.gossip = gossip;
        this.reconciler = reconciler;
        this.store = store;
        this.sender = sender;
        this.streams = streams;
        this.lookups = lookups;
        this.confirmations = confirmations;
        this.trunk = trunk;
    }

    /**
     * @param sourceLink null if they come from a client, or from one whom there is no room for
     * @return the sender's root if it is among them, which is to be heeded last, else null
     */
    TreeRecord.Root heard(
            Path source, Peer sourcePeer, Link sourceLink, Message message, List<ExtensionRecord> records, Now moment) {
        from = source;
        peer = sourcePeer;
        link = sourceLink;
        carrier = message;
        now = moment;
        answered = 0;
        theirRoot = null;
        records.forEach(record -> record.dispatch(this));
        return theirRoot;
    }

    /** What those of another network say of entries is none of ours, or one lookup would carry it from one into the other. */
    private boolean shares() {
        return link != null && link.isCompatible();
    }

    // About entries

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
        if (link != null) {
            acquaintances.heardMetas(link, metas, now);
        }
        boolean atOnce = link != null && reconciler.isCatchingUpWith(link, now);
        for (Meta meta : metas) {
            if (shares()) {
                if (gossip.announced(link, meta, atOnce, now)) {
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
            gossip.pruned(link, now);
        }
    }

    @Override
    public void graft() {
        if (link != null) {
            gossip.grafted(link, now);
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
            gossip.askedForChunk(link, chunkGet, now);
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

    // About tables

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

    // About links

    @Override
    public void token(long cookie) {
        Way way = peer.way(from);
        if (way != null) {
            way.token(cookie);
        }
    }

    @Override
    public void flow(LinkRecord.Flow flow) {
        if (link != null) {
            link.output().makeUpFor(link.flow().heard(flow, now));
        }
    }

    @Override
    public void trunk(LinkRecord.Trunk where) {
        if (shares()) {
            trunk.heard(link, where, now);
        }
    }

    @Override
    public void wall(long clock) {
        if (link != null) {
            link.skew().wallSays(clock, now);
        }
    }

    @Override
    public void peers(List<NetAddress> addresses) {
        if (shares()) {
            acquaintances.toldOf(from, link, addresses, now);
        }
    }

    @Override
    public void wards(List<NetAddress> addresses) {
        if (link != null) {
            link.wards(addresses, now);
        }
    }

    @Override
    public void seen(NetAddress address) {
        if (link != null && address.isUnicast()) {
            link.whereabouts().seesUsAt(address);
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
            acquaintances.introduced(link, hello, now);
        }
    }
}
