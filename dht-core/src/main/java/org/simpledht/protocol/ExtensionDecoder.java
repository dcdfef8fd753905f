package org.simpledht.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Reads records as {@link ExtensionLayout} draws them. Whatever is allocated is as large as what was really received. */
final class ExtensionDecoder {

    private ExtensionDecoder() {}

    /**
     * Reads all that remains.
     *
     * @return the records of known types, or null with the reason in {@code why[0]}
     */
    static List<ExtensionRecord> decode(ByteBuffer in, Refusal[] why) {
        int count = countKnown(in);
        if (count < 0) {
            why[0] = Refusal.RECORD_OVERRUN;
            return null;
        }
        ExtensionRecord[] records = new ExtensionRecord[count];
        int limit = in.limit();
        for (int i = 0; in.hasRemaining(); ) {
            int type = Byte.toUnsignedInt(in.get());
            int length = Short.toUnsignedInt(in.getShort());
            int end = length + in.position();
            if (ExtensionLayout.isKnown(type, length)) {
                ExtensionRecord record = decodeBody(type, in.limit(end));
                in.limit(limit);
                if (record == null) {
                    why[0] = Refusal.MALFORMED_RECORD;
                    return null;
                }
                records[i++] = record;
            }
            in.position(end);
        }
        return List.of(records);
    }

    /** How many records of known types there are, or -1 if one of any type goes beyond the end. */
    private static int countKnown(ByteBuffer in) {
        int count = 0;
        int at = in.position();
        while (at < in.limit()) {
            if (in.limit() - at < ExtensionLayout.RECORD_HEADER_BYTES) {
                return -1;
            }
            int length = Short.toUnsignedInt(in.getShort(at + ExtensionLayout.RECORD_LENGTH_OFFSET));
            count += ExtensionLayout.isKnown(Byte.toUnsignedInt(in.get(at)), length) ? 1 : 0;
            at += ExtensionLayout.RECORD_HEADER_BYTES + length;
        }
        return at == in.limit() ? count : -1;
    }

    /** Reads the body, which is all that remains; null if it cannot be what the type says. */
    private static ExtensionRecord decodeBody(int type, ByteBuffer in) {
        return switch (type) {
            case ExtensionLayout.TYPE_META -> isMany(in, Meta.BYTES) ? new ExtensionRecord.Metas(metas(in)) : null;
            case ExtensionLayout.TYPE_PUSH -> push(in);
            case ExtensionLayout.TYPE_STAMP ->
                has(in, ExtensionLayout.STAMP_BYTES) ? new ExtensionRecord.Stamp(in.getLong(), in.getInt()) : null;
            case ExtensionLayout.TYPE_GETS -> gets(in);
            case ExtensionLayout.TYPE_PRUNE -> has(in, 0) ? ExtensionRecord.PRUNE : null;
            case ExtensionLayout.TYPE_GRAFT -> has(in, 0) ? ExtensionRecord.GRAFT : null;
            case ExtensionLayout.TYPE_TOKEN ->
                has(in, ExtensionLayout.TOKEN_BYTES) ? new ExtensionRecord.Token(in.getLong()) : null;
            case ExtensionLayout.TYPE_SUM -> sums(in);
            case ExtensionLayout.TYPE_LIST -> listing(in);
            case ExtensionLayout.TYPE_ROOT ->
                has(in, ExtensionLayout.ROOT_BYTES) ? new TreeRecord.Root(in.getLong(), in.getInt()) : null;
            case ExtensionLayout.TYPE_PEERS -> {
                List<NetAddress> addresses = addresses(in);
                yield addresses == null ? null : new LinkRecord.Peers(addresses);
            }
            case ExtensionLayout.TYPE_WARDS -> {
                List<NetAddress> addresses = addresses(in);
                // A record of our own making: to whoever uses its number for something else it is none.
                yield new LinkRecord.Wards(addresses == null ? List.of() : addresses);
            }
            case ExtensionLayout.TYPE_CHUNK_GET -> chunkGet(in);
            case ExtensionLayout.TYPE_CHUNK -> chunk(in);
            case ExtensionLayout.TYPE_HELLO -> hello(in);
            case ExtensionLayout.TYPE_ASK ->
                isMany(in, ExtensionLayout.KEY_BYTES) ? new ExtensionRecord.Ask(keys(in)) : null;
            case ExtensionLayout.TYPE_FLOW -> flow(in);
            case ExtensionLayout.TYPE_SEEN -> seen(in);
            case ExtensionLayout.TYPE_TRUNK -> trunk(in);
            case ExtensionLayout.TYPE_WALL -> new LinkRecord.Wall(in.getLong());
            case ExtensionLayout.TYPE_QUERY -> query(in);
            case ExtensionLayout.TYPE_REPLY -> reply(in);
            case ExtensionLayout.TYPE_WATCH ->
                isMany(in, ExtensionLayout.KEY_BYTES) ? new ClientRecord.Watch(keys(in)) : null;
            default -> throw new AssertionError(type);
        };
    }

    private static boolean has(ByteBuffer in, int bytes) {
        return in.remaining() == bytes;
    }

    private static boolean isMany(ByteBuffer in, int itemBytes) {
        return in.remaining() % itemBytes == 0;
    }

    private static ExtensionRecord push(ByteBuffer in) {
        return in.remaining() < ExtensionLayout.PUSH_BYTES
                ? null
                : new ExtensionRecord.Push(hash(in), in.getLong(), in.getInt(), rest(in));
    }

