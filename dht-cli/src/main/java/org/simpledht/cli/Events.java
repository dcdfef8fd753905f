package org.simpledht.cli;

import java.util.concurrent.CountDownLatch;
import org.simpledht.DhtListener;
import org.simpledht.EntryEvent;
import org.simpledht.PeerInfo;

/** Says what happens at the node meanwhile, once it has begun: until then it waits, which a listener may. */
final class Events implements DhtListener {

    private final Console console;
    private final CountDownLatch begun = new CountDownLatch(1);

    Events(Console console) {
        this.console = console;
    }

    void begin() {
        begun.countDown();
    }

    @Override
    public void entryChanged(EntryEvent event) {
        print(Line.entryChanged(event));
    }

    @Override
    public void peerJoined(PeerInfo peer) {
        print(Line.peerJoined(peer));
    }

    @Override
    public void peerLost(PeerInfo peer) {
        print(Line.peerLost(peer));
    }

    private void print(Line line) {
        try {
            begun.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        console.print(line);
    }
}
