package org.simpledht.core;

import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.Message;

/** Whose frame one is that has arrived, whether there is a place for whom it comes from, and in which order its parts are heeded. */
final class Arrivals {

    private final long ownId;
    private final Gate gate;
    private final PeerTable peers;
    private final Paths paths;
    private final Neighbours neighbours;
    private final Neighbourhood neighbourhood;
    private final Acquaintances acquaintances;
    private final SignsOfLife signsOfLife;
    private final Claims claims;
    private final Sender sender;
    private final Seeds seeds;
    private final Lookups lookups;
    private final Reception reception;
    private final Counter.Board counters;

    Arrivals(
            long ownId,
            Gate gate,
            PeerTable peers,
            Paths paths,
            Neighbours neighbours,
            Neighbourhood neighbourhood,
            Acquaintances acquaintances,
            SignsOfLife signsOfLife,
            Claims claims,
            Sender sender,
            Seeds seeds,
            Lookups lookups,
            Reception reception,
            Counter.Board counters) {
        this.ownId = ownId;
        this.gate = gate;
        this.peers = peers;
        this.paths = paths;
        this.neighbours = neighbours;
        this.neighbourhood = neighbourhood;
        this.acquaintances = acquaintances;
        this.signsOfLife = signsOfLife;
        this.claims = claims;
        this.sender = sender;
        this.seeds = seeds;
        this.lookups = lookups;
        this.reception = reception;
        this.counters = counters;
    }

    void receive(Path from, Frame frame, int frameBytes, Now now) {
        Extension extension = frame.extension().orElse(null);
        if (extension == null || extension.header().nodeId() == 0) {
            receiveClassic(from, frame.carrier(), now);
        } else if (extension.header().nodeId() == ownId) {
            receiveOwn(from, extension, now);
        } else if (gate.isProvenBy(extension.header().token(), from, now)) {
            // First, as a stream that is one too many is closed in the midst of it.
            shows(from, extension.header(), true, now);
            receiveExtended(from, frame.carrier(), extension, frameBytes, now);
        } else {
            shows(from, extension.header(), false, now);
            receiveUnproven(from, extension, now);
        }
    }

    private void shows(Path from, Header header, boolean counts, Now now) {
        claims.shown(from, header.nodeId(), header.token(), counts, now);
    }

    private void receiveClassic(Path from, Message carrier, Now now) {
        if (isAnswerToChallenge(from, carrier, now)) {
            peers.heard(from, true, now);
            return;
        }
        if (isOurCookie(from, carrier, now)) {
            return;
        }
        Peer there = peers.at(from);
        if (there != null && there.isSurelyOurs(now) && !gate.isExempt(from)) {
            // Whoever this is, it is not who it seems.
            counters.add(Counter.CLASSIC_FRAMES_OF_OURS);
            return;
        }
        boolean isProven = gate.isProven(from, now);
        if (!isProven && carrier instanceof Message.Put && !gate.admitsWrite(now)) {
            return;
        }
        Peer peer = peers.heard(from, isProven, now);
        if (!isProven && isOfNodes(carrier)) {
            signsOfLife.challenge(from, now);
        }
        reception.classic(from, peer, carrier, now);
        lookups.heardOriginal(peer, now);
    }

    /** What clients do not say: they need not show where they are, as long as they are content with what guests get. */
    private static boolean isOfNodes(Message carrier) {
        return !(carrier instanceof Message.Get) && !(carrier instanceof Message.Put);
    }

    /** It was sent back by somebody who does not know what it is, so it shows nothing; and it is no hash. */
    private boolean isOurCookie(Path from, Message carrier, Now now) {
        return carrier instanceof Message.IHave iHave && gate.isCookie(iHave.hash(), from, now)
                || carrier instanceof Message.Put put && gate.isCookie(put.hash(), from, now);
    }

    private boolean isAnswerToChallenge(Path from, Message carrier, Now now) {
        return carrier instanceof Message.Get get && gate.isProvenBy(get.hash(), from, now);
    }

    /**
     * It may come from anywhere, so nothing in it counts; who is there hears which token would, and shows its own. It cannot go on for
     * ever: what is answered with its own cookie counts there.
     */
    private void receiveUnproven(Path from, Extension extension, Now now) {
        counters.add(Counter.UNPROVEN_FRAMES);
        if (!gate.admitsDoubtful(from, now)) {
            return;
        }
        long theirs = 0;
        for (ExtensionRecord record : extension.records()) {
            if (record instanceof ExtensionRecord.Token token) {
                theirs = token.cookie();
            }
        }
        sender.answerWithCookie(from, theirs, gate.cookie(from, now), now);
    }

    /**
     * From one of our own addresses, or sent back by somebody who does not know what it is. With our cookie it is believed, but shows
     * nothing: an echo of the answer to an echo has it.
     */
    private void receiveOwn(Path from, Extension extension, Now now) {
        if (gate.isExempt(from) || gate.isCookieOf(from, extension.header().token(), now)) {
            counters.add(Counter.FRAMES_FROM_SELF);
            paths.heardOurselves(from, now);
        } else {
            receiveUnproven(from, extension, now);
        }
    }

    private void receiveExtended(Path from, Message carrier, Extension extension, int frameBytes, Now now) {
        Header header = extension.header();
        Peer peer = peers.heard(from, header, now);
        Way way = peer.way(from);
        way.shown(header.token());
        // A clock far ahead does not count as seen: or else one forged frame would make all that follow look old.
        boolean isFarAhead = HeaderClock.isFarAhead(header.clock(), now.unixMillis());
        boolean isNewest = !isFarAhead && peer.isNewer(header.clock(), now);
        Link link = neighbours.linkTo(peer, now);
        if (link != null && (isNewest || isFarAhead)) {
            neighbours.heard(link, header, now);
        }
        if (link != null) {
            negotiate(from, link, extension, isNewest || isFarAhead, now);
        }
        if (link == null || link.isOurs()) {
            peers.announceJoin(peer, now);
        }
        if (link != null) {
            neighbours.tellOfClock(link);
        }
        if (link != null && header.has(Header.FLAG_NEIGHBOUR)) {
            link.flow().received(frameBytes, header.clock(), now);
        }
        reception.extended(from, peer, link, carrier, extension, now);
        if (link != null) {
            neighbourhood.heard(link, now);
        }
        if (isNewest) {
            paths.obeyFlags(from, peer, header, now);
        }
        if (way.takeNewToken() && link != null && peers.contains(peer)) {
            // What we have said there may not have counted.
            signsOfLife.repeat(peer, now);
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
            neighbourhood.consider(link, isStrange(link, extension), asks, header.has(Header.FLAG_PLEASE), now);
        }
        if (link.isFirst()) {
            seeds.heard(from, now);
        }
    }

    /** Before it is read: who is of another network shall drive out nobody with the very frame that says so. */
    private boolean isStrange(Link link, Extension extension) {
        boolean isStrange = link.isStrange();
        for (ExtensionRecord record : extension.records()) {
            if (record instanceof ExtensionRecord.Hello hello) {
                isStrange = !sender.isCompatible(hello) || link.skew().isTooFar();
            }
        }
        return isStrange;
    }
}
