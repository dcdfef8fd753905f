package org.simpledht.examples.scale.model;

import java.util.Arrays;

/** What the links of all living nodes make together: of how many parts it is, and how many links each node has. */
record Shape(int living, int parts, int outside, int least, double average, int most, int belowSix, int[] degrees) {

    private static final int ENOUGH = 6;
    private static final int MOST_LINKS = 64;

    boolean isOne() {
        return parts <= 1;
    }

    /** Whether every node has at least six neighbours, or all others if these are fewer. */
    boolean isFull() {
        return belowSix == 0;
    }

    /** Which part of the living has so many links. */
    double share(int links) {
        return links < degrees.length ? (double) degrees[links] / Math.max(1, living) : 0;
    }

    static Shape of(World world) {
        Links links = world.links;
        int[] roots = new int[world.nodes];
        Arrays.setAll(roots, node -> node);
        int living = 0;
        int least = Integer.MAX_VALUE;
        int most = 0;
        int below = 0;
        long all = 0;
        int[] degrees = new int[MOST_LINKS + 1];
        int enough = Math.min(ENOUGH, world.living() - 1);
        for (int node = 0; node < world.nodes; node++) {
            if (!world.alive[node]) {
                continue;
            }
            living++;
            int degree = 0;
            for (int at = links.first(node); at < links.end(node); at++) {
                if (links.isOn(at) && world.alive[links.peer(at)] && links.isMutual(node, at)) {
                    degree++;
                    roots[rootOf(roots, node)] = rootOf(roots, links.peer(at));
                }
            }
            least = Math.min(least, degree);
            most = Math.max(most, degree);
            all += degree;
            degrees[Math.min(degree, MOST_LINKS)]++;
            below += degree < enough ? 1 : 0;
        }
        int[] sizes = new int[world.nodes];
        int parts = 0;
        int largest = 0;
        for (int node = 0; node < world.nodes; node++) {
            if (world.alive[node]) {
                int root = rootOf(roots, node);
                parts += sizes[root]++ == 0 ? 1 : 0;
                largest = Math.max(largest, sizes[root]);
            }
        }
        return new Shape(
                living, parts, living - largest, least, (double) all / Math.max(1, living), most, below, degrees);
    }

    private static int rootOf(int[] roots, int node) {
        int at = node;
        while (roots[at] != at) {
            roots[at] = roots[roots[at]];
            at = roots[at];
        }
        return at;
    }
}
