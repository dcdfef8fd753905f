package org.simpledht.examples.scale.core;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.simpledht.PeerInfo;
import org.simpledht.types.NetAddress;

/** Who knows whom among the living, as far as both know each other. */
final class Web {

    private static final int ENOUGH = 6;

    private final int[][] links;
    private final int living;

    private Web(int[][] links) {
        this.links = links;
        living = (int) Arrays.stream(links).filter(of -> of != null).count();
    }

    static Web of(Crowd crowd) {
        Map<NetAddress, Integer> indexes = new HashMap<>();
        for (int i = 0; i < crowd.size(); i++) {
            if (crowd.lives(i)) {
                indexes.put(crowd.address(i), i);
            }
        }
        int[][] known = new int[crowd.size()][];
        for (int i = 0; i < known.length; i++) {
            if (crowd.lives(i)) {
                known[i] = crowd.node(i).peers().stream()
                        .map(PeerInfo::endpoint)
                        .map(endpoint -> indexes.get(endpoint.address()))
                        .filter(index -> index != null)
                        .mapToInt(Integer::intValue)
                        .toArray();
            }
        }
        int[][] links = new int[known.length][];
        for (int i = 0; i < known.length; i++) {
            int self = i;
            links[i] = known[i] == null
                    ? null
                    : Arrays.stream(known[i])
                            .filter(other -> Arrays.stream(known[other]).anyMatch(back -> back == self))
                            .toArray();
        }
        return new Web(links);
    }

    int degree(int node) {
        return links[node].length;
    }

    /** How many of the living have so many links, by that number. */
    int[] degrees() {
        int[] degrees = new int[64];
        for (int[] of : links) {
            if (of != null) {
                degrees[Math.min(of.length, degrees.length - 1)]++;
            }
        }
        return degrees;
    }

    /** Whether each has six, or all others if these are fewer. */
    boolean isFull() {
        int enough = Math.min(ENOUGH, living - 1);
        return Arrays.stream(links).allMatch(of -> of == null || of.length >= enough);
    }

    int living() {
        return living;
    }

    boolean isOne() {
        return parts() <= 1;
    }

    int parts() {
        int parts = 0;
        boolean[] reached = new boolean[links.length];
        for (int i = 0; i < links.length; i++) {
            if (links[i] != null && !reached[i]) {
                parts++;
                int[] distances = distances(i);
                for (int j = 0; j < distances.length; j++) {
                    reached[j] |= distances[j] >= 0;
                }
            }
        }
        return parts;
    }

    /** How many links lie between two of them, from some random ones to all: on the average, and at most. */
    Paths paths(int from) {
        SplittableRandom dice = new SplittableRandom(links.length);
        long sum = 0;
        long count = 0;
        int longest = 0;
        for (int i = 0; i < from; i++) {
            int root = dice.nextInt(links.length);
            if (links[root] == null) {
                continue;
            }
            for (int distance : distances(root)) {
                if (distance > 0) {
                    sum += distance;
                    count++;
                    longest = Math.max(longest, distance);
                }
            }
        }
        return new Paths(count == 0 ? 0 : (double) sum / count, longest);
    }

    record Paths(double average, int longest) {}

    private int[] distances(int root) {
        int[] distances = new int[links.length];
        Arrays.fill(distances, -1);
        int[] queue = new int[links.length];
        int tail = 0;
        queue[tail++] = root;
        distances[root] = 0;
        for (int head = 0; head < tail; head++) {
            for (int peer : links[queue[head]]) {
                if (distances[peer] < 0) {
                    distances[peer] = distances[queue[head]] + 1;
                    queue[tail++] = peer;
                }
            }
        }
        return distances;
    }
}
