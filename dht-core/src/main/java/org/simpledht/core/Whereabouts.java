package org.simpledht.core;

import org.simpledht.types.NetAddress;

/** Where a neighbour can be reached: as seen from here, and as it says itself; and where it sees us. */
final class Whereabouts {

    private final Peer peer;
    private final Subnet subnet;
    private boolean isStream;
    private int listenPort;
    private Claim claim;
    private NetAddress seesUsAt;

    Whereabouts(Peer peer) {
        this.peer = peer;
        subnet = Subnet.of(peer.path().remote());
    }

    /** The subnet that it was first seen in; null if that says nothing. */
    Subnet subnet() {
        return subnet;
    }

    /** Of a stream that it opened only the host is its own; the port is where it says that it listens. */
    void listensAt(int port, boolean stream) {
        listenPort = port;
        isStream = stream;
    }

    /** As seen from here; null if that is not known. */
    NetAddress seenAddress() {
        NetAddress remote = peer.path().remote();
        return isStream ? listenPort == 0 ? null : remote.withPort(listenPort) : remote;
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
