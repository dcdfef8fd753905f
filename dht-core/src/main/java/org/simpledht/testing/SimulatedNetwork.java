package org.simpledht.testing;

import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.simpledht.DhtRuntime;
import org.simpledht.types.NetAddress;
import org.simpledht.types.Printable;

/**
 * A network in virtual time, with all its misfortune from one seed. The nodes in it are real ones: only threads, clocks, dice
 * and sockets are replaced.
 *
 * <pre>{@code
 * SimulatedNetwork network = SimulatedNetwork.ofSeed(42);
 * network.loss(0.2);
 * Dht a = Dht.start(DhtConfig.defaults(), network.host("a"));
 * Dht b = Dht.start(DhtConfig.builder().seeds("a:4000").build(), network.host("b"));
 * b.awaitPeers(1, Duration.ofSeconds(10));
 * }</pre>
 *
 * <p>Time passes only in {@link #advance} and {@link #advanceUntil}, and in calls of nodes that wait: such a call drives
 * everything until it is done or its deadline has come. The same seed and the same calls give the same run, byte for byte
 * ({@link #digest}). Carries datagrams, under the scheme {@code udp}; every host has one IPv4 address, its first node listens
 * at port 4000 unless it asks for another.
 *
 * <p>For one thread: nothing here may be called by two at once.
 */
public final class SimulatedNetwork {

    /** A call that waits longer than that waits for something that will never happen. */
    private static final Duration LONGEST_CALL = Duration.ofDays(365);

    private static final int FIRST_HOST = 10 << 24 | 1;

    private final long seed;
    private final Agenda agenda = new Agenda();
    private final SplittableRandom dice;
    private final Weather weather;
    private final Trace trace = new Trace();
    private final Map<String, SimulatedHost> hosts = new LinkedHashMap<>();
    private final Map<NetAddress, Receiver> receivers = new HashMap<>();

    /** Whoever gets what is sent to an address. */
    interface Receiver {
        SimulatedHost host();

        void receive(NetAddress from, byte[] frame);
    }

    private SimulatedNetwork(long seed) {
        this.seed = seed;
        dice = new SplittableRandom(seed);
        weather = new Weather(dice.split());
    }

    /** An empty network in fair weather: nothing is lost or repeated, a frame takes 1 to 5 ms. */
    public static SimulatedNetwork ofSeed(long seed) {
        return new SimulatedNetwork(seed);
    }

    public long seed() {
        return seed;
    }

    // Hosts

    /** The host of that name, as the runtime of nodes: made when first asked for. Its name resolves to its address. */
    public DhtRuntime host(String name) {
        return hostNamed(name);
    }

    private SimulatedHost hostNamed(String name) {
        return hosts.computeIfAbsent(name, n -> {
            byte[] address =
                    ByteBuffer.allocate(4).putInt(FIRST_HOST + hosts.size()).array();
            return new SimulatedHost(this, n, address, dice.split());
        });
    }

    private SimulatedHost existing(String name) {
        SimulatedHost host = hosts.get(name);
        if (host == null) {
            throw new IllegalArgumentException(
                    "no host " + Printable.quote(name) + "; the hosts are " + hosts.keySet());
        }
        return host;
    }

    /** Lets somebody who is not one of ours take part, at port 4000 of a host of that name. */
    public NetAddress attach(String name, SimulatedPeer peer) {
        return hostNamed(name).attach(peer);
    }

    // Weather

    /** How likely each frame is lost, from 0 to 1. */
    public void loss(double probability) {
        weather.loss(probability);
    }

    /** How likely each frame arrives twice, from 0 to 1. */
    public void duplication(double probability) {
        weather.duplication(probability);
    }

    /** How long frames take: each its own time between the two, so that they overtake each other. */
    public void delay(Duration shortest, Duration longest) {
        weather.delay(shortest.toNanos(), longest.toNanos());
    }

    /** Nothing that one host sends reaches the other, until {@link #heal}. */
    public void cut(String from, String to) {
        weather.cut(existing(from), existing(to));
    }

    /** Nothing passes between these hosts and all others, until {@link #heal}. */
    public void partition(Collection<String> side) {
        for (String here : side) {
            for (String there : hosts.keySet()) {
                if (!side.contains(there)) {
                    cut(here, there);
                    cut(there, here);
                }
            }
        }
    }

    /** Ends all cuts and partitions. */
    public void heal() {
        weather.heal();
    }

    /** The host stands still, like a stopped process: what is sent to it waits, as much as a socket's buffer holds. */
    public void pause(String host) {
        existing(host).pause();
    }

    public void resume(String host) {
        existing(host).resume();
    }

    /** All nodes on the host are gone, without a word. Others may be started there afterwards. */
    public void crash(String host) {
        existing(host).crash();
    }

    /** The host's wall clock steps. */
    public void stepClock(String host, Duration step) {
        existing(host).stepClock(step.toMillis());
    }

    // Time

    /** Virtual time since the beginning. */
    public Duration elapsed() {
        return Duration.ofNanos(agenda.nowNanos());
    }

    public void advance(Duration time) {
        advanceUntil(() -> false, time);
    }

    /**
     * Lets time pass until something holds.
     *
     * @return false if it does not within the limit
     */
    public boolean advanceUntil(BooleanSupplier done, Duration limit) {
        long limitNanos = agenda.nowNanos() + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (!agenda.step(limitNanos)) {
                return done.getAsBoolean();
            }
        }
        return true;
    }

    /** Drives everything for a caller that waits. */
    void drive(BooleanSupplier done, String what) {
        if (!advanceUntil(done, LONGEST_CALL)) {
            throw new IllegalStateException(what + " waits for something that will not happen");
        }
    }

    // What has happened

    /** Of every frame's bytes and moments: the same for the same run. */
    public long digest() {
        return trace.digest();
    }

    /** The seed and the last frames, for the message of a failed test. */
    public String story() {
        return "seed " + seed + ", " + elapsed() + " after the beginning; the last frames:\n" + trace.tail();
    }

    // For hosts and sockets

    Agenda agenda() {
        return agenda;
    }

    byte[] resolve(String name) throws UnknownHostException {
        SimulatedHost host = hosts.get(name);
        if (host == null) {
            throw new UnknownHostException(name);
        }
        return host.address();
    }

    boolean isTaken(NetAddress address) {
        return receivers.containsKey(address);
    }

    void listen(NetAddress address, Receiver receiver) {
        receivers.put(address, receiver);
    }

    void hangUp(NetAddress address) {
        receivers.remove(address);
    }

    /** A frame sets out. The sender's host decides whether it is cut off, whatever source the frame names. */
    void send(SimulatedHost sender, NetAddress from, NetAddress to, byte[] frame) {
        int copies = weather.copies();
        trace.frame(agenda.nowNanos(), copies == 0 ? "lost" : "sent", from, to, frame);
        for (int i = 0; i < copies; i++) {
            agenda.in(weather.delayNanos(), () -> deliver(sender, from, to, frame));
        }
    }

    private void deliver(SimulatedHost sender, NetAddress from, NetAddress to, byte[] frame) {
        Receiver receiver = receivers.get(to);
        if (receiver == null || weather.isCut(sender, receiver.host())) {
            trace.frame(agenda.nowNanos(), "cut off", from, to, frame);
            return;
        }
        trace.frame(agenda.nowNanos(), "received", from, to, frame);
        receiver.receive(from, frame);
    }
}
