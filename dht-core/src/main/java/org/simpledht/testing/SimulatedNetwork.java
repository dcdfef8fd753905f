package org.simpledht.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.simpledht.types.NetAddress;

/**
 * A network in virtual time, with all its misfortune from one seed. The nodes in it are real ones: only threads, clocks, dice
 * and sockets are replaced.
 *
 * <pre>{@code
 * SimulatedNetwork network = SimulatedNetwork.ofSeed(42).loss(0.2);
 * Dht a = Dht.start(DhtConfig.defaults(), network.host("a"));
 * Dht b = Dht.start(DhtConfig.builder().seeds("a:4000").build(), network.host("b"));
 * b.awaitPeers(1, Duration.ofSeconds(10));
 * }</pre>
 *
 * <p>Time passes only in {@link #advance} and {@link #advanceUntil}, and in calls of nodes that wait: such a call drives
 * everything until it is done or its deadline has come. The same seed and the same calls give the same run, byte for byte
 * ({@link #digest}). Carries datagrams, under the scheme {@code udp}, and streams, under {@code tcp}; every host has one IPv4
 * address, 10.0.0.1 and so on unless it is given another one; its first node listens at port 4000 unless it asks for another. {@link Seeds} runs a scenario for many seeds.
 *
 * <p>What befalls every frame is set here, what befalls one direction at a {@link #link}, what befalls a machine at a
 * {@link #host}. Names of hosts that were not made yet are refused with an {@link IllegalArgumentException}, except by
 * {@link #host} and {@link #attach}, which make them; so are all values beyond what their method says.
 *
 * <p>A stream keeps the order, and loses and repeats nothing: what the weather takes is sent again after 200 ms, and what waits for a
 * line waits. A link that is cut or clogged in either direction stalls it; after 60 s of that it breaks, as it does when one host
 * has crashed and the other sends. A connection that is being made has the node's {@code frame-timeout}. What its other side has not
 * read counts as output, and is bounded by {@code max-output-bytes}. Replays and eavesdroppers are for datagrams alone.
 *
 * <p>For one thread: nothing here may be called by two at once.
 */
public final class SimulatedNetwork {

    private final long seed;
    private final World world;

    private SimulatedNetwork(long seed) {
        this.seed = seed;
        world = new World(new SplittableRandom(seed));
    }

    /** An empty network in fair weather: nothing is lost or repeated, a frame takes 1 to 5 ms. */
    public static SimulatedNetwork ofSeed(long seed) {
        return new SimulatedNetwork(seed);
    }

    public long seed() {
        return seed;
    }

    // Who takes part

    /**
     * The host of that name, as the runtime of nodes and with a misfortune of its own: made when first asked for. Its name resolves
     * to its address.
     */
    public SimulatedHost host(String name) {
        return world.host(name);
    }

    /**
     * Lets somebody who is not one of ours take part, at port 4000 of a host of that name.
     *
     * @throws IllegalArgumentException if somebody is there already
     */
    public NetAddress attach(String name, SimulatedPeer peer) {
        SimulatedHost host = host(name);
        try {
            NetAddress local = host.ports().bind(Ports.FIRST);
            new AttachedPeer(world.wire(), world.agenda(), host, local, peer);
            return local;
        } catch (IOException e) {
            throw new IllegalArgumentException("host " + name + " is taken; attach a peer to a host of its own", e);
        }
    }

    /** What one host sends to another. */
    public SimulatedLink link(String from, String to) {
        SimulatedHost sender = world.hosts().existing(from);
        SimulatedHost receiver = world.hosts().existing(to);
        return world.linkOf(sender, receiver);
    }

    // What befalls every frame

    /** How likely each frame is lost, from 0 (never, as at the beginning) to 1 (always). */
    public SimulatedNetwork loss(double probability) {
        world.weather().loss(probability);
        return note("loss " + probability);
    }

    /** How likely each frame that is not lost arrives twice, from 0 (never, as at the beginning) to 1 (always). */
    public SimulatedNetwork duplication(double probability) {
        world.weather().duplication(probability);
        return note("duplication " + probability);
    }

    /**
     * How long frames take: each its own time between the two, both included, so that they overtake each other. From zero to 365
     * days, the shortest first; 1 ms and 5 ms at the beginning.
     */
    public SimulatedNetwork delay(Duration shortest, Duration longest) {
        world.weather().delay(shortest, longest);
        return note("delay " + shortest + " to " + longest);
    }

    /**
     * Some frames that set out from now on set out once more: as if somebody had recorded them, or they had got lost in some queue. A
     * replayed frame keeps its source and comes whatever became of the first one, also after {@link #heal}; but not through a link that
     * is cut then.
     *
     * @param fraction which part of the frames, from 0 to 1
     * @param within at most how much later, each at a time of its own; longer than zero, at most 24 hours
     */
    public SimulatedNetwork replay(double fraction, Duration within) {
        world.weather().replay(fraction, within);
        return note("replays " + fraction + " of all frames within " + within);
    }

