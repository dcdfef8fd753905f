package org.simpledht.core;

import java.util.List;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Meta;
import org.simpledht.types.NetAddress;

/** What becomes of those that somebody tells of: the user, a seed's name, a peer, or whoever introduces himself. */
final class Acquaintances {

    private final PeerTable peers;
    private final Paths paths;
    private final Neighbours neighbours;
    private final Neighbourhood neighbourhood;
    private final Introductions introductions;
    private final SignsOfLife signsOfLife;
    private final Claims claims;
    private final Gate gate;
    private final Counter.Board counters;

    Acquaintances(
            PeerTable peers,
            Paths paths,
            Neighbours neighbours,
            Neighbourhood neighbourhood,
            Introductions introductions,
            SignsOfLife signsOfLife,
            Claims claims,
            Gate gate,
            Counter.Board counters) {
        this.peers = peers;
        this.paths = paths;
        this.neighbours = neighbours;
        this.neighbourhood = neighbourhood;
        this.introductions = introductions;
        this.signsOfLife = signsOfLife;
        this.claims = claims;
        this.gate = gate;
        this.counters = counters;
    }

    /** The user wants it, now: it hears of us at once, and a place is made for it, since it may know a network that nobody here does. */
    boolean discover(Path path, Now now) {
        Path reachable = paths.reachable(path);
        if (reachable != null) {
            neighbourhood.wish(reachable);
        }
        return contact(path, now);
    }

    /** The user named it: it hears of us at once. Returns false if it cannot be reached from here, whatever its state. */
    boolean contact(Path path, Now now) {
        Path reachable = paths.reachable(path);
        if (reachable == null) {
            return false;
        }
        Peer peer = peers.addCandidate(reachable, now);
        if (peer != null) {
            peer.vouchFor();
            signsOfLife.contact(peer, now);
        }
        return true;
    }

    /** Who speaks from there told of an address: it hears of us with the next KeepAlive. */
    void learn(Path teller, Path path, Now now) {
        Path reachable = paths.reachable(path);
        if (reachable == null || peers.at(reachable) == null && !gate.mayMeet(reachable, teller, now)) {
            counters.add(Counter.ADDRESSES_REFUSED);
        } else {
            peers.addCandidate(reachable, now);
        }
    }

    /** A neighbour told of others of ours. */
    void toldOf(Path from, Link link, List<NetAddress> addresses, Now now) {
        introductions.heard(from, link, addresses, now);
        search(now);
    }

    /** Asks some of those that were told of, while there are places left. */
    void search(Now now) {
        neighbourhood.search(path -> signsOfLife.tellName(path, now), now);
    }

    /** One of ours says what it holds. */
    void heardMetas(Link link, List<Meta> metas, Now now) {
        claims.heardMetas(link, metas, now);
    }

    /** One of ours has said who it is: it hears who we are at once, if it has not yet. */
    void introduced(Link link, ExtensionRecord.Hello hello, Now now) {
        neighbours.introduced(link, hello, now);
        claims.heard(link, hello.advertised(), now);
        if (link.isUngreeted() && link.isOurs()) {
            signsOfLife.tell(link.peer(), now);
        }
    }
}
