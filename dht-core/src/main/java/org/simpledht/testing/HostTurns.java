package org.simpledht.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.simpledht.DhtRuntime.Turns;

/** When the nodes of a host have their turns, and what waits for them meanwhile. */
final class HostTurns {

    private static final int BUFFERED_FRAMES = 256;

    private final Agenda agenda;
    private final Wire wire;
    private final ReceiveBuffer buffer = new ReceiveBuffer(BUFFERED_FRAMES, Integer.MAX_VALUE);
    private final Queue<Runnable> streamed = new ArrayDeque<>();
    private final List<SimulatedStreams> streams = new ArrayList<>();
    private final List<NodeTask> tasks = new ArrayList<>();
    private final List<AttachedPeer> peers = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private final Runnable deferred = this::deferredTurn;
    private long pausedUntilNanos = -1;
    private long busyNanos;
    private long freeAtNanos;
    private boolean isDeferred;
    private int life;
    private Runnable afterReading = () -> {};
    private Runnable afterTurn = () -> {};

    HostTurns(Agenda agenda, Wire wire) {
        this.agenda = agenda;
        this.wire = wire;
    }

    // Misfortune

    void pause(long untilNanos) {
        pausedUntilNanos = Math.max(pausedUntilNanos, untilNanos);
    }

    /** Reads first: who was heard of meanwhile is not to be taken for silent. */
    void resume() {
        pausedUntilNanos = -1;
        freeAtNanos = agenda.nowNanos();
        turn();
        List<Runnable> waiting = List.copyOf(held);
        held.clear();
        waiting.forEach(this::whenAwake);
    }

    void resumeIfDue() {
        if (standsStill() && agenda.nowNanos() >= pausedUntilNanos) {
            resume();
        }
    }

    void busy(long nanos) {
        busyNanos = nanos;
    }

    void receiveBuffer(int frames, int bytes) {
        buffer.limit(frames, bytes);
    }

    void crash() {
        life++;
        pausedUntilNanos = -1;
        freeAtNanos = agenda.nowNanos();
        tasks.forEach(NodeTask::crash);
        tasks.clear();
        streams.forEach(SimulatedStreams::crash);
        streams.clear();
        peers.forEach(wire::ignore);
        peers.clear();
        held.clear();
        buffer.clear();
    }

    // Arrivals and turns

    /** A frame comes in. Who has nothing else to do reads it in this moment. */
    void arrive(Flight flight, Wire.Receiver receiver) {
        if (!mustWait()) {
            wire.read(flight, receiver);
        } else if (!buffer.offer(flight)) {
            wire.overflow(flight);
        }
        turn();
    }

    /** Something comes in by a stream, whose sender has seen to it that there is room. */
    void read(Runnable event) {
        if (mustWait()) {
            streamed.add(event);
        } else {
            event.run();
        }
        turn();
    }

    private boolean mustWait() {
        return standsStill() || agenda.nowNanos() < freeAtNanos;
    }

    /** Reads what waits, then has every node take its turn; later if the host is busy. */
    void turn() {
        if (standsStill()) {
            return;
        }
        if (agenda.nowNanos() < freeAtNanos) {
            if (!isDeferred) {
                isDeferred = true;
                agenda.in(freeAtNanos - agenda.nowNanos(), deferred);
            }
            return;
        }
        freeAtNanos = agenda.nowNanos() + busyNanos;
        for (Flight flight = buffer.poll(); flight != null; flight = buffer.poll()) {
            wire.read(flight);
        }
        for (Runnable event = streamed.poll(); event != null; event = streamed.poll()) {
            event.run();
        }
        afterReading.run();
        int index = 0;
        while (index < tasks.size()) {
            NodeTask task = tasks.get(index);
            task.turn();
            // One that is over has left the list.
            if (index < tasks.size() && tasks.get(index) == task) {
                index++;
            }
        }
        afterTurn.run();
    }

    /** For who watches over nodes: called whenever all that waited was read, and nobody here has had a turn since. */
    void afterReading(Runnable watcher) {
        afterReading = watcher;
    }

    /** For who watches over nodes: called whenever all here have had their turns. */
    void afterTurn(Runnable watcher) {
        afterTurn = watcher;
    }

    private void deferredTurn() {
        isDeferred = false;
        turn();
    }

    /** Has something of its own happen to this host as soon as it does not stand still; that is never lost. */
    void whenAwake(Runnable task) {
        if (standsStill()) {
            held.add(task);
        } else {
            task.run();
        }
    }

    NodeTask start(Turns turns) {
        NodeTask task = new NodeTask(this, agenda, turns);
        tasks.add(task);
        task.wake();
        return task;
    }

    void attached(AttachedPeer peer) {
        peers.add(peer);
    }

    void opened(SimulatedStreams stream) {
        streams.add(stream);
    }

    void closed(SimulatedStreams stream) {
        streams.remove(stream);
    }

    void ended(NodeTask task) {
        tasks.remove(task);
    }

    boolean standsStill() {
        return pausedUntilNanos >= 0;
    }

    /** It stands still, and will not go on by itself. */
    boolean isStopped() {
        return pausedUntilNanos == Long.MAX_VALUE;
    }

    /** Nobody lives here. */
    boolean isDeserted() {
        return tasks.isEmpty();
    }

    /** A number that changes with each crash: what was begun before it is over. */
    int life() {
        return life;
    }
}
