package org.simpledht.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.simpledht.DhtRuntime;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.NetAddress;

/**
 * A machine of a {@link SimulatedNetwork}: the runtime of the nodes on it, and what can befall them. Its misfortune is its own:
 * {@link SimulatedNetwork#heal} ends none of it. Every method returns the host, so that calls chain:
 *
 * <pre>{@code Dht a = Dht.start(config, network.host("a").skewClock(Duration.ofHours(-1)).receiveBuffer(16, 65_536));}</pre>
 *
 * <p>What {@link DhtRuntime} asks for is for the nodes on it alone.
 */
public final class SimulatedHost implements DhtRuntime {

    private final World world;
    private final Agenda agenda;
    private final String name;
    private byte[] address;
    private final SplittableRandom dice;
    private final HostClock clock = new HostClock();
    private final Line line = new Line();
    private final Map<SimulatedHost, SimulatedLink> links = new LinkedHashMap<>();
    private final HostTurns turns;
    private final Ports ports;
    private Router router;

    SimulatedHost(World world, String name, byte[] address, SplittableRandom dice) {
        this.world = world;
        this.name = name;
        this.address = address;
        this.dice = dice;
        agenda = world.agenda();
        ports = new Ports(world.wire(), address);
        turns = new HostTurns(agenda, world.wire());
    }

    /** What it was called when it was made. */
    public String name() {
        return name;
    }

    /**
     * Where it is from now on, instead of the address that the network gave it; its name resolves to that. As when a provider gives
     * out another address, or for networks whose prefixes matter: {@code network.host("a").address("198.51.100.7")}.
     *
     * @param literal an IPv4 address that is no other host's
     * @throws IllegalArgumentException if it is anything else
     * @throws IllegalStateException if a node or somebody else listens at the host
     */
    public SimulatedHost address(String literal) {
        byte[] chosen = world.claim(this, literal);
        address = chosen;
        ports.address(chosen);
        return note("is at " + literal);
    }

    /**
     * It is behind a router from now on, whose address outside that is, and which forwards one port.
     *
     * @param literal an IPv4 address that is no other host's
     */
    SimulatedHost behindRouter(String literal, int outsidePort, int ownPort) {
        NetAddress outside = NetAddress.of(world.alsoAt(this, literal), 0);
        router = new Router(outside);
        router.forward(outsidePort, NetAddress.of(address, ownPort));
        world.wire().hasRouters();
        return note("is behind a router at " + literal);
    }

    Router router() {
        return router;
    }

    // Misfortune

    /**
     * It stands still, like a stopped process, until {@link #resume}. What is sent to it waits in its receive buffer. A call that
     * waits at a node here fails with an {@link IllegalStateException}, unless something is planned that may resume it.
     */
    public SimulatedHost pause() {
        turns.pause(Long.MAX_VALUE);
        return note("pauses");
    }

    /** It goes on, and reads what waits in its receive buffer before it looks at the clock. */
    public SimulatedHost resume() {
        note("resumes");
        turns.resume();
        return this;
    }

    /**
     * It stands still for a time, as for a collection of garbage, then resumes by itself. If it stands still already, then until the
     * later one of both ends.
     *
     * @param time from zero to 365 days
     * @throws IllegalArgumentException if it is anything else
     */
    public SimulatedHost stall(Duration time) {
        long nanos = Require.nanos("time", time);
        note("stalls for " + time);
        turns.pause(agenda.nowNanos() + nanos);
        agenda.in(nanos, turns::resumeIfDue);
        return this;
    }

    /**
     * Each turn of its nodes takes so long: what arrives meanwhile waits in the receive buffer, and is read at once in the next
     * turn. Zero, as at the beginning, for a machine that is never busy.
     *
     * @param turn from zero to 365 days
     * @throws IllegalArgumentException if it is anything else
     */
    public SimulatedHost busy(Duration turn) {
        turns.busy(Require.nanos("turn", turn));
        return note("is busy for " + turn + " in each turn");
    }

    /**
     * How much may wait to be read while the host stands still or is {@linkplain #busy busy}; what arrives beyond is lost. At the
     * beginning 256 frames, whatever their size.
     *
     * @param frames from 0 to 1,048,576
     * @param bytes of all of them together, at least 0
     * @throws IllegalArgumentException if one of them is anything else
     */
    public SimulatedHost receiveBuffer(int frames, int bytes) {
        turns.receiveBuffer(frames, bytes);
        return note("buffers " + frames + " frames, " + bytes + " bytes");
    }

