package org.simpledht.cli;

import org.simpledht.DhtListener;
import org.simpledht.PeerInfo;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** Says what happens at the node meanwhile. */
record Events(Console console) implements DhtListener {

    @Override
    public void entryStored(Hash hash, Content content) {
        console.print(Line.entryStored(hash, content));
    }

    @Override
    public void peerJoined(PeerInfo peer) {
        console.print(Line.peerJoined(peer));
    }

    @Override
    public void peerLost(PeerInfo peer) {
        console.print(Line.peerLost(peer));
    }
}
