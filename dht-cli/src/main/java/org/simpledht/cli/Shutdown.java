package org.simpledht.cli;

import java.time.Duration;
import org.simpledht.Dht;

/** Has a node leave its network in an orderly way however the process ends: quit, SIGINT, SIGTERM. */
final class Shutdown {

    /** More than closing takes; if it takes longer all the same, the process ends without it. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private Shutdown() {}

    /** The JVM itself gives the exit code: 130 for SIGINT, 143 for SIGTERM. */
    static void closes(Dht dht) {
        Thread hook = new Thread(() -> close(dht), "simple_dht-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static void close(Dht dht) {
        Thread closing = new Thread(dht::close, "simple_dht-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** True once the process is ending: a terminal that closes then is no end of input. */
    static boolean hasBegun() {
        try {
            Thread probe = new Thread();
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Returns never: a signal ends the process. */
    static int awaitSignal() {
        Object never = new Object();
        synchronized (never) {
            while (true) {
                try {
                    never.wait();
                } catch (InterruptedException e) {
                    // Nobody has reason to interrupt this thread; only a signal ends it.
                    continue;
                }
            }
        }
    }
}
