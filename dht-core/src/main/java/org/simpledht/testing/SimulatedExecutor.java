package org.simpledht.testing;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** A helper whose tasks are events of the simulation, one after the other, at the moment in which they are given. */
final class SimulatedExecutor extends AbstractExecutorService {

    private final HostTurns host;
    private final Agenda agenda;
    private final int life;
    private boolean shutDown;

    SimulatedExecutor(HostTurns host, Agenda agenda) {
        this.host = host;
        this.agenda = agenda;
        life = host.life();
    }

    @Override
    public void execute(Runnable task) {
        if (shutDown) {
            throw new RejectedExecutionException("the node is closed");
        }
        agenda.in(0, () -> host.whenAwake(() -> run(task)));
    }

    /** The application's code is gone with its machine. */
    private void run(Runnable task) {
        if (life == host.life()) {
            task.run();
        }
    }

    @Override
    public void shutdown() {
        shutDown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return shutDown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutDown;
    }
}
