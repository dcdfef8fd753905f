package org.simpledht.examples.chaos;

/** Who is where. Nodes count from 1. */
final class Addresses {

    static final int PORT = 4000;

    /** Where a relay takes streams of other relays. */
    static final int STREAM_PORT = 4001;

    private Addresses() {}

    /** A node's, by which all others know it. */
    static String ofNode(int node) {
        return "10.77.0." + node;
    }

    /** Its relay's, if there are relays, where other relays reach it. */
    static String ofRelay(int node) {
        return "10.78.0." + node;
    }

    /** Whose it is, by its last number. */
    static int node(byte[] address) {
        return address[address.length - 1];
    }
}
