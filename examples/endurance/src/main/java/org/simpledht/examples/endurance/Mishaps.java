package org.simpledht.examples.endurance;

import java.util.List;
import java.util.SplittableRandom;
import org.simpledht.testing.SimulatedNetwork;

/**
 * One node an hour closes or crashes and starts again with nothing, and in every third hour one is cut off from all others for up to three
 * minutes. One after the other: what only one node holds is never lost, so what must be there is certain.
 */
final class Mishaps {

    private static final int STEPS_PER_HOUR = 360;
    private static final int EARLIEST_RESTART = 12;
    private static final int LATEST_RESTART = 300;
    private static final int LONGEST_ABSENCE = 6;
    private static final int CUT = 315;
    private static final int LONGEST_CUT = 18;
    private static final int HOURS_PER_CUT = 3;

    /** So long nothing is written where something is to restart. */
    private static final int SPARED = 3;

    private final SimulatedNetwork network;
    private final VirtualNodes nodes;
    private final Author author;
    private final SplittableRandom dice;
    private int victim;
    private int restart;
    private int back;
    private int mended;

    Mishaps(SimulatedNetwork network, VirtualNodes nodes, Author author, long seed) {
        this.network = network;
        this.nodes = nodes;
        this.author = author;
        dice = new SplittableRandom(seed + 2);
    }

    /** Before each step of the {@link Author}, whose number it is. */
    void step(long number) {
        int ofHour = (int) (number % STEPS_PER_HOUR);
        if (ofHour == 0) {
            victim = dice.nextInt(VirtualNodes.COUNT);
            restart = dice.nextInt(EARLIEST_RESTART, LATEST_RESTART);
            back = restart + dice.nextInt(1, LONGEST_ABSENCE + 1);
            mended = CUT + dice.nextInt(1, LONGEST_CUT + 1);
        }
        if (ofHour == restart - SPARED) {
            author.spare(victim);
        } else if (ofHour == restart) {
            nodes.stop(victim, dice.nextBoolean());
        } else if (ofHour == back) {
            comeBack();
        } else if (ofHour == CUT && number / STEPS_PER_HOUR % HOURS_PER_CUT == 0) {
            network.partition(List.of(VirtualNodes.name(dice.nextInt(VirtualNodes.COUNT))));
        } else if (ofHour == mended) {
            network.heal();
        }
    }

    /** All are there again, and nobody is cut off. */
    void end() {
        network.heal();
        if (!nodes.isThere(victim)) {
            comeBack();
        }
    }

    private void comeBack() {
        nodes.start(victim);
        author.spare(-1);
        author.putAgain(victim);
    }
}