    /** Ends {@link #replay}; what is still to come does not. */
    public SimulatedNetwork endReplay() {
        world.weather().endReplay();
        return note("replays end");
    }

    /** How fast each host sends that has no {@link SimulatedHost#bandwidth} of its own, which has the same arguments. */
    public SimulatedNetwork bandwidth(long bytesPerSecond, int queueBytes) {
        Line.Bandwidth bandwidth = new Line.Bandwidth(bytesPerSecond, queueBytes);
        world.wire().bandwidth(bandwidth);
        return note("each host sends " + bandwidth);
    }

    /** How fast all hosts send together, as over one radio channel, after their own lines. The arguments are those of {@link #bandwidth}. */
    public SimulatedNetwork sharedBandwidth(long bytesPerSecond, int queueBytes) {
        Line.Bandwidth bandwidth = new Line.Bandwidth(bytesPerSecond, queueBytes);
        world.wire().sharedBandwidth(bandwidth);
        return note("all hosts together send " + bandwidth);
    }

    // Cuts, and their end

    /** The same as {@link SimulatedLink#cut}: nothing that one host sends reaches the other, until {@link #heal}. */
    public SimulatedNetwork cut(String from, String to) {
        link(from, to).cut();
        return this;
    }

    /** Nothing passes between these hosts and all others that there are by now, until {@link #heal}. */
    public SimulatedNetwork partition(Collection<String> side) {
        world.part(side);
        return this;
    }

    /**
     * Heals every {@link #link}: ends cuts, partitions, clogs, and loss and delay of single directions; what clogged links held sets
     * out. Nothing else ends: neither what befalls every frame, replays included, nor what befalls a host.
     */
    public SimulatedNetwork heal() {
        world.heal();
        return this;
    }

    /** {@link #heal}, and the end of what befalls every frame: all is as at the beginning, save what befalls hosts. */
    public SimulatedNetwork fairWeather() {
        world.weather().fair();
        world.wire().bandwidth(null);
        world.wire().sharedBandwidth(null);
        note("fair weather");
        return heal();
    }

    // What befalls a host, by its name

    /** The same as {@link SimulatedHost#pause}. */
    public SimulatedNetwork pause(String host) {
        world.hosts().existing(host).pause();
        return this;
    }

    /** The same as {@link SimulatedHost#resume}. */
    public SimulatedNetwork resume(String host) {
        world.hosts().existing(host).resume();
        return this;
    }

    /** The same as {@link SimulatedHost#crash}. */
    public SimulatedNetwork crash(String host) {
        world.hosts().existing(host).crash();
        return this;
    }

    /** The same as {@link SimulatedHost#stepClock}. */
    public SimulatedNetwork stepClock(String host, Duration step) {
        world.hosts().existing(host).stepClock(step);
        return this;
    }

    // Time

    /** Virtual time since the beginning. */
    public Duration elapsed() {
        return Duration.ofNanos(world.agenda().nowNanos());
    }

    /** Lets time pass, at most 365 days at once. */
    public SimulatedNetwork advance(Duration time) {
        advanceUntil(() -> false, time);
        return this;
    }

    /**
     * Lets time pass until something holds. It is asked after every event, so the answer should be cheap.
     *
     * @param limit at most 365 days
     * @return false if it does not within the limit
     */
    public boolean advanceUntil(BooleanSupplier done, Duration limit) {
        return world.clockwork().advanceUntil(done, Require.nanos("limit", limit));
    }

    /** Has something happen later, be it in the midst of a call that waits then. From zero to 365 days. */
    public SimulatedNetwork after(Duration delay, Runnable plan) {
        world.clockwork().plan(Require.nanos("delay", delay), plan);
        return this;
    }

    // What has happened

    /** Of every frame's bytes and moments: the same for the same run. */
    public long digest() {
        return world.trace().digest();
    }

    /**
     * How many frames met which fate: {@code sent}, {@code received} (read by whom it was sent to), {@code lost}, {@code line full} (see
     * {@link #bandwidth}), {@code held} and {@code clogged} (see {@link SimulatedLink#clog(int)}), {@code cut off}, {@code nobody}
     * (listens there), {@code buffer full} (see {@link SimulatedHost#receiveBuffer}), {@code replayed}.
     */
    public SortedMap<String, Long> frames() {
        return world.trace().counts();
    }

    /** For the message of a failed test: the seed, the hosts, what was done, and the last frames. */
    public String story() {
        return "seed " + seed + "; " + world.hosts() + "\n" + world.trace().tail(elapsed());
    }

    // For those who look into it

    Agenda agenda() {
        return world.agenda();
    }

    Wire wire() {
        return world.wire();
    }

    SimulatedNetwork note(String what) {
        world.note(what);
        return this;
    }
}
