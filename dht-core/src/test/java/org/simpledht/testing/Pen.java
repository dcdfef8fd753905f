package org.simpledht.testing;

import org.simpledht.testkit.OriginalWire;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Writes at originals, as a client of theirs. */
final class Pen implements SimulatedPeer {

    private Line line;

    void write(NetAddress original, Hash key, Content content) {
        line.send(original, OriginalWire.put(key.bits(), content.toBytes()));
    }

    @Override
    public void receive(NetAddress from, byte[] frame, Line there) {
        // It does not wait for an answer.
    }

    @Override
    public void wake(Line there) {
        line = there;
    }
}
