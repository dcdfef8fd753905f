package org.simpledht.protocol;

import java.nio.ByteBuffer;
import org.simpledht.types.NetAddress;

/**
 * Addresses as bytes, big endian, the same in a Discover and in records (docs/PROTOCOL.md, "Classic messages"):
 *
 * <pre>
 *   family 1 | address 4 or 16 | port 2
 * </pre>
 */
final class AddressCodec {

    private static final int FAMILY_V4 = 4;
    private static final int FAMILY_V6 = 6;
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;
    private static final int FAMILY_BYTES = 1;
    private static final int PORT_BYTES = 2;

    private AddressCodec() {}

    /** Bytes that {@link #encode} writes. */
    static int size(NetAddress address) {
        return FAMILY_BYTES + (address.isV6() ? V6_BYTES : V4_BYTES) + PORT_BYTES;
    }

    static void encode(NetAddress address, ByteBuffer out) {
        out.put((byte) (address.isV6() ? FAMILY_V6 : FAMILY_V4))
                .put(address.address())
                .putShort((short) address.port());
    }

    /** Bytes of an address and port behind that family, 0 if there is no such family. */
    static int bytesBehind(byte family) {
        return switch (family) {
            case FAMILY_V4 -> V4_BYTES + PORT_BYTES;
            case FAMILY_V6 -> V6_BYTES + PORT_BYTES;
            default -> 0;
        };
    }

    /** Reads what is behind the family, of which that many bytes remain. */
    static NetAddress decodeBehind(ByteBuffer in, int bytes) {
        byte[] address = new byte[bytes - PORT_BYTES];
        in.get(address);
        return NetAddress.of(address, Short.toUnsignedInt(in.getShort()));
    }

    /** Reads an address with its family, null if what remains does not begin with one. */
    static NetAddress decode(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return null;
        }
        int bytes = bytesBehind(in.get());
        return bytes == 0 || in.remaining() < bytes ? null : decodeBehind(in, bytes);
    }
}
