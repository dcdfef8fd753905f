package org.simpledht;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.simpledht.core.Now;

/**
 * The one door into a loop for other threads: bounded, so that a writer faster than the node waits instead of filling the
 * memory.
 */
final class Inbox {

    /** Something to be done on the loop's thread, or not at all. */
    interface Command {
        void run(Now now);

        /** Called instead of {@link #run} if the loop has ended. On any thread. */
        void abandon();
    }

    private final BlockingQueue<Command> commands;
    private volatile boolean closed;

    Inbox(int capacity) {
        commands = new ArrayBlockingQueue<>(capacity);
    }

    /**
     * Waits for room. If the loop has ended, or ends meanwhile, the command is abandoned.
     *
     * @throws java.util.concurrent.CancellationException if there is none, and the thread is interrupted; it stays so, and
     *     the command never runs
     * @param relieve what to do again and again while there is none
     */
    void put(Command command, Runnable relieve) {
        while (!closed) {
            if (commands.offer(command)) {
                abandonIfClosedMeanwhile(command);
                return;
            }
            Call.failIfInterrupted();
            relieve.run();
        }
        command.abandon();
    }

    /** Returns false, and does nothing, if there is no room. */
    boolean offer(Command command) {
        if (closed || !commands.offer(command)) {
            return false;
        }
        abandonIfClosedMeanwhile(command);
        return true;
    }

    private void abandonIfClosedMeanwhile(Command command) {
        if (closed && commands.remove(command)) {
            command.abandon();
        }
    }

    boolean isEmpty() {
        return commands.isEmpty();
    }

    /** Runs at most so many commands: what is left waits for the next turn, so that frames and timers have theirs. */
    void drain(int most, Now now) {
        for (int i = 0; i < most; i++) {
            Command command = commands.poll();
            if (command == null) {
                return;
            }
            command.run(now);
        }
    }

    void close() {
        closed = true;
        for (Command command = commands.poll(); command != null; command = commands.poll()) {
            command.abandon();
        }
    }

    boolean isClosed() {
        return closed;
    }
}
