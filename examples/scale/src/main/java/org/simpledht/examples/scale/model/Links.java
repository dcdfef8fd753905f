package org.simpledht.examples.scale.model;

/** The links of each node, in the order in which they began, and its open requests among them. */
final class Links {

    /** Both sides have said NEIGHBOUR, as far as this one knows. */
    static final byte ON = 1;
    /** This side began it. */
    static final byte MINE = 2;
    /** It is to replace another link. */
    static final byte REWIRES = 4;
    /** Asked a second time. */
    static final byte AGAIN = 8;

    private final int places;
    private final int[] peers;
    private final int[] heardMillis;
    private final byte[] states;
    private final byte[] sizes;

    Links(int nodes, int places) {
        this.places = places;
        peers = new int[Math.multiplyExact(nodes, places)];
        heardMillis = new int[nodes * places];
        states = new byte[nodes * places];
        sizes = new byte[nodes];
    }

    int first(int node) {
        return node * places;
    }

    /** One beyond the last. */
    int end(int node) {
        return node * places + sizes[node];
    }

    boolean isFull(int node) {
        return sizes[node] == places;
    }

    /** Where the link to that peer is, or -1. */
    int find(int node, int peer) {
        int end = end(node);
        for (int at = first(node); at < end; at++) {
            if (peers[at] == peer) {
                return at;
            }
        }
        return -1;
    }

    int add(int node, int peer, int state, int nowMillis) {
        int at = end(node);
        sizes[node]++;
        peers[at] = peer;
        states[at] = (byte) state;
        heardMillis[at] = nowMillis;
        return at;
    }

    /** Those behind it move up. */
    void remove(int node, int at) {
        int last = end(node) - 1;
        for (int i = at; i < last; i++) {
            peers[i] = peers[i + 1];
            states[i] = states[i + 1];
            heardMillis[i] = heardMillis[i + 1];
        }
        sizes[node]--;
    }

    int peer(int at) {
        return peers[at];
    }

    boolean isOn(int at) {
        return (states[at] & ON) != 0;
    }

    boolean is(int at, int state) {
        return (states[at] & state) != 0;
    }

    /** Turned on it is younger than all that are on already. */
    int turnOn(int node, int at, int nowMillis) {
        int peer = peers[at];
        int state = states[at] & MINE | ON;
        remove(node, at);
        return add(node, peer, state, nowMillis);
    }

    void mark(int at, int state) {
        states[at] |= (byte) state;
    }

    int heardMillis(int at) {
        return heardMillis[at];
    }

    void heard(int at, int nowMillis) {
        heardMillis[at] = nowMillis;
    }

    /** How many are on and were heard of since then, of those that have any of the states, or of all. */
    int count(int node, int state, int sinceMillis) {
        int count = 0;
        int end = end(node);
        for (int at = first(node); at < end; at++) {
            if (isOn(at) && heardMillis[at] >= sinceMillis && (state == 0 || (states[at] & state) != 0)) {
                count++;
            }
        }
        return count;
    }

    /** Whether both ends think that it is on. */
    boolean isMutual(int node, int at) {
        int back = find(peers[at], node);
        return isOn(at) && back >= 0 && isOn(back);
    }
}
