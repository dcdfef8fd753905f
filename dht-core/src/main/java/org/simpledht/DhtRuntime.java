package org.simpledht;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.simpledht.transport.TransportProvider;

/**
 * Where and when a node runs: whose threads, whose clocks, whose dice, whose network. Applications use {@link #system},
 * which is what {@link Dht#start(DhtConfig)} takes; a {@link org.simpledht.testing.SimulatedNetwork} has runtimes of its
 * own, in which the same node lives in virtual time.
 */
public interface DhtRuntime {

    /** Real threads, clocks, dice and sockets. */
    static DhtRuntime system() {
        return SystemRuntime.INSTANCE;
    }

    /** Monotonic nanoseconds of arbitrary origin. From any thread. */
    long nanoTime();

    /** Unix time in milliseconds, which may jump. From any thread. */
    long currentTimeMillis();

    /** 64 random bits: node ids and the seeds of jitter come from here. */
    long randomLong();

    /**
     * The transport of that scheme.
     *
     * @throws IllegalArgumentException if there is none; the message says what to do about it
     */
    TransportProvider transport(String scheme);

    /** The addresses of a host, at least one. May take as long as a name server does. */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /**
     * Helpers beside the node's own thread, on which the application's code and name servers may block: two at most at a
     * time, so that one that waits for the other does not wait for ever.
     */
    ExecutorService helpers(String name);

    /**
     * Has a node take its turns until it is over.
     *
     * @param keepsJvmAlive whether a thread made for that keeps the JVM from ending
     */
    Running start(String name, boolean keepsJvmAlive, Turns turns);

    /**
     * Waits for a result on a caller's thread, which is not the node's.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     * @throws ExecutionException if the future has failed
     */
    <T> T await(CompletableFuture<T> future) throws InterruptedException, ExecutionException;

    /** Called again and again by a caller that has to wait for room: waits a moment, or lets the node go on. */
    void relieve();

    /** A node, as far as a runtime knows it. */
    interface Turns {
        /**
         * One turn: reads, does what is due, and sends. Never by two threads at once.
         *
         * @param mayWait whether it may wait for something to do
         * @return nanoseconds until the next turn is due if nothing happens before; negative if the node is over
         */
        long turn(boolean mayWait);
    }

    /** A node that takes its turns. */
    interface Running {
        /** There is something to do: a waiting turn was woken already, one that is yet to come should come now. */
        void wake();

        /** Waits until the node is over, a second at most. */
        void join();
    }
}
