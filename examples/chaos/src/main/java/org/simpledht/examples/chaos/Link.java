package org.simpledht.examples.chaos;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One direction of a node's link: what becomes of a packet. From any thread. */
final class Link {

    private final Random dice;
    private final boolean damages;
    private Conditions conditions = Conditions.FAIR;

    Link(long seed, boolean damages) {
        dice = new Random(seed);
        this.damages = damages;
    }

    synchronized void set(Conditions conditions) {
        this.conditions = conditions;
    }

    /** How often it arrives. */
    synchronized int copies() {
        boolean lost = dice.nextDouble() < conditions.loss() || !damages && dice.nextDouble() < conditions.corruption();
        return lost ? 0 : dice.nextDouble() < conditions.duplication() ? 2 : 1;
    }

    /** Damages it, perhaps, where it is. */
    synchronized void touch(byte[] packet, int length) {
        if (damages && length > 0 && dice.nextDouble() < conditions.corruption()) {
            for (int flips = 1 + dice.nextInt(3); flips > 0; flips--) {
                packet[dice.nextInt(length)] ^= (byte) (1 << dice.nextInt(Byte.SIZE));
            }
        }
    }

    /** How long it takes, another one each time. */
    synchronized long delayNanos() {
        return TimeUnit.MILLISECONDS.toNanos(conditions.delayMillis()
                + (conditions.jitterMillis() == 0 ? 0 : dice.nextInt(conditions.jitterMillis())));
    }
}
