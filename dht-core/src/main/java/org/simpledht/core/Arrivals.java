package org.simpledht.core;

import org.simpledht.core.store.Lease;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.Message;

/** Whose frame one is that has arrived, whether there is a place for whom it comes from, and in which order its parts are heeded. */
final class Arrivals {

    private final long ownId;
    private final PeerTable peers;
    private final Paths paths;
    private final Neighbours neighbours;
    private final Neighbourhood neighbourhood;
    private final Acquaintances acquaintances;
    private final SignsOfLife signsOfLife;
    private final Seeds seeds;
    private final Lookups lookups;
    private final Reception reception;
    private final Counter.Board counters;

    Arrivals(
            long ownId,
            PeerTable peers,
            Paths paths,
            Neighbours neighbours,
            Neighbourhood neighbourhood,
            Acquaintances acquaintances,
            SignsOfLife signsOfLife,
            Seeds seeds,
            Lookups lookups,
            Reception reception,
            Counter.Board counters) {
        this.ownId = ownId;
        this.peers = peers;
        this.paths = paths;
        this.neighbours = neighbours;
        this.neighbourhood = neighbourhood;
        this.acquaintances = acquaintances;
        this.signsOfLife = signsOfLife;
        this.seeds = seeds;
        this.lookups = lookups;
        this.reception = reception;
        this.counters = counters;
    }

    void receive(Path from, Frame frame, int frameBytes, Now now) {
        Extension extension = frame.extension().orElse(null);
        if (extension == null || extension.header().nodeId() == 0) {
            Peer peer = peers.heard(from, now);
            reception.classic(from, peer, frame.carrier(), now);
            lookups.heardOriginal(peer, now);
        } else {
            receiveExtended(from, frame.carrier(), extension, frameBytes, now);
        }
    }

    private void receiveExtended(Path from, Message carrier, Extension extension, int frameBytes, Now now) {
        Header header = extension.header();
        if (header.nodeId() == ownId) {
            counters.add(Counter.FRAMES_FROM_SELF);
            paths.heardOurselves(from, now);
            return;
        }
        Peer peer = peers.heard(from, header, now);
        // A clock far ahead does not count as seen: or else one forged frame would make all that follow look old.
        boolean isFarAhead = HeaderClock.millis(header.clock()) - now.unixMillis() > Lease.TOLERANCE_MILLIS;
        boolean isNewest = !isFarAhead && peer.isNewer(header.clock());
        Link link = neighbours.linkTo(peer, now);
        if (link != null) {
            negotiate(from, link, extension, isNewest || isFarAhead, now);
        }
        if (link == null || link.isOurs()) {
            peers.announceJoin(peer, now);
        }
        if (link != null && (isNewest || isFarAhead)) {
            neighbours.heard(link, header, now);
        }
        if (link != null && header.has(Header.FLAG_NEIGHBOUR)) {
            link.flow().received(frameBytes, now);
        }
        reception.extended(from, peer, link, carrier, extension, now);
        if (isNewest) {
            paths.obeyFlags(from, peer, header, now);
        }
        paths.closeSuperfluousStream(from, peer, now);
        if (link != null && !link.isOurs()) {
            signsOfLife.refuse(link, now);
            acquaintances.search(now);
        }
    }

    /** Whether there is a place for each other: who introduces himself wants one. */
    private void negotiate(Path from, Link link, Extension extension, boolean isNewest, Now now) {
        Header header = extension.header();
        if (header.has(Header.FLAG_NO_ROOM)) {
            if (isNewest) {
                neighbourhood.refused(link, now);
            }
        } else if (!link.isOurs()) {
            boolean asks = header.has(Header.FLAG_NEIGHBOUR)
                    || extension.records().stream().anyMatch(record -> record instanceof ExtensionRecord.Hello);
            neighbourhood.consider(link, asks, header.has(Header.FLAG_PLEASE), now);
        }
        if (link.isFirst()) {
            seeds.heard(from, now);
        }
    }
}
