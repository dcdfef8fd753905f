package org.simpledht.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.simpledht.DhtListener;
import org.simpledht.EntryEvent;
import org.simpledht.PeerInfo;

/**
 * Says what happens at the node meanwhile, once it has begun: until then it waits, which a listener may.
 *
 * <p>Others decide how much that is, so only so much is said. What a program reads about entries is all said: it follows the table.
 */
final class Events implements DhtListener {

    private static final Executor AFTER_AN_INTERVAL =
            CompletableFuture.delayedExecutor(Allowances.INTERVAL_NANOS, TimeUnit.NANOSECONDS);

    private final Console console;
    private final Allowances allowances;
    private final CountDownLatch begun = new CountDownLatch(1);

    Events(Console console) {
        this.console = console;
        allowances = new Allowances(console::print);
    }

    void begin() {
        begun.countDown();
    }

    @Override
    public void entryChanged(EntryEvent event) {
        if (!awaitBegin()) {
            return;
        }
        if (console.isJson()) {
            console.print(Line.entryChanged(event));
        } else {
            print("entryChanged", Line.entryChanged(event));
        }
    }

    @Override
    public void peerJoined(PeerInfo peer) {
        if (awaitBegin()) {
            print("peerJoined", Line.peerJoined(peer));
        }
    }

    @Override
    public void peerLost(PeerInfo peer) {
        if (awaitBegin()) {
            print("peerLost", Line.peerLost(peer));
        }
    }

    private boolean awaitBegin() {
        try {
            begun.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void print(String kind, Line line) {
        if (allowances.print(kind, line, System.nanoTime())) {
            AFTER_AN_INTERVAL.execute(() -> allowances.tick(System.nanoTime()));
        }
    }
}
