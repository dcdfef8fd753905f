package org.simpledht.core;

import java.util.ArrayList;
import java.util.List;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** What one valid frame asks of a node, message by message and record by record. */
final class Reception implements Message.Handler, ExtensionRecord.Ignoring {

    /**
     * Metas in one frame of at most {@link FrameCodec#DATAGRAM_BYTES}. A frame that asks for more is answered so far: nobody
     * gets more frames for one than one.
     */
    private static final int METAS_PER_FRAME = 36;

    private final Node node;
    private final Dissemination dissemination;
    private final Store store;
    private final Sender sender;
    private final Streams streams;
    private final Lookups lookups;

    private Path from;
    private Peer peer;
    private boolean extended;
    private Now now;
    private int answered;

    Reception(Node node, Dissemination dissemination, Store store, Sender sender, Streams streams, Lookups lookups) {
        this.node = node;
        this.dissemination = dissemination;
        this.store = store;
        this.sender = sender;
        this.streams = streams;
        this.lookups = lookups;
    }

    void classic(Path source, Peer sourcePeer, Message carrier, Now moment) {
        begin(source, sourcePeer, false, moment);
        carrier.dispatch(this);
    }

    void extended(Path source, Peer sourcePeer, Message carrier, Extension extension, Now moment) {
        begin(source, sourcePeer, true, moment);
        if (!CarrierKey.isNamedBy(extension.records(), carrier)) {
            carrier.dispatch(this);
        }
        extension.records().forEach(record -> record.dispatch(this));
    }

    private void begin(Path source, Peer sourcePeer, boolean hasExtension, Now moment) {
        from = source;
        peer = sourcePeer;
        extended = hasExtension;
        now = moment;
        answered = 0;
    }

    @Override
    public void get(Hash hash) {
        dissemination.get(from, peer, hash, extended, now);
    }

    @Override
    public void put(Hash hash, Content content) {
        dissemination.put(from, peer, hash, content, now);
    }

    @Override
    public void keepAlive() {
        dissemination.heardKeepAlive(peer, now);
    }

    @Override
    public void iHave(Hash hash) {
        dissemination.announced(from, peer, hash, now);
    }

    @Override
    public void discover(NetAddress address) {
        node.learn(new Path(from.binding(), address), now);
    }

    @Override
    public void metas(List<Meta> metas) {
        lookups.heardMetas(metas, peer, now);
        for (Meta meta : metas) {
            if (!meta.isNothing()) {
                dissemination.announced(from, peer, meta.key(), now);
            }
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
        if (!metas.isEmpty()) {
            sender.records(from, new ExtensionRecord.Metas(metas), now);
        }
    }

    @Override
    public void hello(ExtensionRecord.Hello hello) {
        if (streams.mustAnswerHello(from)) {
            sender.sendHello(from, now);
        }
    }
}
