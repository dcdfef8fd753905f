package org.simpledht.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
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

    private static final int MOST_NAMES = 20;

    private final long seed;
    private final SplittableRandom dice;
    private final Weather weather;
    private final Agenda agenda = new Agenda();
    private final Trace trace = new Trace();
    private final Hosts hosts = new Hosts();
    private final Partitions partitions = new Partitions();
    private final Clockwork clockwork = new Clockwork(agenda);
    private final Wire wire;

    private SimulatedNetwork(long seed) {
        this.seed = seed;
        dice = new SplittableRandom(seed);
        weather = new Weather(dice.split());
        wire = new Wire(agenda, trace, weather, hosts);
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
        return hosts.named(name, (n, address) -> new SimulatedHost(this, n, address, dice.split()));
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
            new AttachedPeer(wire, agenda, host, local, peer);
            return local;
        } catch (IOException e) {
            throw new IllegalArgumentException("host " + name + " is taken; attach a peer to a host of its own", e);
        }
    }

    /** What one host sends to another. */
    public SimulatedLink link(String from, String to) {
        SimulatedHost sender = hosts.existing(from);
        SimulatedHost receiver = hosts.existing(to);
        return linkOf(sender, receiver);
    }

    // What befalls every frame

    /** How likely each frame is lost, from 0 (never, as at the beginning) to 1 (always). */
    public SimulatedNetwork loss(double probability) {
        weather.loss(probability);
        return note("loss " + probability);
    }

    /** How likely each frame that is not lost arrives twice, from 0 (never, as at the beginning) to 1 (always). */
    public SimulatedNetwork duplication(double probability) {
        weather.duplication(probability);
        return note("duplication " + probability);
    }

    /**
     * How long frames take: each its own time between the two, both included, so that they overtake each other. From zero to 365
     * days, the shortest first; 1 ms and 5 ms at the beginning.
     */
    public SimulatedNetwork delay(Duration shortest, Duration longest) {
        weather.delay(shortest, longest);
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
        weather.replay(fraction, within);
        return note("replays " + fraction + " of all frames within " + within);
    }

    /** Ends {@link #replay}; what is still to come does not. */
    public SimulatedNetwork endReplay() {
        weather.endReplay();
        return note("replays end");
    }

    /** How fast each host sends that has no {@link SimulatedHost#bandwidth} of its own, which has the same arguments. */
    public SimulatedNetwork bandwidth(long bytesPerSecond, int queueBytes) {
        Line.Bandwidth bandwidth = new Line.Bandwidth(bytesPerSecond, queueBytes);
        wire.bandwidth(bandwidth);
        return note("each host sends " + bandwidth);
    }

    /** How fast all hosts send together, as over one radio channel, after their own lines. The arguments are those of {@link #bandwidth}. */
    public SimulatedNetwork sharedBandwidth(long bytesPerSecond, int queueBytes) {
        Line.Bandwidth bandwidth = new Line.Bandwidth(bytesPerSecond, queueBytes);
        wire.sharedBandwidth(bandwidth);
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
        Set<SimulatedHost> here = new LinkedHashSet<>();
        side.forEach(name -> here.add(hosts.existing(name)));
        Set<SimulatedHost> there = new LinkedHashSet<>(hosts.all());
        there.removeAll(here);
        partitions.add(here, there);
        // Those that have been made know of themselves whether they are cut, so that one of them can be healed alone.
        for (SimulatedHost host : hosts.all()) {
            host.links().forEach((other, link) -> {
                if (here.contains(host) != here.contains(other)) {
                    link.part();
                }
            });
        }
        return note("parted from all others: " + names(here));
    }

    private static String names(Set<SimulatedHost> some) {
        String names = some.stream().limit(MOST_NAMES).map(SimulatedHost::name).collect(Collectors.joining(", "));
        return some.size() <= MOST_NAMES ? names : names + " and " + (some.size() - MOST_NAMES) + " more";
    }

    /**
     * Heals every {@link #link}: ends cuts, partitions, clogs, and loss and delay of single directions; what clogged links held sets
     * out. Nothing else ends: neither what befalls every frame, replays included, nor what befalls a host.
     */
    public SimulatedNetwork heal() {
        note("heal");
        partitions.clear();
        hosts.all().forEach(host -> host.links().values().forEach(SimulatedLink::heal));
        return this;
    }

    /** {@link #heal}, and the end of what befalls every frame: all is as at the beginning, save what befalls hosts. */
    public SimulatedNetwork fairWeather() {
        weather.fair();
        wire.bandwidth(null);
        wire.sharedBandwidth(null);
        note("fair weather");
        return heal();
    }

    // What befalls a host, by its name

    /** The same as {@link SimulatedHost#pause}. */
    public SimulatedNetwork pause(String host) {
        hosts.existing(host).pause();
        return this;
    }

    /** The same as {@link SimulatedHost#resume}. */
    public SimulatedNetwork resume(String host) {
        hosts.existing(host).resume();
        return this;
    }

    /** The same as {@link SimulatedHost#crash}. */
    public SimulatedNetwork crash(String host) {
        hosts.existing(host).crash();
        return this;
    }

    /** The same as {@link SimulatedHost#stepClock}. */
    public SimulatedNetwork stepClock(String host, Duration step) {
        hosts.existing(host).stepClock(step);
        return this;
    }

    // Time

    /** Virtual time since the beginning. */
    public Duration elapsed() {
        return Duration.ofNanos(agenda.nowNanos());
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
        return clockwork.advanceUntil(done, Require.nanos("limit", limit));
    }

    /** Has something happen later, be it in the midst of a call that waits then. From zero to 365 days. */
    public SimulatedNetwork after(Duration delay, Runnable plan) {
        clockwork.plan(Require.nanos("delay", delay), plan);
        return this;
    }

    // What has happened

    /** Of every frame's bytes and moments: the same for the same run. */
    public long digest() {
        return trace.digest();
    }

    /**
     * How many frames met which fate: {@code sent}, {@code received} (read by whom it was sent to), {@code lost}, {@code line full} (see
     * {@link #bandwidth}), {@code held} and {@code clogged} (see {@link SimulatedLink#clog(int)}), {@code cut off}, {@code nobody}
     * (listens there), {@code buffer full} (see {@link SimulatedHost#receiveBuffer}), {@code replayed}.
     */
    public SortedMap<String, Long> frames() {
        return trace.counts();
    }

    /** For the message of a failed test: the seed, the hosts, what was done, and the last frames. */
    public String story() {
        return "seed " + seed + "; " + hosts + "\n" + trace.tail(elapsed());
    }

    // For hosts and links

    /** The way from one host to another, made if there is none yet. */
    SimulatedLink linkOf(SimulatedHost sender, SimulatedHost receiver) {
        return sender.links().computeIfAbsent(receiver, r -> {
            SimulatedLink link = new SimulatedLink(this, sender, r);
            if (partitions.part(sender, r)) {
                link.part();
            }
            return link;
        });
    }

    Partitions partitions() {
        return partitions;
    }

    Agenda agenda() {
        return agenda;
    }

    Wire wire() {
        return wire;
    }

    Clockwork clockwork() {
        return clockwork;
    }

    SimulatedNetwork note(String what) {
        trace.note(agenda.nowNanos(), what);
        return this;
    }

    /** Makes an address that of a host, and returns it. */
    byte[] claim(SimulatedHost host, String literal) {
        byte[] address = Require.hostAddress(literal);
        SimulatedHost there = hosts.at(NetAddress.of(address, 0));
        if (there != null && there != host) {
            throw new IllegalArgumentException(literal + " is taken by " + there.name());
        }
        if (wire.isInUse(host)) {
            throw new IllegalStateException(
                    host.name() + " cannot move while somebody listens there; close its node, or crash it, before");
        }
        hosts.moved(host, address);
        return address;
    }

    /** Makes a further address that of a host, and returns it. */
    byte[] alsoAt(SimulatedHost host, String literal) {
        byte[] address = Require.hostAddress(literal);
        hosts.alsoAt(host, address);
        return address;
    }

    List<InetAddress> resolve(String name) throws UnknownHostException {
        return hosts.resolve(name);
    }
}
