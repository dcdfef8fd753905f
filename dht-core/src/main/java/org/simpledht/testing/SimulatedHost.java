package org.simpledht.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.simpledht.DhtRuntime;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.NetAddress;

/** A machine of a simulated network: the runtime of the nodes on it. */
final class SimulatedHost implements DhtRuntime {

    static final int FIRST_PORT = 4_000;

    /** Datagrams that a socket's buffer of 212,992 bytes holds, if they are small. */
    private static final int RECEIVE_BUFFER_FRAMES = 256;

    /** The wall clock at the beginning: some moment, the same in every run. */
    private static final long START_MILLIS = 1_700_000_000_000L;

    private final SimulatedNetwork network;
    private final String name;
    private final byte[] address;
    private final SplittableRandom dice;
    private final List<Task> tasks = new ArrayList<>();
    private final List<NetAddress> bound = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private long clockStepMillis;
    private boolean paused;

    SimulatedHost(SimulatedNetwork network, String name, byte[] address, SplittableRandom dice) {
        this.network = network;
        this.name = name;
        this.address = address;
        this.dice = dice;
    }

    byte[] address() {
        return address.clone();
    }

    // Misfortune

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        List<Runnable> waiting = List.copyOf(held);
        held.clear();
        waiting.forEach(Runnable::run);
        tasks.forEach(Task::turnNow);
    }

    void crash() {
        tasks.forEach(task -> task.gone = true);
        tasks.clear();
        held.clear();
        bound.forEach(network::hangUp);
        bound.clear();
    }

    void stepClock(long millis) {
        clockStepMillis += millis;
    }

    /** Has something happen to this host that waits for it, like a datagram in a buffer, while it stands still. */
    void when(Runnable arrival) {
        if (!paused) {
            arrival.run();
        } else if (held.size() < RECEIVE_BUFFER_FRAMES) {
            held.add(arrival);
        }
    }

    /** Has something of its own happen to this host as soon as it does not stand still; that is never lost. */
    void whenAwake(Runnable task) {
        if (paused) {
            held.add(task);
        } else {
            task.run();
        }
    }

    // The runtime

    @Override
    public long nanoTime() {
        return network.agenda().nowNanos();
    }

    @Override
    public long currentTimeMillis() {
        return START_MILLIS + clockStepMillis + network.agenda().nowNanos() / 1_000_000;
    }

    @Override
    public long randomLong() {
        return dice.nextLong();
    }

    @Override
    public TransportProvider transport(String scheme) {
        if (!scheme.equals("udp")) {
            throw new IllegalArgumentException("a simulated network carries udp, not " + scheme);
        }
        return new TransportProvider() {
            @Override
            public String scheme() {
                return scheme;
            }

            @Override
            public boolean isStream() {
                return false;
            }

            @Override
            public Transport open(NetAddress bind, TransportContext context) throws IOException {
                NetAddress local = bind(bind.port());
                return new SimulatedSocket(network, SimulatedHost.this, local, context);
            }
        };
    }

    private NetAddress bind(int port) throws IOException {
        NetAddress local = NetAddress.of(address, port == 0 ? FIRST_PORT : port);
        while (port == 0 && network.isTaken(local)) {
            local = local.withPort(local.port() + 1);
        }
        if (network.isTaken(local)) {
            throw new IOException("address already in use: " + local);
        }
        bound.add(local);
        return local;
    }

    void release(NetAddress local) {
        bound.remove(local);
        network.hangUp(local);
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        try {
            return List.of(InetAddress.getByAddress(network.resolve(host)));
        } catch (UnknownHostException e) {
            if (host.matches("[0-9.]+|.*:.*")) {
                // A literal address: no name server is asked.
                return List.of(InetAddress.getByName(host));
            }
            throw e;
        }
    }

    @Override
    public ExecutorService helpers(String helperName) {
        return new SimulatedExecutor(this, network.agenda());
    }

    @Override
    public Running start(String taskName, boolean keepsJvmAlive, Turns turns) {
        Task task = new Task(turns);
        tasks.add(task);
        task.turnIn(0);
        return task;
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws InterruptedException, ExecutionException {
        if (tasks.isEmpty() && !future.isDone()) {
            throw new IllegalStateException("host " + name + " has crashed: nothing on it will ever answer");
        }
        network.drive(future::isDone, "a call at host " + name);
        return future.get();
    }

    @Override
    public void relieve() {
        network.agenda().step(Long.MAX_VALUE);
    }

    /** Has every node here take a turn, since something has arrived. */
    void turn() {
        List.copyOf(tasks).forEach(Task::turnNow);
    }

    NetAddress attach(SimulatedPeer peer) {
        NetAddress local = NetAddress.of(address, FIRST_PORT);
        bound.add(local);
        AttachedPeer attached = new AttachedPeer(network, this, local, peer);
        network.listen(local, attached);
        attached.wakeIn(0);
        return local;
    }

    /** A node that takes its turns. */
    private final class Task implements Running {
        private final Turns turns;
        private long nextNanos = Long.MAX_VALUE;
        private boolean gone;

        Task(Turns turns) {
            this.turns = turns;
        }

        private void turnIn(long nanos) {
            long at = network.agenda().nowNanos() + Math.max(0, nanos);
            nextNanos = at;
            network.agenda().in(nanos, () -> {
                // Only the last one that was agreed on: an earlier turn has made the others superfluous.
                if (nextNanos == at) {
                    turnNow();
                }
            });
        }

        private void turnNow() {
            if (gone || paused) {
                return;
            }
            long next = turns.turn(false);
            if (next < 0) {
                gone = true;
                tasks.remove(this);
            } else {
                turnIn(next);
            }
        }

        @Override
        public void wake() {
            if (!gone) {
                turnIn(0);
            }
        }

        @Override
        public void join() {
            while (!gone && !paused) {
                turnNow();
            }
        }
    }
}
