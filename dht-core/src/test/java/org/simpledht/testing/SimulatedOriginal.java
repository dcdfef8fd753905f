package org.simpledht.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.simpledht.testkit.Datagram;
import org.simpledht.testkit.OriginalNode;
import org.simpledht.types.NetAddress;

/**
 * An original of 2017 in a simulated network, as fragile as it is. It wakes up to 2 ms after something has arrived, so that what came
 * meanwhile shares the wake-up, as it does on a busy machine.
 */
public final class SimulatedOriginal implements SimulatedPeer {

    private static final long TICK_NANOS = 1_000_000_000L;
    private static final long LONGEST_STALL_NANOS = 2_000_000L;

    private final OriginalNode node;
    private final SplittableRandom dice;
    private final List<Datagram> unread = new ArrayList<>();
    private boolean waking;
    private long nextTickNanos;
    private long alarmNanos = -1;

    public SimulatedOriginal(SplittableRandom dice) {
        this(dice, OriginalNode.Family.V4_ONLY);
    }

    public SimulatedOriginal(SplittableRandom dice, OriginalNode.Family family) {
        this.dice = dice;
        node = new OriginalNode(family);
        nextTickNanos = dice.nextLong(TICK_NANOS);
    }

    /** What it holds, and whether it lives. */
    public OriginalNode node() {
        return node;
    }

    @Override
    public void receive(NetAddress from, byte[] frame, Line line) {
        unread.add(Datagram.of(from, frame));
        if (!waking) {
            waking = true;
            line.wakeIn(dice.nextLong(LONGEST_STALL_NANOS + 1));
        }
    }

    @Override
    public void wake(Line line) {
        waking = false;
        boolean tick = line.nowNanos() >= nextTickNanos;
        if (tick) {
            nextTickNanos += TICK_NANOS;
        }
        // Once for each tick: who wakes for what a tick has read meanwhile must not begin a second row of ticks.
        if (alarmNanos != nextTickNanos) {
            alarmNanos = nextTickNanos;
            line.wakeIn(nextTickNanos - line.nowNanos());
        }
        List<Datagram> received = List.copyOf(unread);
        unread.clear();
        for (Datagram answer : node.wakeUp(line.nowNanos(), received, tick)) {
            line.send(answer.remote(), answer.bytes().toBytes());
        }
    }
}
