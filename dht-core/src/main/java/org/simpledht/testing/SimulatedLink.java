package org.simpledht.testing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One direction between two hosts of a {@link SimulatedNetwork}: what one sends to the other, not the way back. What is set here
 * comes before what is set for the whole network. Every method returns the link, so that calls chain:
 *
 * <pre>{@code network.link("a", "b").loss(0.5).delay(Duration.ofMillis(200), Duration.ofMillis(300));}</pre>
 */
public final class SimulatedLink {

    /** As a socket's buffer of 212,992 bytes holds, if they are small. */
    private static final int HELD_FRAMES = 256;

    private static final int MOST_HELD_FRAMES = 1 << 20;

    private final World world;
    private final String name;
    private final Queue<Flight> held = new ArrayDeque<>();
    private double loss = -1;
    private long shortestNanos = -1;
    private long longestNanos;
    private int maxHeld = -1;
    private boolean cut;

    SimulatedLink(World world, SimulatedHost from, SimulatedHost to) {
        this.world = world;
        this.name = from.name() + " -> " + to.name();
    }

    /**
     * How likely each frame of this direction is lost, instead of {@link SimulatedNetwork#loss}.
     *
     * @param probability from 0 (never) to 1 (always)
     * @throws IllegalArgumentException if it is none
     */
    public SimulatedLink loss(double probability) {
        loss = Require.probability("loss", probability);
        return note("loss " + probability);
    }

    /**
     * How long frames of this direction take, instead of {@link SimulatedNetwork#delay}: each its own time between the two, both
     * included.
     *
     * @param shortest from zero to 365 days
     * @param longest no shorter than that, and at most 365 days
     * @throws IllegalArgumentException if one of them is anything else
     */
    public SimulatedLink delay(Duration shortest, Duration longest) {
        long least = Require.nanos("the shortest delay", shortest);
        longestNanos = Weather.longestDelay(shortest, longest);
        shortestNanos = least;
        return note("delay " + shortest + " to " + longest);
    }

    /** Nothing arrives: a frame that would is lost, also one that set out before. */
    public SimulatedLink cut() {
        cut = true;
        return note("cut");
    }

    /** The same as {@link #clog(int)} with room for 256 frames. */
    public SimulatedLink clog() {
        return clog(HELD_FRAMES);
    }

    /**
     * What sets out from now on is held until {@link #unclog} or {@link #heal}, as in a router that waits for its next hop. What
     * is on its way already arrives.
     *
     * @param maxFrames how many are held, from 0 to 1,048,576; each further one is lost
     * @throws IllegalArgumentException if it is anything else
     */
    public SimulatedLink clog(int maxFrames) {
        maxHeld = (int) Require.within("maxFrames", maxFrames, 0, MOST_HELD_FRAMES);
        return note("clogged, holds " + maxFrames);
    }

    /** What was held goes on in the order in which it came, each frame with the delay of this moment. */
    public SimulatedLink unclog() {
        maxHeld = -1;
        note("unclogged, lets go " + held.size());
        // By count: none of these can come back, but that need not be believed here.
        for (int i = held.size(); i > 0; i--) {
            world.wire().fly(held.remove(), this, 0);
        }
        return this;
    }

    /** Ends everything that was set here, and lets go what was held. Afterwards the link is as all others are. */
    public SimulatedLink heal() {
        loss = -1;
        shortestNanos = -1;
        cut = false;
        return unclog();
    }

    private SimulatedLink note(String what) {
        world.note(name + " " + what);
        return this;
    }

    // For the wire

    /** Cut, as part of what was told of more than this link. */
    void part() {
        cut = true;
    }

    double lossOr(double general) {
        return loss < 0 ? general : loss;
    }

    boolean hasDelay() {
        return shortestNanos >= 0;
    }

    long shortestNanos() {
        return shortestNanos;
    }

    long longestNanos() {
        return longestNanos;
    }

    boolean isCut() {
        return cut;
    }

    boolean isClogged() {
        return maxHeld >= 0;
    }

    /** Returns false if too many are held already. */
    boolean hold(Flight flight) {
        return held.size() < maxHeld && held.add(flight);
    }
}