    /**
     * How fast it sends, instead of {@link SimulatedNetwork#bandwidth}: its frames queue behind each other.
     *
     * @param bytesPerSecond from 1 to 1,099,511,627,776
     * @param queueBytes how much may wait, the rest of the frame that is being sent included; a frame beyond is lost, one that finds
     *     the line free is not; at least 0
     * @throws IllegalArgumentException if one of them is anything else
     */
    public SimulatedHost bandwidth(long bytesPerSecond, int queueBytes) {
        Line.Bandwidth bandwidth = new Line.Bandwidth(bytesPerSecond, queueBytes);
        line.bandwidth(bandwidth);
        return note("sends " + bandwidth);
    }

    /** Ends the host's own limit: what is said for the whole network holds again. */
    public SimulatedHost unlimitedBandwidth() {
        line.bandwidth(null);
        return note("sends without a limit of its own");
    }

    /** All nodes on it are gone, without a word, and what it had not read. Others may be started here at once: a standstill has ended. */
    public SimulatedHost crash() {
        note("crashes");
        turns.crash();
        ports.releaseAll();
        return this;
    }

    /**
     * How wrong its wall clock is, besides all {@linkplain #stepClock steps}. To have nodes start with a wrong clock, call it before
     * they do.
     *
     * @param offset positive if it is ahead; at most 18,250 days in either direction
     * @throws IllegalArgumentException if it is more
     */
    public SimulatedHost skewClock(Duration offset) {
        clock.skew(offset);
        return note("has a clock that is wrong by " + offset);
    }

    /**
     * Its wall clock goes too fast or too slowly from now on. Waits take the time that they should: only what it believes the date to
     * be goes wrong.
     *
     * @param partsPerMillion from -500,000 (half as fast) to 500,000; a bad quartz has 100, and 0 ends it, without a step
     * @throws IllegalArgumentException if it is anything else
     */
    public SimulatedHost driftClock(double partsPerMillion) {
        clock.drift(partsPerMillion, agenda.nowNanos());
        return note("has a clock that drifts by " + partsPerMillion + " ppm");
    }

    /**
     * Its wall clock steps, once more with each call.
     *
     * @param step positive to go ahead; at most 18,250 days in either direction
     * @throws IllegalArgumentException if it is more
     */
    public SimulatedHost stepClock(Duration step) {
        clock.step(step);
        return note("has its clock stepped by " + step);
    }

    private SimulatedHost note(String what) {
        world.note(name + " " + what);
        return this;
    }

    // For the wire

    byte[] address() {
        return address.clone();
    }

    Line line() {
        return line;
    }

    Map<SimulatedHost, SimulatedLink> links() {
        return links;
    }

    /** The way from here to a host, which may be null; null if nothing was ever said about it. */
    SimulatedLink linkTo(SimulatedHost to) {
        SimulatedLink link = links.isEmpty() ? null : links.get(to);
        if (link == null && to != null && world.partitions().part(this, to)) {
            return world.linkOf(this, to);
        }
        return link;
    }

    SimulatedLink linkTo(Hosts hosts, NetAddress to) {
        return links.isEmpty() && world.partitions().isEmpty() ? null : linkTo(hosts.at(to));
    }

    HostTurns turns() {
        return turns;
    }

    Ports ports() {
        return ports;
    }

    // The runtime

    @Override
    public long nanoTime() {
        return agenda.nowNanos();
    }

    @Override
    public long currentTimeMillis() {
        return clock.millis(agenda.nowNanos());
    }

    @Override
    public long randomLong() {
        return dice.nextLong();
    }

    @Override
    public TransportProvider transport(String scheme) {
        return new SimulatedProvider(world, this, scheme);
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        return world.resolve(host);
    }

    @Override
    public ExecutorService helpers(String helperName) {
        return new SimulatedExecutor(turns, agenda);
    }

    @Override
    public Running start(String taskName, boolean keepsJvmAlive, Turns ofNode) {
        return turns.start(ofNode);
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws InterruptedException, ExecutionException {
        world.clockwork().drive(future::isDone, this);
        return future.get();
    }

    @Override
    public void relieve() {
        world.clockwork().relieve(this);
    }
}
