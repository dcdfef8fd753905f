package org.simpledht.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Writes records as {@link ExtensionLayout} draws them. */
final class ExtensionEncoder implements ExtensionRecord.Handler {

    private final ByteBuffer out;

    private ExtensionEncoder(ByteBuffer out) {
        this.out = out;
    }

    static void encode(List<ExtensionRecord> records, ByteBuffer out) {
        ExtensionEncoder encoder = new ExtensionEncoder(out);
        for (ExtensionRecord record : records) {
            record.dispatch(encoder);
        }
    }

    private ByteBuffer begin(int type, int bodyBytes) {
        return out.put((byte) type).putShort((short) bodyBytes);
    }

    private void prefix(Prefix prefix) {
        int bits = prefix.bits();
        out.put((byte) bits);
        for (int i = 1; i <= ExtensionLayout.digitBytes(bits); i++) {
            out.put((byte) (prefix.first() >>> Long.SIZE - i * Byte.SIZE));
        }
    }

    private void version(Version version) {
        out.putLong(version.key().bits()).putLong(version.clock()).putLong(version.digest());
    }

    private void keys(int type, List<Hash> keys) {
        begin(type, keys.size() * ExtensionLayout.KEY_BYTES);
        for (int i = 0; i < keys.size(); i++) {
            out.putLong(keys.get(i).bits());
        }
    }

    private void each(List<Meta> metas) {
        for (int i = 0; i < metas.size(); i++) {
            metas.get(i).writeTo(out);
        }
    }

    @Override
    public void metas(List<Meta> metas) {
        begin(ExtensionLayout.TYPE_META, metas.size() * Meta.BYTES);
        each(metas);
    }

    @Override
    public void push(ExtensionRecord.Push push) {
        begin(
                        ExtensionLayout.TYPE_PUSH,
                        ExtensionLayout.PUSH_BYTES + push.content().size())
                .putLong(push.key().bits())
                .putLong(push.clock())
                .putInt(push.life());
        push.content().writeTo(out);
    }

    @Override
    public void stamp(ExtensionRecord.Stamp stamp) {
        begin(ExtensionLayout.TYPE_STAMP, ExtensionLayout.STAMP_BYTES)
                .putLong(stamp.clock())
                .putInt(stamp.life());
    }

    @Override
    public void gets(List<Version> held) {
        begin(ExtensionLayout.TYPE_GETS, held.size() * ExtensionLayout.VERSION_BYTES);
        for (int i = 0; i < held.size(); i++) {
            version(held.get(i));
        }
    }

    @Override
    public void prune() {
        begin(ExtensionLayout.TYPE_PRUNE, 0);
    }

    @Override
    public void graft() {
        begin(ExtensionLayout.TYPE_GRAFT, 0);
    }

    @Override
    public void token(long cookie) {
        begin(ExtensionLayout.TYPE_TOKEN, ExtensionLayout.TOKEN_BYTES).putLong(cookie);
    }

    @Override
    public void sums(TreeRecord.Sums sums) {
        begin(ExtensionLayout.TYPE_SUM, ExtensionLayout.prefixBytes(sums.prefix()) + ExtensionLayout.SUMS_BYTES);
        prefix(sums.prefix());
        for (int child = 0; child < Prefix.CHILDREN; child++) {
            out.putLong(sums.sums().at(child));
        }
    }

    @Override
    public void listing(TreeRecord.Listing listing) {
        int metaBytes = listing.metas().size() * Meta.BYTES;
        begin(ExtensionLayout.TYPE_LIST, ExtensionLayout.prefixBytes(listing.prefix()) + metaBytes);
        prefix(listing.prefix());
        each(listing.metas());
    }

    @Override
    public void root(TreeRecord.Root root) {
        begin(ExtensionLayout.TYPE_ROOT, ExtensionLayout.ROOT_BYTES)
                .putLong(root.sum())
                .putInt(root.count());
    }

    @Override
    public void peers(List<NetAddress> addresses) {
        addresses(ExtensionLayout.TYPE_PEERS, addresses);
    }

    @Override
    public void wards(List<NetAddress> addresses) {
        addresses(ExtensionLayout.TYPE_WARDS, addresses);
    }

    private void addresses(int type, List<NetAddress> addresses) {
        begin(type, ExtensionSizes.addressesBody(addresses));
        for (NetAddress address : addresses) {
            AddressCodec.encode(address, out);
        }
    }

    @Override
    public void chunkGet(ChunkRecord.ChunkGet chunkGet) {
        begin(ExtensionLayout.TYPE_CHUNK_GET, ExtensionLayout.CHUNK_GET_BYTES);
        version(chunkGet.version());
        out.putInt(chunkGet.offset()).putInt(chunkGet.length());
    }

    @Override
    public void chunk(ChunkRecord.Chunk chunk) {
        begin(
                ExtensionLayout.TYPE_CHUNK,
                ExtensionLayout.CHUNK_BYTES + chunk.bytes().size());
        version(chunk.version());
        out.putInt(chunk.offset());
        chunk.bytes().writeTo(out);
    }

    @Override
    public void hello(ExtensionRecord.Hello hello) {
        begin(ExtensionLayout.TYPE_HELLO, ExtensionSizes.helloBody(hello))
                .putShort((short) hello.listenPort())
                .putInt(hello.maxFrameBytes())
                .putInt(hello.maxLeaseSeconds())
                .putLong(hello.clusterHash());
        NetAddress advertised = hello.advertised().orElse(null);
        if (advertised != null) {
            AddressCodec.encode(advertised, out);
        }
    }

    @Override
    public void ask(List<Hash> keys) {
        keys(ExtensionLayout.TYPE_ASK, keys);
    }

    @Override
    public void flow(LinkRecord.Flow flow) {
        begin(ExtensionLayout.TYPE_FLOW, ExtensionLayout.FLOW_BYTES)
                .putLong(flow.received())
                .putInt(flow.mark())
                .putInt(flow.echo());
    }

    @Override
    public void seen(NetAddress address) {
        begin(ExtensionLayout.TYPE_SEEN, AddressCodec.size(address));
        AddressCodec.encode(address, out);
    }

    @Override
    public void trunk(LinkRecord.Trunk trunk) {
        begin(ExtensionLayout.TYPE_TRUNK, ExtensionLayout.TRUNK_BYTES)
                .putInt(trunk.root())
                .putShort((short) trunk.round())
                .put((byte) (trunk.hops() | (trunk.isParent() ? ExtensionLayout.IS_PARENT : 0)));
    }

    @Override
    public void wall(long clock) {
        begin(ExtensionLayout.TYPE_WALL, ExtensionLayout.WALL_BYTES).putLong(clock);
    }

    @Override
    public void query(ClientRecord.Query query) {
        begin(ExtensionLayout.TYPE_QUERY, ExtensionLayout.QUERY_BYTES)
                .putInt(query.id())
                .put((byte) query.what())
                .putLong(query.cursor());
    }

    @Override
    public void reply(ClientRecord.Reply reply) {
        begin(
                        ExtensionLayout.TYPE_REPLY,
                        ExtensionLayout.REPLY_BYTES + reply.body().size())
                .putInt(reply.id())
                .putLong(reply.nextCursor());
        reply.body().writeTo(out);
    }

    @Override
    public void watch(List<Hash> keys) {
        keys(ExtensionLayout.TYPE_WATCH, keys);
    }
}
