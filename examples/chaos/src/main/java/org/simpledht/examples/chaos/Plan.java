package org.simpledht.examples.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Draws what goes wrong from a seed: kinds like cards, so that each comes up before one comes up again. */
final class Plan {

    static final int ROUND_MILLIS = 25_000;

    private static final int INCIDENTS = 3;
    private static final int SHORTEST_MILLIS = 5_000;
    private static final double FAIR_WEATHER = 0.2;

    private final Random dice;
    private final int nodes;
    private final Deque<Kind> deck = new ArrayDeque<>();

    Plan(long seed, int nodes) {
        dice = new Random(seed);
        this.nodes = nodes;
    }

    /** The next round's, each with a node and a kind of its own: so one node at most is killed in a round. */
    List<Incident> round() {
        List<Integer> targets = new ArrayList<>();
        for (int node = 1; node <= nodes; node++) {
            targets.add(node);
        }
        Collections.shuffle(targets, dice);
        List<Incident> round = new ArrayList<>();
        while (round.size() < INCIDENTS) {
            Kind kind = card();
            if (round.stream().noneMatch(other -> other.kind() == kind)) {
                int at = dice.nextInt(ROUND_MILLIS / 2);
                int most = ROUND_MILLIS - at;
                // Many last until the end, so that the nodes have to find each other after it.
                int length = dice.nextBoolean() ? most : SHORTEST_MILLIS + dice.nextInt(most - SHORTEST_MILLIS);
                round.add(new Incident(kind, targets.get(round.size()), at, length, dice.nextLong()));
            }
        }
        return round;
    }

    private Kind card() {
        if (deck.isEmpty()) {
            List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
            Collections.shuffle(kinds, dice);
            deck.addAll(kinds);
        }
        return deck.poll();
    }

    /** What a node's link is like in the next round, in one direction. */
    Conditions weather() {
        return dice.nextDouble() < FAIR_WEATHER ? Conditions.FAIR : Conditions.drawn(dice);
    }
}
