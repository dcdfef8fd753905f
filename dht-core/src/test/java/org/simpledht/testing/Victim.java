package org.simpledht.testing;

import org.simpledht.types.NetAddress;

/**
 * Somebody whose address others write into their frames. It knows nothing of us, and says nothing, or like some services sends back
 * what comes; but no Put, which would be a guest's write like any other.
 */
record Victim(boolean isEcho) implements SimulatedPeer {

    private static final int PUT = 1;

    @Override
    public void receive(NetAddress from, byte[] frame, Line line) {
        if (isEcho && frame[0] != PUT) {
            line.send(from, frame);
        }
    }

    @Override
    public void wake(Line line) {
        // It does nothing of its own accord.
    }
}