    private static ExtensionRecord gets(ByteBuffer in) {
        if (!isMany(in, ExtensionLayout.VERSION_BYTES)) {
            return null;
        }
        Version[] held = new Version[in.remaining() / ExtensionLayout.VERSION_BYTES];
        for (int i = 0; i < held.length; i++) {
            held[i] = version(in);
        }
        return new ExtensionRecord.Gets(List.of(held));
    }

    private static ExtensionRecord sums(ByteBuffer in) {
        Prefix prefix = prefix(in);
        if (prefix == null || !prefix.hasChildren() || !has(in, ExtensionLayout.SUMS_BYTES)) {
            return null;
        }
        long[] sums = new long[Prefix.CHILDREN];
        for (int child = 0; child < sums.length; child++) {
            sums[child] = in.getLong();
        }
        return new TreeRecord.Sums(prefix, ChildSums.of(sums));
    }

    private static ExtensionRecord listing(ByteBuffer in) {
        Prefix prefix = prefix(in);
        return prefix == null || !isMany(in, Meta.BYTES) ? null : new TreeRecord.Listing(prefix, metas(in));
    }

    private static List<NetAddress> addresses(ByteBuffer in) {
        List<NetAddress> addresses = new ArrayList<>();
        while (in.hasRemaining()) {
            NetAddress address = AddressCodec.decode(in);
            if (address == null) {
                return null;
            }
            addresses.add(address);
        }
        return addresses;
    }

    private static ExtensionRecord chunkGet(ByteBuffer in) {
        return has(in, ExtensionLayout.CHUNK_GET_BYTES)
                ? new ChunkRecord.ChunkGet(version(in), in.getInt(), in.getInt())
                : null;
    }

    private static ExtensionRecord chunk(ByteBuffer in) {
        return in.remaining() < ExtensionLayout.CHUNK_BYTES
                ? null
                : new ChunkRecord.Chunk(version(in), in.getInt(), rest(in));
    }

    /** It has grown once, so it may again: what follows the address is skipped. */
    private static ExtensionRecord hello(ByteBuffer in) {
        if (in.remaining() < ExtensionLayout.HELLO_BYTES) {
            return null;
        }
        int listenPort = Short.toUnsignedInt(in.getShort());
        int maxFrameBytes = in.getInt();
        int maxLeaseSeconds = in.getInt();
        long clusterHash = in.getLong();
        if (!in.hasRemaining()) {
            return new ExtensionRecord.Hello(listenPort, maxFrameBytes, maxLeaseSeconds, clusterHash);
        }
        NetAddress advertised = AddressCodec.decode(in);
        return advertised == null
                ? null
                : new ExtensionRecord.Hello(
                        listenPort, maxFrameBytes, maxLeaseSeconds, clusterHash, Optional.of(advertised));
    }

    private static ExtensionRecord flow(ByteBuffer in) {
        return has(in, ExtensionLayout.FLOW_BYTES) ? new LinkRecord.Flow(in.getLong(), in.getInt(), in.getInt()) : null;
    }

    private static ExtensionRecord seen(ByteBuffer in) {
        NetAddress address = AddressCodec.decode(in);
        return address == null || in.hasRemaining() ? null : new LinkRecord.Seen(address);
    }

    private static ExtensionRecord trunk(ByteBuffer in) {
        if (!has(in, ExtensionLayout.TRUNK_BYTES)) {
            return null;
        }
        int root = in.getInt();
        int round = Short.toUnsignedInt(in.getShort());
        int hops = Byte.toUnsignedInt(in.get());
        return new LinkRecord.Trunk(
                root, round, hops & ~ExtensionLayout.IS_PARENT, (hops & ExtensionLayout.IS_PARENT) != 0);
    }

    private static ExtensionRecord query(ByteBuffer in) {
        return has(in, ExtensionLayout.QUERY_BYTES)
                ? new ClientRecord.Query(in.getInt(), Byte.toUnsignedInt(in.get()), in.getLong())
                : null;
    }

    private static ExtensionRecord reply(ByteBuffer in) {
        return in.remaining() < ExtensionLayout.REPLY_BYTES
                ? null
                : new ClientRecord.Reply(in.getInt(), in.getLong(), rest(in));
    }

    private static List<Meta> metas(ByteBuffer in) {
        Meta[] metas = new Meta[in.remaining() / Meta.BYTES];
        for (int i = 0; i < metas.length; i++) {
            metas[i] = Meta.read(in);
        }
        return List.of(metas);
    }

    private static List<Hash> keys(ByteBuffer in) {
        Hash[] keys = new Hash[in.remaining() / ExtensionLayout.KEY_BYTES];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = hash(in);
        }
        return List.of(keys);
    }

    /** Null if what remains does not begin with a prefix in the one form that it has. */
    private static Prefix prefix(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return null;
        }
        int bits = Byte.toUnsignedInt(in.get());
        int bytes = ExtensionLayout.digitBytes(bits);
        if (bits > Prefix.MAX_BITS || in.remaining() < bytes) {
            return null;
        }
        long first = 0;
        for (int i = 1; i <= bytes; i++) {
            first |= Byte.toUnsignedLong(in.get()) << Long.SIZE - i * Byte.SIZE;
        }
        return Prefix.isValid(first, bits) ? new Prefix(first, bits) : null;
    }

    private static Version version(ByteBuffer in) {
        return new Version(hash(in), in.getLong(), in.getLong());
    }

    private static Hash hash(ByteBuffer in) {
        return new Hash(in.getLong());
    }

    private static Content rest(ByteBuffer in) {
        return Content.read(in, in.remaining());
    }
}
