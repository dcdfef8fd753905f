package org.simpledht.core;

import org.simpledht.types.NetAddress;

/** Where a neighbour can be reached: as seen from here, and as it says itself; and where it sees us. */
final class Whereabouts {

    private final Peer peer;
    private final Streams streams;
    private final Subnet subnet;
    private int listenPort;
    private Claim claim;
    private NetAddress seesUsAt;

    Whereabouts(Peer peer, Streams streams) {
        this.peer = peer;
        this.streams = streams;
        subnet = Subnet.of(peer.path().remote());
    }

    /** The subnet that it was first seen in; null if that says nothing. */
    Subnet subnet() {
        return subnet;
    }

    /** It says at which port it listens; 0 is none. */
    void listensAt(int port) {
        listenPort = port;
    }

    /**
     * As seen from here; null if that is not known. Of a stream that it opened only the host is where it can be reached, with the port at
     * which it says that it listens. One that was opened from here leads to where it can be: by a port that a router forwards, maybe,
     * and that it does not know.
     */
    NetAddress seenAddress() {
        NetAddress remote = peer.path().remote();
        if (!streams.isTheirs(peer.path())) {
            return remote;
        }
        return listenPort == 0 ? null : remote.withPort(listenPort);
    }

    /** Where it can be reached by others; null if that is not known. */
    NetAddress address() {
        return claim != null && claim.isProven() ? claim.path().remote() : seenAddress();
    }

    /** The way to it for whoever has no link with it; null if that is not known. */
    Path way() {
        NetAddress address = address();
        return address == null ? null : new Path(peer.path().binding(), address);
    }

    /** Where it says that it can be reached, true or not; null if it says nothing. */
    Claim claim() {
        return claim;
    }

    void claim(Claim next) {
        claim = next;
    }

    /** Where it sees this node, as it says; null if it has said nothing. */
    NetAddress seesUsAt() {
        return seesUsAt;
    }

    void seesUsAt(NetAddress address) {
        seesUsAt = address;
    }
}
