package org.simpledht.core;

import java.util.List;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.protocol.Version;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** What one valid frame asks of a node: first its message, then the records of its extension. */
final class Reception implements Message.Handler {

    private final Acquaintances acquaintances;
    private final ClassicService classicService;
    private final Gossip gossip;
    private final Reconciler reconciler;
    private final Records records;
    private final Counter.Board counters;

    private Path from;
    private Peer peer;
    private Link link;
    private boolean extended;
    private Now now;

    Reception(
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
            Trunk trunk,
            Counter.Board counters) {
        this.acquaintances = acquaintances;
        this.classicService = classicService;
        this.gossip = gossip;
        this.reconciler = reconciler;
        this.counters = counters;
        records = new Records(
                acquaintances,
                classicService,
                dissemination,
                gossip,
                reconciler,
                store,
                sender,
                streams,
                lookups,
                confirmations,
                trunk);
    }

    /** A frame without extension. */
    void classic(Path source, Peer sourcePeer, Message message, Now moment) {
        if (sourcePeer.link() != null) {
            // Who is known to be one of ours speaks with an extension; whoever this is wants it taken for an original.
            counters.add(Counter.CLASSIC_FRAMES_OF_OURS);
            return;
        }
        begin(source, sourcePeer, null, false, moment);
        message.dispatch(this);
    }

    /**
     * @param sourceLink null if it comes from a client, or from one whom there is no room for
     */
    void extended(Path source, Peer sourcePeer, Link sourceLink, Message message, Extension extension, Now moment) {
        boolean isNewLink = sourceLink != null && sourceLink.isNew();
        begin(source, sourcePeer, sourceLink, true, moment);
        if (!CarrierKey.isNamedBy(extension.records(), message)) {
            message.dispatch(this);
        }
        TreeRecord.Root theirRoot = records.heard(from, peer, link, message, extension.records(), now);
        if (link != null && isNewLink && theirRoot == null) {
            reconciler.met(link, now);
        } else if (link != null && theirRoot != null) {
            // Last, as sums beside it begin a round already: one is enough.
            reconciler.heardRoot(link, isNewLink, theirRoot, now);
        }
    }

    private void begin(Path source, Peer sourcePeer, Link sourceLink, boolean hasExtension, Now moment) {
        from = source;
        peer = sourcePeer;
        link = sourceLink;
        extended = hasExtension;
        now = moment;
    }

    // Messages

    @Override
    public void get(Hash hash) {
        if (link == null) {
            // One of ours repeats its question until it is answered, also where it asks as an original does: a client,
            // or a lookup.
            classicService.get(from, peer, hash, extended || peer.kind(now).isOurs(), now);
        } else {
            gossip.asked(link, List.of(Version.nothing(hash)));
        }
    }

    @Override
    public void put(Hash hash, Content content) {
        if (link == null && !isOfOurs()) {
            classicService.put(from, peer, hash, content, 0, now);
        } else {
            // One of ours that takes us for an original says so with a version; without one it can only be a copy.
            counters.add(Counter.CLASSIC_FRAMES_OF_OURS);
        }
    }

    /** Of one of ours that is nobody's peer here, such as what an earlier process has sent. */
    private boolean isOfOurs() {
        return extended && peer.kind(now) == PeerKind.CAPABLE;
    }

    @Override
    public void keepAlive() {
        classicService.heardKeepAlive(peer, now);
    }

    @Override
    public void iHave(Hash hash) {
        if (link == null) {
            classicService.announced(from, peer, hash, now);
        } else if (link.isCompatible()) {
            gossip.announced(link, hash);
        }
    }

    @Override
    public void discover(NetAddress address) {
        acquaintances.learn(from, new Path(from.binding(), address), now);
    }
}
