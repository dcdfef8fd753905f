package org.simpledht.protocol;

import java.util.List;

/**
 * Where things stand in an extension, big endian, append-only (docs/PROTOCOL.md, "The extension"):
 *
 * <pre>
 *   magic 4 | version 1 | flags 1 | key id 1 | 0 | node id 8 | clock 8 | token 8      header, 32 bytes
 *   type 1 | length 2 | body                                                         each record
 *   MAC 16                                                                           if the flags say so
 *
 *   type | body
 *   -----+-------------------------------------------------------------------------
 *     1  | n × Meta 32                                                  META
 *     2  | key 8 | clock 8 | life 4 | content                           PUSH
 *     3  | clock 8 | life 4                                             STAMP
 *     4  | n × (key 8 | clock 8 | digest 8)                             GETS
 *     5  |                                                              PRUNE
 *     6  | cookie 8                                                     TOKEN
 *     7  | bits 1 | prefix (bits + 7) / 8 | 16 × sum 8                  SUM
 *     8  | bits 1 | prefix (bits + 7) / 8 | n × Meta 32                 LIST
 *     9  | sum 8 | count 4                                              ROOT
 *    10  | n × address                                                  PEERS
 *    11  | key 8 | clock 8 | digest 8 | offset 4 | length 4             CHUNK_GET
 *    12  | key 8 | clock 8 | digest 8 | offset 4 | bytes                CHUNK
 *    13  | port 2 | frame 4 | lease 4 | cluster 8 | none or address     HELLO
 *    14  | n × key 8                                                    ASK
 *    15  | received 8 | mark 4 | echo 4                                 FLOW
 *    16  | address                                                      SEEN
 *    17  | id 4 | what 1 | cursor 8                                     QUERY
 *    18  | id 4 | next cursor 8 | body                                  REPLY
 *    19  | n × key 8                                                    WATCH
 *    20  |                                                              GRAFT
 *    32  | n × address                                                  WARDS
 *    33  | root 4 | round 2 | hops 1, upper bit: is parent              TRUNK
 *    34  | clock 8                                                      WALL
 *
 *   address = family 1 | 4 or 16 bytes | port 2, as in Discover
 * </pre>
 */
final class ExtensionLayout {

    static final int MAGIC = 0xd453_4431;
    static final byte VERSION = 1;
    static final int HEADER_BYTES = 32;
    static final int MAC_BYTES = 16;

    static final int RECORD_HEADER_BYTES = 3;
    /** Offset of a record's length. */
    static final int RECORD_LENGTH_OFFSET = 1;
    /** The most that a record's length can state. */
    static final int MAX_BODY_BYTES = 0xffff;

    static final int TYPE_META = 1;
    static final int TYPE_PUSH = 2;
    static final int TYPE_STAMP = 3;
    static final int TYPE_GETS = 4;
    static final int TYPE_PRUNE = 5;
    static final int TYPE_TOKEN = 6;
    static final int TYPE_SUM = 7;
    static final int TYPE_LIST = 8;
    static final int TYPE_ROOT = 9;
    static final int TYPE_PEERS = 10;
    static final int TYPE_CHUNK_GET = 11;
    static final int TYPE_CHUNK = 12;
    static final int TYPE_HELLO = 13;
    static final int TYPE_ASK = 14;
    static final int TYPE_FLOW = 15;
    static final int TYPE_SEEN = 16;
    static final int TYPE_QUERY = 17;
    static final int TYPE_REPLY = 18;
    static final int TYPE_WATCH = 19;
    static final int TYPE_GRAFT = 20;
    static final int TYPE_WARDS = 32;
    static final int TYPE_TRUNK = 33;
    static final int TYPE_WALL = 34;

    static final int KEY_BYTES = 8;
    static final int VERSION_BYTES = 24;
    static final int SUMS_BYTES = Prefix.CHILDREN * 8;

    // What a body has at least; for most it is all.
    static final int PUSH_BYTES = 20;
    static final int STAMP_BYTES = 12;
    static final int TOKEN_BYTES = 8;
    static final int ROOT_BYTES = 12;
    static final int CHUNK_GET_BYTES = VERSION_BYTES + 8;
    static final int CHUNK_BYTES = VERSION_BYTES + 4;
    static final int HELLO_BYTES = 18;
    static final int FLOW_BYTES = 16;
    static final int QUERY_BYTES = 13;
    static final int REPLY_BYTES = 12;
    static final int TRUNK_BYTES = 7;
    static final int WALL_BYTES = 8;

    /** In the hops of a TRUNK. */
    static final int IS_PARENT = 0x80;

    private ExtensionLayout() {}

    /** Whoever uses a number of our own making for something else is not refused for that: of another length it is not ours. */
    static boolean isKnown(int type, int length) {
        return type >= TYPE_META && type <= TYPE_GRAFT
                || type == TYPE_WARDS
                || type == TYPE_TRUNK
                || type == TYPE_WALL && length == WALL_BYTES;
    }

    /** Bytes of a prefix with its length. */
    static int prefixBytes(Prefix prefix) {
        return 1 + digitBytes(prefix.bits());
    }

    /** Bytes that hold so many bits. */
    static int digitBytes(int bits) {
        return (bits + 7) / 8;
    }

    /** A list that does not change and fits into one record, which begins with so many other bytes. */
    static <T> List<T> listOf(List<T> items, int itemBytes, int otherBytes) {
        requireBody(otherBytes + (long) itemBytes * items.size());
        return List.copyOf(items);
    }

    static void requireBody(long bytes) {
        if (bytes > MAX_BODY_BYTES) {
            throw new IllegalArgumentException("a record has at most " + MAX_BODY_BYTES + " bytes, not " + bytes);
        }
    }
}
