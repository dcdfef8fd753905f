package org.simpledht.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.types.Hash;

/**
 * The extension as bytes, big endian, append-only (docs/PROTOCOL.md, "The extension"):
 *
 * <pre>
 *   magic 4 | version 1 | flags 1 | key id 1 | 0 | node id 8 | clock 8 | token 8      header, 32 bytes
 *   type 1 | length 2 | body                                                         each record
 * </pre>
 */
final class ExtensionCodec {

    static final int MAGIC = 0xd453_4431;
    static final byte VERSION = 1;
    static final int HEADER_BYTES = 32;
    static final int RECORD_HEADER_BYTES = 3;
    static final int META_BYTES = 32;

    private static final int TYPE_META = 1;
    private static final int TYPE_HELLO = 13;
    private static final int TYPE_ASK = 14;

    private static final int HELLO_BYTES = 18;

    private ExtensionCodec() {}

    /** True if what remains begins like an extension; anything else behind a message is a tail to be ignored. */
    static boolean begins(ByteBuffer in) {
        return in.remaining() >= HEADER_BYTES && in.getInt(in.position()) == MAGIC;
    }

    /** Bytes that {@link #encode} writes. */
    static int size(Extension extension) {
        Measure measure = new Measure();
        extension.records().forEach(record -> record.dispatch(measure));
        return HEADER_BYTES + measure.bytes;
    }

    static void encode(Extension extension, ByteBuffer out) {
        Header header = extension.header();
        out.putInt(MAGIC).put(VERSION).put((byte) header.flags()).put((byte) 0).put((byte) 0);
        out.putLong(header.nodeId()).putLong(header.clock()).putLong(header.token());
        Encoder encoder = new Encoder(out);
        extension.records().forEach(record -> record.dispatch(encoder));
    }

    /**
     * Reads all that remains, which {@link #begins} has looked at.
     *
     * @return the extension, or null with the reason in {@code why[0]}
     */
    static Extension decode(ByteBuffer in, Refusal[] why) {
        in.getInt();
        if (in.get() != VERSION) {
            return refuse(why, Refusal.UNKNOWN_VERSION);
        }
        int flags = Byte.toUnsignedInt(in.get());
        in.getShort();
        Header header = new Header(flags, in.getLong(), in.getLong(), in.getLong());
        if (header.has(Header.FLAG_MAC)) {
            return refuse(why, Refusal.UNAUTHENTIC);
        }
        List<ExtensionRecord> records = new ArrayList<>(2);
        while (in.hasRemaining()) {
            if (in.remaining() < RECORD_HEADER_BYTES) {
                return refuse(why, Refusal.RECORD_OVERRUN);
            }
            int type = Byte.toUnsignedInt(in.get());
            int length = Short.toUnsignedInt(in.getShort());
            if (length > in.remaining()) {
                return refuse(why, Refusal.RECORD_OVERRUN);
            }
            int end = in.position() + length;
            if (isKnown(type)) {
                ExtensionRecord record = decodeRecord(type, length, in);
                if (record == null) {
                    return refuse(why, Refusal.MALFORMED_RECORD);
                }
                records.add(record);
            }
            // Also behind what a later version may have added to a record, and over unknown records.
            in.position(end);
        }
        return new Extension(header, records);
    }

    private static boolean isKnown(int type) {
        return type == TYPE_META || type == TYPE_ASK || type == TYPE_HELLO;
    }

    private static ExtensionRecord decodeRecord(int type, int length, ByteBuffer in) {
        return switch (type) {
            case TYPE_META ->
                length % META_BYTES != 0 ? null : new ExtensionRecord.Metas(metas(length / META_BYTES, in));
            case TYPE_ASK ->
                length % MessageCodec.HASH_BYTES != 0
                        ? null
                        : new ExtensionRecord.Ask(hashes(length / MessageCodec.HASH_BYTES, in));
            case TYPE_HELLO ->
                length < HELLO_BYTES
                        ? null
                        : new ExtensionRecord.Hello(
                                Short.toUnsignedInt(in.getShort()), in.getInt(), in.getInt(), in.getLong());
            default -> throw new AssertionError(type);
        };
    }

    private static List<Meta> metas(int count, ByteBuffer in) {
        List<Meta> metas = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            metas.add(new Meta(MessageCodec.hash(in), in.getLong(), in.getLong(), in.getInt(), in.getInt()));
        }
        return metas;
    }

    private static List<Hash> hashes(int count, ByteBuffer in) {
        List<Hash> hashes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            hashes.add(MessageCodec.hash(in));
        }
        return hashes;
    }

    private static Extension refuse(Refusal[] why, Refusal reason) {
        why[0] = reason;
        return null;
    }

    private static final class Encoder implements ExtensionRecord.Handler {
        private final ByteBuffer out;

        Encoder(ByteBuffer out) {
            this.out = out;
        }

        private ByteBuffer begin(int type, int length) {
            return out.put((byte) type).putShort((short) length);
        }

        @Override
        public void metas(List<Meta> metas) {
            begin(TYPE_META, metas.size() * META_BYTES);
            for (Meta meta : metas) {
                out.putLong(meta.key().bits()).putLong(meta.clock()).putLong(meta.digest());
                out.putInt(meta.life()).putInt(meta.size());
            }
        }

        @Override
        public void ask(List<Hash> keys) {
            begin(TYPE_ASK, keys.size() * MessageCodec.HASH_BYTES);
            keys.forEach(key -> out.putLong(key.bits()));
        }

        @Override
        public void hello(ExtensionRecord.Hello hello) {
            begin(TYPE_HELLO, HELLO_BYTES)
                    .putShort((short) hello.listenPort())
                    .putInt(hello.maxFrameBytes())
                    .putInt(hello.maxLeaseSeconds())
                    .putLong(hello.clusterHash());
        }
    }

    private static final class Measure implements ExtensionRecord.Handler {
        private int bytes;

        @Override
        public void metas(List<Meta> metas) {
            bytes += RECORD_HEADER_BYTES + metas.size() * META_BYTES;
        }

        @Override
        public void ask(List<Hash> keys) {
            bytes += RECORD_HEADER_BYTES + keys.size() * MessageCodec.HASH_BYTES;
        }

        @Override
        public void hello(ExtensionRecord.Hello hello) {
            bytes += RECORD_HEADER_BYTES + HELLO_BYTES;
        }
    }
}
