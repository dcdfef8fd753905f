package org.simpledht.examples.scale.model;

import java.util.Arrays;

/** The links as they are, for news to go over: each has two ends, and each end belongs to a node. */
final class Overlay {

    private final int[] starts;
    private final int[] peers;
    private final int[] backs;
    private final boolean[] eager;
    private final boolean[] ofTree;
    private final int[] hops;
    private final byte[] duplicates;

    /** Living nodes only; they are numbered anew. */
    Overlay(World world) {
        int[] numbers = new int[world.nodes];
        int living = 0;
        for (int node = 0; node < world.nodes; node++) {
            numbers[node] = world.alive[node] ? living++ : -1;
        }
        starts = new int[living + 1];
        int ends = count(world, numbers);
        peers = new int[ends];
        backs = new int[ends];
        eager = new boolean[ends];
        Arrays.fill(eager, true);
        ofTree = new boolean[ends];
        hops = new int[living];
        duplicates = new byte[ends];
        connect(world, numbers);
    }

    private int count(World world, int[] numbers) {
        int ends = 0;
        for (int node = 0; node < world.nodes; node++) {
            if (world.alive[node]) {
                starts[numbers[node]] = ends;
                for (int at = world.links.first(node); at < world.links.end(node); at++) {
                    ends += isShared(world, node, at) ? 1 : 0;
                }
                starts[numbers[node] + 1] = ends;
            }
        }
        return ends;
    }

    private void connect(World world, int[] numbers) {
        for (int node = 0; node < world.nodes; node++) {
            int end = world.alive[node] ? starts[numbers[node]] : 0;
            for (int at = world.links.first(node); world.alive[node] && at < world.links.end(node); at++) {
                if (isShared(world, node, at)) {
                    peers[end++] = numbers[world.links.peer(at)];
                }
            }
        }
        for (int node = 0; node < nodes(); node++) {
            for (int end = starts[node]; end < starts[node + 1]; end++) {
                backs[end] = endAt(peers[end], node);
            }
        }
    }

    private int endAt(int node, int peer) {
        for (int end = starts[node]; end < starts[node + 1]; end++) {
            if (peers[end] == peer) {
                return end;
            }
        }
        throw new IllegalStateException("a link with one end");
    }

    private static boolean isShared(World world, int node, int at) {
        return world.links.isOn(at) && world.alive[world.links.peer(at)] && world.links.isMutual(node, at);
    }

    int nodes() {
        return starts.length - 1;
    }

    int ends() {
        return peers.length;
    }

    int first(int node) {
        return starts[node];
    }

    /** One beyond the last. */
    int last(int node) {
        return starts[node + 1];
    }

    int peer(int end) {
        return peers[end];
    }

    /** The other end of that link. */
    int back(int end) {
        return backs[end];
    }

    /** Everyone hangs from a neighbour that is nearer to that node, and these links are eager, all others lazy. */
    void growTree(int root) {
        Arrays.fill(ofTree, false);
        boolean[] reached = new boolean[nodes()];
        int[] queue = new int[nodes()];
        int tail = 0;
        queue[tail++] = root;
        reached[root] = true;
        hops[root] = 0;
        for (int at = 0; at < tail; at++) {
            for (int end = first(queue[at]); end < last(queue[at]); end++) {
                if (!reached[peers[end]]) {
                    reached[peers[end]] = true;
                    queue[tail++] = peers[end];
                    hops[peers[end]] = hops[queue[at]] + 1;
                    ofTree[end] = true;
                    ofTree[backs[end]] = true;
                }
            }
        }
        System.arraycopy(ofTree, 0, eager, 0, eager.length);
    }

    /** How far the root is; 0 without a tree. */
    int hops(int node) {
        return hops[node];
    }

    boolean isOfTree(int end) {
        return ofTree[end];
    }

    boolean isEager(int end) {
        return eager[end];
    }

    void graft(int end) {
        eager[end] = true;
        duplicates[end] = 0;
    }

    void prune(int end) {
        eager[end] = false;
        duplicates[end] = 0;
    }

    void wasNews(int end) {
        duplicates[end] = 0;
    }

    /** Returns how many there were in a row, at most a hundred. */
    int wasDuplicate(int end) {
        duplicates[end] = (byte) Math.min(100, duplicates[end] + 1);
        return duplicates[end];
    }

    /** Two links at random end, and their four nodes are linked the other way round. */
    void rewire(Dice dice, boolean isEager) {
        int one = dice.below(ends());
        int other = dice.below(ends());
        int oneBack = backs[one];
        int otherBack = backs[other];
        int a = peers[oneBack];
        int b = peers[one];
        int c = peers[otherBack];
        int d = peers[other];
        if (a == c || a == d || b == c || b == d) {
            return;
        }
        connect(one, otherBack, a, d, isEager);
        connect(other, oneBack, c, b, isEager);
    }

    private void connect(int one, int other, int node, int peer, boolean isEager) {
        peers[one] = peer;
        peers[other] = node;
        backs[one] = other;
        backs[other] = one;
        for (int end : new int[] {one, other}) {
            eager[end] = isEager;
            duplicates[end] = 0;
        }
    }

    /** Eager ends per node. */
    double eagerness() {
        int count = 0;
        for (boolean is : eager) {
            count += is ? 1 : 0;
        }
        return (double) count / nodes();
    }
}
