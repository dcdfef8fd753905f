package org.simpledht;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.simpledht.core.Now;

/**
 * The one door into a loop for other threads: bounded, so that a writer faster than the node waits instead of filling the
 * memory. While the network does not keep up, writes step aside in their order and everything else goes on.
 */
final class Inbox {

    /** Something to be done on the loop's thread, or not at all. */
    interface Command {
        void run(Now now);

        /** Called instead of {@link #run} if the loop has ended. On any thread. */
        void abandon();

        /** Whether it waits while the network does not keep up. */
        default boolean isWrite() {
            return false;
        }
    }

    private final BlockingQueue<Command> commands;

    /** Of the loop's thread alone. */
    private final Queue<Command> heldWrites = new ArrayDeque<>();

    /** Of writes that are in here, held ones included: these are never in the way of anything that is no write. */
    private final Semaphore roomForWrites;

    private volatile boolean closed;

    Inbox(int capacity) {
        commands = new ArrayBlockingQueue<>(capacity);
        roomForWrites = new Semaphore(capacity);
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
            if (add(command)) {
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
        if (closed || !add(command)) {
            return false;
        }
        abandonIfClosedMeanwhile(command);
        return true;
    }

    private boolean add(Command command) {
        if (!command.isWrite()) {
            return commands.offer(command);
        }
        if (!roomForWrites.tryAcquire()) {
            return false;
        }
        boolean taken = commands.offer(command);
        if (!taken) {
            roomForWrites.release();
        }
        return taken;
    }

    private void abandonIfClosedMeanwhile(Command command) {
        if (closed && commands.remove(command)) {
            command.abandon();
        }
    }

    // On the loop's thread

    /** Whether there is anything that could run now. */
    boolean hasWork(BooleanSupplier isCongested) {
        return !commands.isEmpty() || mayGoOn(isCongested);
    }

    private boolean mayGoOn(BooleanSupplier isCongested) {
        return !heldWrites.isEmpty() && !isCongested.getAsBoolean();
    }

    /** How many writes have stepped aside, and will run before any that comes from now on. */
    int heldWrites() {
        return heldWrites.size();
    }

    /**
     * Runs at most so many commands in their order, but for writes that step aside. What is left waits for the next turn, so
     * that frames and timers have theirs.
     *
     * @param isCongested asked before each write, as each may be the one that is too much
     * @return how many writes have stepped aside
     */
    int drain(int most, BooleanSupplier isCongested, Now now) {
        int steppedAside = 0;
        for (int i = 0; i < most; i++) {
            boolean goesOn = mayGoOn(isCongested);
            Command command = goesOn ? heldWrites.poll() : commands.poll();
            if (command == null) {
                break;
            }
            if (!command.isWrite()) {
                command.run(now);
            } else if (goesOn || heldWrites.isEmpty() && !isCongested.getAsBoolean()) {
                roomForWrites.release();
                command.run(now);
            } else {
                heldWrites.add(command);
                steppedAside++;
            }
        }
        return steppedAside;
    }

    void close() {
        closed = true;
        abandonAll(heldWrites);
        abandonAll(commands);
    }

    private static void abandonAll(Queue<Command> queue) {
        for (Command command = queue.poll(); command != null; command = queue.poll()) {
            command.abandon();
        }
    }

    boolean isClosed() {
        return closed;
    }
}
