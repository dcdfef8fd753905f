package org.simpledht.protocol;

import java.util.List;
import java.util.Objects;

/**
 * What rides behind the carrier (docs/PROTOCOL.md, "The extension").
 *
 * @param records in the order of the wire; records of unknown types are left out
 */
public record Extension(Header header, List<ExtensionRecord> records) {

    public Extension {
        Objects.requireNonNull(header, "header");
        records = List.copyOf(records);
    }

    /**
     * The first 32 bytes of an extension, less magic and version.
     *
     * <p>{@link #FLAG_MAC} and the key id say how a frame came. When one is encoded they are set to what is done, whatever
     * stands here.
     *
     * @param flags the {@code FLAG} constants, added up; unknown ones are kept
     * @param keyId which key the MAC was made with, 0 without a MAC
     * @param nodeId random per process: one node is one peer, whatever its addresses
     * @param clock the sender's physical clock: Unix milliseconds in the upper 48 bits and a counter in the lower 16, which
     *     make every frame's clock larger than the last one's
     * @param token the cookie last received from the addressee, 0 if none
     */
    public record Header(int flags, int keyId, long nodeId, long clock, long token) {

        /** A message authentication code follows the records. */
        public static final int FLAG_MAC = 0x01;
        /** The frame is one of the link between two nodes, and counted by {@link LinkRecord.Flow}. */
        public static final int FLAG_NEIGHBOUR = 0x02;
        /** I have no neighbours: do take me. */
        public static final int FLAG_PLEASE = 0x04;
        /** My store is full: announce no keys that I lack. */
        public static final int FLAG_FULL = 0x08;
        /** The sender is leaving the network. */
        public static final int FLAG_LEAVING = 0x10;
        /** Answer at once with a KeepAlive. */
        public static final int FLAG_PROBE = 0x20;
        /** The sender holds no table: it is served, and is nobody's peer. */
        public static final int FLAG_CLIENT = 0x40;
        /** You are none of my neighbours, and cannot be one now. */
        public static final int FLAG_NO_ROOM = 0x80;

        public Header {
            requireByte("flags", flags);
            requireByte("key ids", keyId);
        }

        /** Of a frame without MAC. */
        public Header(int flags, long nodeId, long clock, long token) {
            this(flags, 0, nodeId, clock, token);
        }

        private static void requireByte(String name, int value) {
            if (value < 0 || value > 0xff) {
                throw new IllegalArgumentException(name + " are 0 to 255, not " + value);
            }
        }

        public boolean has(int flag) {
            return (flags & flag) != 0;
        }

        /** True if the frame had a MAC, which the codec found genuine. */
        public boolean isAuthentic() {
            return has(FLAG_MAC);
        }
    }
}
