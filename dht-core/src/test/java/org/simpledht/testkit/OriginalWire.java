package org.simpledht.testkit;

import java.nio.ByteBuffer;
import org.simpledht.types.NetAddress;

/**
 * The wire of 2017 once more, written from its description alone and sharing nothing with the codec of the product: where
 * the two disagree, one of them is wrong.
 */
public final class OriginalWire {

    private OriginalWire() {}

    /** What a datagram may say. */
    public interface Receiver {
        void get(long hash);

        void put(long hash, byte[] content);

        void keepAlive();

        void iHave(long hash);

        /** The address as it was written: 4 bytes, or 16 even where an IPv4 address is mapped into them. */
        void discover(byte[] address, int port);
    }

    /**
     * Reads the message at the front of a datagram; what follows it is not looked at.
     *
     * @return null, or why the datagram is invalid; the receiver was not called then
     */
    public static String read(byte[] datagram, Receiver receiver) {
        int length = datagram.length;
        ByteBuffer in = ByteBuffer.wrap(datagram);
        if (length == 0) {
            return "empty datagram";
        }
        int type = in.get() & 0xff;
        if (type > 4) {
            return "unknown type " + type;
        }
        if (type == 2) {
            receiver.keepAlive();
            return null;
        }
        if (type == 4) {
            return readDiscover(in, receiver);
        }
        if (length < 9) {
            return "hash cut";
        }
        long hash = in.getLong();
        if (type == 0) {
            receiver.get(hash);
            return null;
        }
        if (type == 3) {
            receiver.iHave(hash);
            return null;
        }
        if (length < 11) {
            return "length cut";
        }
        byte[] content = new byte[in.getShort() & 0xffff];
        if (content.length > in.remaining()) {
            return "length beyond the end";
        }
        in.get(content);
        receiver.put(hash, content);
        return null;
    }

    private static String readDiscover(ByteBuffer in, Receiver receiver) {
        if (!in.hasRemaining()) {
            return "discover without body";
        }
        int family = in.get();
        if (family != 4 && family != 6) {
            return "family " + (family & 0xff);
        }
        byte[] address = new byte[family == 4 ? 4 : 16];
        if (in.remaining() < address.length + 2) {
            return "address cut";
        }
        in.get(address);
        receiver.discover(address, in.getShort() & 0xffff);
        return null;
    }

    public static byte[] get(long hash) {
        return ByteBuffer.allocate(9).put((byte) 0).putLong(hash).array();
    }

    public static byte[] put(long hash, byte[] content) {
        ByteBuffer out = ByteBuffer.allocate(11 + content.length).put((byte) 1).putLong(hash);
        return out.putShort((short) content.length).put(content).array();
    }

    public static byte[] keepAlive() {
        return new byte[] {2};
    }

    public static byte[] iHave(long hash) {
        return ByteBuffer.allocate(9).put((byte) 3).putLong(hash).array();
    }

    public static byte[] discover(NetAddress peer) {
        return discover(peer.address(), peer.port());
    }

    /** As written: 16 bytes stay family 6 whatever they hold. */
    public static byte[] discover(byte[] address, int port) {
        ByteBuffer out = ByteBuffer.allocate(4 + address.length).put((byte) 4);
        out.put((byte) (address.length == 4 ? 4 : 6)).put(address);
        return out.putShort((short) port).array();
    }
}
