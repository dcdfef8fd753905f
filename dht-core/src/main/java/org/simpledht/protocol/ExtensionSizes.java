package org.simpledht.protocol;

import java.util.List;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Adds up the bytes that {@link ExtensionEncoder} writes. */
final class ExtensionSizes implements ExtensionRecord.Handler {

    private int bytes;

    static int of(List<ExtensionRecord> records) {
        ExtensionSizes sizes = new ExtensionSizes();
        for (ExtensionRecord record : records) {
            record.dispatch(sizes);
        }
        return sizes.bytes;
    }

    static int of(ExtensionRecord record) {
        ExtensionSizes sizes = new ExtensionSizes();
        record.dispatch(sizes);
        return sizes.bytes;
    }

    private void add(int bodyBytes) {
        bytes += ExtensionLayout.RECORD_HEADER_BYTES + bodyBytes;
    }

    /** Bytes of the body of a PEERS or WARDS. */
    static int addressesBody(List<NetAddress> addresses) {
        int sum = 0;
        for (NetAddress address : addresses) {
            sum += AddressCodec.size(address);
        }
        return sum;
    }

    /** Bytes of the body of a HELLO. */
    static int helloBody(ExtensionRecord.Hello hello) {
        NetAddress advertised = hello.advertised().orElse(null);
        return ExtensionLayout.HELLO_BYTES + (advertised == null ? 0 : AddressCodec.size(advertised));
    }

    @Override
    public void metas(List<Meta> metas) {
        add(metas.size() * Meta.BYTES);
    }

    @Override
    public void push(ExtensionRecord.Push push) {
        add(ExtensionLayout.PUSH_BYTES + push.content().size());
    }

    @Override
    public void stamp(ExtensionRecord.Stamp stamp) {
        add(ExtensionLayout.STAMP_BYTES);
    }

    @Override
    public void gets(List<Version> held) {
        add(held.size() * ExtensionLayout.VERSION_BYTES);
    }

    @Override
    public void prune() {
        add(0);
    }

    @Override
    public void graft() {
        add(0);
    }

    @Override
    public void token(long cookie) {
        add(ExtensionLayout.TOKEN_BYTES);
    }

    @Override
    public void sums(TreeRecord.Sums sums) {
        add(ExtensionLayout.prefixBytes(sums.prefix()) + ExtensionLayout.SUMS_BYTES);
    }

    @Override
    public void listing(TreeRecord.Listing listing) {
        add(ExtensionLayout.prefixBytes(listing.prefix()) + listing.metas().size() * Meta.BYTES);
    }

    @Override
    public void root(TreeRecord.Root root) {
        add(ExtensionLayout.ROOT_BYTES);
    }

    @Override
    public void peers(List<NetAddress> addresses) {
        add(addressesBody(addresses));
    }

    @Override
    public void wards(List<NetAddress> addresses) {
        add(addressesBody(addresses));
    }

    @Override
    public void chunkGet(ChunkRecord.ChunkGet chunkGet) {
        add(ExtensionLayout.CHUNK_GET_BYTES);
    }

    @Override
    public void chunk(ChunkRecord.Chunk chunk) {
        add(ExtensionLayout.CHUNK_BYTES + chunk.bytes().size());
    }

    @Override
    public void hello(ExtensionRecord.Hello hello) {
        add(helloBody(hello));
    }

    @Override
    public void ask(List<Hash> keys) {
        add(keys.size() * ExtensionLayout.KEY_BYTES);
    }

    @Override
    public void flow(LinkRecord.Flow flow) {
        add(ExtensionLayout.FLOW_BYTES);
    }

    @Override
    public void seen(NetAddress address) {
        add(AddressCodec.size(address));
    }

    @Override
    public void trunk(LinkRecord.Trunk trunk) {
        add(ExtensionLayout.TRUNK_BYTES);
    }

    @Override
    public void wall(long clock) {
        add(ExtensionLayout.WALL_BYTES);
    }

    @Override
    public void query(ClientRecord.Query query) {
        add(ExtensionLayout.QUERY_BYTES);
    }

    @Override
    public void reply(ClientRecord.Reply reply) {
        add(ExtensionLayout.REPLY_BYTES + reply.body().size());
    }

    @Override
    public void watch(List<Hash> keys) {
        add(keys.size() * ExtensionLayout.KEY_BYTES);
    }
}
