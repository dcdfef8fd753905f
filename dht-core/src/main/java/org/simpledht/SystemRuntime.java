package org.simpledht;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.simpledht.transport.TransportProvider;

/** The real world. */
enum SystemRuntime implements DhtRuntime {
    INSTANCE;

    private static final long JOIN_NANOS = 1_000_000_000;
    private static final int MAX_HELPERS = 2;
    private static final long HELPER_IDLE_SECONDS = 5;
    private static final long RELIEVE_NANOS = 50_000;

    /** Nobody is to guess a node id. */
    private final SecureRandom random = new SecureRandom();

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long currentTimeMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long randomLong() {
        return random.nextLong();
    }

    @Override
    public TransportProvider transport(String scheme) {
        return Transports.provider(scheme);
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }

    /** Daemon threads, which end when they are idle and are made again when they are needed. */
    @Override
    public ExecutorService helpers(String name) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                MAX_HELPERS,
                MAX_HELPERS,
                HELPER_IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> daemon(name, task));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Running start(String name, boolean keepsJvmAlive, Turns turns) {
        Thread thread = daemon(name, () -> {
            long untilNext = 0;
            while (untilNext >= 0) {
                untilNext = turns.turn(true);
            }
        });
        thread.setDaemon(!keepsJvmAlive);
        thread.start();
        return new Running() {
            @Override
            public void wake() {
                // The thread waits inside the turn only, which whoever calls this has ended.
            }

            @Override
            public void join() {
                Patience.wait(JOIN_NANOS, nanos -> TimeUnit.NANOSECONDS.timedJoin(thread, nanos));
            }
        };
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws InterruptedException, ExecutionException {
        return future.get();
    }

    @Override
    public void relieve() {
        LockSupport.parkNanos(RELIEVE_NANOS);
    }
}
