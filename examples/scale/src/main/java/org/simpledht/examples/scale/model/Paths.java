package org.simpledht.examples.scale.model;

import java.util.Arrays;

/** How many links lie between a node and the others. */
record Paths(double average, int longest) {

    /** From some random living nodes to all others that can be reached. */
    static Paths sample(World world, int from) {
        long sum = 0;
        long count = 0;
        int longest = 0;
        Dice dice = new Dice(world.nodes);
        int[] distances = new int[world.nodes];
        int[] queue = new int[world.nodes];
        for (int i = 0; i < from; i++) {
            Arrays.fill(distances, -1);
            int root = dice.below(world.nodes);
            if (!world.alive[root]) {
                continue;
            }
            int tail = 0;
            queue[tail++] = root;
            distances[root] = 0;
            for (int head = 0; head < tail; head++) {
                int node = queue[head];
                for (int at = world.links.first(node); at < world.links.end(node); at++) {
                    int peer = world.links.peer(at);
                    if (world.links.isOn(at) && world.alive[peer] && distances[peer] < 0) {
                        distances[peer] = distances[node] + 1;
                        queue[tail++] = peer;
                        sum += distances[peer];
                        count++;
                        longest = Math.max(longest, distances[peer]);
                    }
                }
            }
        }
        return new Paths(count == 0 ? 0 : (double) sum / count, longest);
    }
}
