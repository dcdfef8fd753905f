package org.simpledht.protocol;

import java.util.List;

/**
 * What rides behind the carrier (docs/PROTOCOL.md, "The extension").
 *
 * @param records in the order of the wire; records of unknown types are left out
 */
public record Extension(Header header, List<ExtensionRecord> records) {

    public Extension {
        records = List.copyOf(records);
    }

    /**
     * The first 32 bytes of an extension, less magic and version.
     *
     * @param flags the {@code FLAG} constants, added up; unknown ones are kept
     * @param nodeId random per process: one node is one peer, whatever its addresses
     * @param clock the sender's physical clock: Unix milliseconds in the upper 48 bits and a counter in the lower 16, which
     *     make every frame's clock larger than the last one's
     * @param token the cookie last received from the addressee, 0 if none
     */
    public record Header(int flags, long nodeId, long clock, long token) {

        /** A message authentication code follows the records. */
        public static final int FLAG_MAC = 0x01;
        /** The sender is leaving the network. */
        public static final int FLAG_LEAVING = 0x10;
        /** Answer at once with a KeepAlive. */
        public static final int FLAG_PROBE = 0x20;
        /** The sender holds no table: it is served, and is nobody's peer. */
        public static final int FLAG_CLIENT = 0x40;

        public boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }
}
