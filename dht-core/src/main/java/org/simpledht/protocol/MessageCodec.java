package org.simpledht.protocol;

import java.nio.ByteBuffer;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * The classic messages as bytes, big endian, append-only (docs/PROTOCOL.md, "Classic messages"):
 *
 * <pre>
 *   type 1 | body
 *   -------+------------------------------------------
 *      0   | hash 8                                      Get
 *      1   | hash 8 | length 2 | content length          Put
 *      2   |                                             KeepAlive
 *      3   | hash 8                                      IHave
 *      4   | address, see AddressCodec                   Discover
 * </pre>
 */
final class MessageCodec {

    static final int TYPE_GET = 0;
    static final int TYPE_PUT = 1;
    static final int TYPE_KEEP_ALIVE = 2;
    static final int TYPE_I_HAVE = 3;
    static final int TYPE_DISCOVER = 4;

    static final int TYPE_BYTES = 1;
    static final int HASH_BYTES = 8;
    static final int LENGTH_BYTES = 2;
    static final int PUT_OVERHEAD_BYTES = TYPE_BYTES + HASH_BYTES + LENGTH_BYTES;

    private MessageCodec() {}

    /** Bytes that {@link #encode} writes. */
    static int size(Message message) {
        Measure measure = new Measure();
        message.dispatch(measure);
        return measure.bytes;
    }

    /**
     * Writes the message; the buffer advances.
     *
     * @throws java.nio.BufferOverflowException if fewer than {@link #size} bytes remain
     */
    static void encode(Message message, ByteBuffer out) {
        message.dispatch(new Encoder(out));
    }

    /**
     * Reads one message from the front; the buffer advances behind it, and what follows is not looked at.
     *
     * @return the message, or null with the reason in {@code why[0]}: one is read per frame, and most are valid
     */
    static Message decode(ByteBuffer in, Refusal[] why) {
        if (!in.hasRemaining()) {
            return refuse(why, Refusal.EMPTY);
        }
        return switch (in.get()) {
            case TYPE_GET -> in.remaining() < HASH_BYTES ? truncated(why) : new Message.Get(hash(in));
            case TYPE_PUT -> decodePut(in, why);
            case TYPE_KEEP_ALIVE -> Message.KEEP_ALIVE;
            case TYPE_I_HAVE -> in.remaining() < HASH_BYTES ? truncated(why) : new Message.IHave(hash(in));
            case TYPE_DISCOVER -> decodeDiscover(in, why);
            default -> refuse(why, Refusal.UNKNOWN_TYPE);
        };
    }

    private static Message decodePut(ByteBuffer in, Refusal[] why) {
        if (in.remaining() < HASH_BYTES + LENGTH_BYTES) {
            return truncated(why);
        }
        Hash hash = hash(in);
        // Unsigned on the wire; as a Java short, long contents would turn negative.
        int length = Short.toUnsignedInt(in.getShort());
        // Compared before anything is allocated.
        return in.remaining() < length ? truncated(why) : new Message.Put(hash, Content.read(in, length));
    }

    private static Message decodeDiscover(ByteBuffer in, Refusal[] why) {
        if (!in.hasRemaining()) {
            return truncated(why);
        }
        int bytes = AddressCodec.bytesBehind(in.get());
        if (bytes == 0) {
            return refuse(why, Refusal.UNKNOWN_FAMILY);
        }
        if (in.remaining() < bytes) {
            return truncated(why);
        }
        return new Message.Discover(AddressCodec.decodeBehind(in, bytes));
    }

    private static Hash hash(ByteBuffer in) {
        return new Hash(in.getLong());
    }

    private static Message truncated(Refusal[] why) {
        return refuse(why, Refusal.TRUNCATED);
    }

    private static Message refuse(Refusal[] why, Refusal reason) {
        why[0] = reason;
        return null;
    }

    private static final class Encoder implements Message.Handler {
        private final ByteBuffer out;

        Encoder(ByteBuffer out) {
            this.out = out;
        }

        @Override
        public void get(Hash hash) {
            out.put((byte) TYPE_GET).putLong(hash.bits());
        }

        @Override
        public void put(Hash hash, Content content) {
            out.put((byte) TYPE_PUT).putLong(hash.bits()).putShort((short) content.size());
            content.writeTo(out);
        }

        @Override
        public void keepAlive() {
            out.put((byte) TYPE_KEEP_ALIVE);
        }

        @Override
        public void iHave(Hash hash) {
            out.put((byte) TYPE_I_HAVE).putLong(hash.bits());
        }

        @Override
        public void discover(NetAddress peer) {
            out.put((byte) TYPE_DISCOVER);
            AddressCodec.encode(peer, out);
        }
    }

    private static final class Measure implements Message.Handler {
        private int bytes = TYPE_BYTES;

        @Override
        public void get(Hash hash) {
            bytes += HASH_BYTES;
        }

        @Override
        public void put(Hash hash, Content content) {
            bytes += HASH_BYTES + LENGTH_BYTES + content.size();
        }

        @Override
        public void keepAlive() {}

        @Override
        public void iHave(Hash hash) {
            bytes += HASH_BYTES;
        }

        @Override
        public void discover(NetAddress peer) {
            bytes += AddressCodec.size(peer);
        }
    }
}
