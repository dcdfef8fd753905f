package org.simpledht.examples.scale.model;

/** Bytes of frames over UDP and IPv4, as docs/PROTOCOL.md has them. */
final class Sizes {

    private static final int IP_AND_UDP = 28;
    private static final int CARRIER = 1;
    private static final int HEADER = 32;
    private static final int RECORD = 3;
    private static final int ADDRESS = 7;

    /** A KeepAlive with a header, and nothing behind that. */
    static final int FRAME = IP_AND_UDP + CARRIER + HEADER;

    static final int HELLO = RECORD + 18;
    static final int TOKEN = RECORD + 8;
    static final int ROOT = RECORD + 12;
    static final int FLOW = RECORD + 16;
    static final int PRUNE = FRAME + RECORD;
    static final int GETS = FRAME + RECORD + 24;
    static final int META = 32;
    static final int METAS = FRAME + RECORD;
    static final int NEIGHBOUR = FRAME + ROOT;
    static final int REQUEST = FRAME + HELLO + TOKEN;

    /** As many fit into one frame. */
    static final int METAS_AT_ONCE = 33;

    private Sizes() {}

    static int peers(int addresses) {
        return RECORD + ADDRESS * addresses;
    }

    static int push(int content) {
        return FRAME + RECORD + 20 + content;
    }
}
