package org.simpledht.core;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * Where neighbours say that they can be reached, other than where they speak from, as whoever sits behind a router must. Anybody
 * can say so of anybody's address: so it is told to nobody before a frame that went there has come back as a cookie, or the neighbour has
 * spoken from there; and few small frames find that out (docs/PROTOCOL.md, "Validation").
 */
final class Claims {

    private final Neighbours neighbours;
    private final PeerTable peers;
    private final Paths paths;
    private final Streams streams;
    private final Gate gate;
    private final Sender sender;
    private final RandomGenerator dice;
    private final ClaimLimits limits = new ClaimLimits();

    Claims(
            Neighbours neighbours,
            PeerTable peers,
            Paths paths,
            Streams streams,
            Gate gate,
            Sender sender,
            RandomGenerator dice) {
        this.neighbours = neighbours;
        this.peers = peers;
        this.paths = paths;
        this.streams = streams;
        this.gate = gate;
        this.sender = sender;
        this.dice = dice;
    }

    /** A neighbour has introduced itself, with or without such an address. */
    void heard(Link link, Optional<NetAddress> advertised, Now now) {
        Path claimant = link.peer().path();
        Path path = advertised
                .map(address -> paths.reachable(new Path(claimant.binding(), address)))
                .orElse(null);
        Claim before = link.whereabouts().claim();
        if (path == null || !link.isOurs()) {
            link.whereabouts().claim(null);
        } else if ((before == null || !path.equals(before.path())) && limits.mayClaim(claimant, path, now)) {
            Claim.Questions questions = limits.questions(claimant, path);
            link.whereabouts().claim(new Claim(path, questions, new Hash(dice.nextLong())));
        }
    }

    /** Once per KeepAlive interval: what was claimed is tried. */
    void tick(Now now) {
        for (Link link : neighbours.all()) {
            Claim claim = link.whereabouts().claim();
            if (claim != null && isElses(claim.path(), link.peer())) {
                claim.refute();
            } else if (claim != null) {
                claim.tick(now);
                tryOut(claim, link, now);
            }
        }
    }

    private void tryOut(Claim claim, Link link, Now now) {
        boolean isOpen = claim.isToBeShown(now) && claim.mayProbe(now);
        if (isOpen && link.isOurs() && gate.mayProbe(claim.path(), now)) {
            claim.probed(now);
            // The answer may come from elsewhere, and what goes over the link may overtake the flag.
            List<ExtensionRecord> question = List.of(new ExtensionRecord.Ask(List.of(claim.question())));
            sender.addressed(claim.path(), link.peer().nodeId(), Message.KEEP_ALIVE, Header.FLAG_PROBE, question, now);
        }
    }

    private boolean isElses(Path path, Peer claimant) {
        Peer there = peers.at(path);
        return there != null && there != claimant && there.isThere();
    }

    /** That neighbour says what it holds, maybe since it was asked where it claims to be. */
    void heardMetas(Link link, List<Meta> metas, Now now) {
        Claim claim = link.whereabouts().claim();
        if (claim != null
                && claim.wasProbed()
                && claim.isToBeShown(now)
                && metas.stream().anyMatch(meta -> meta.key().equals(claim.question()))) {
            prove(claim, now);
        }
    }

    private void prove(Claim claim, Now now) {
        claim.prove(new Hash(dice.nextLong()), now);
    }

    /**
     * A frame of that node has come, which need not count: it may show the cookie of where the node claims to be.
     *
     * @param counts whether who speaks from there receives there, too
     */
    void shown(Path from, long nodeId, long token, boolean counts, Now now) {
        Peer peer = peers.ofNode(nodeId);
        Claim claim = peer == null || peer.link() == null
                ? null
                : peer.link().whereabouts().claim();
        if (claim == null || !claim.isToBeShown(now) || !claim.wasProbed() && !from.equals(claim.path())) {
            return;
        }
        // A stream that the other side opened comes from where nobody listens.
        boolean isThere = counts && from.equals(claim.path()) && (!sender.isStream(from) || streams.isOurs(from));
        if (isThere || gate.isCookieOf(claim.path(), token, now)) {
            prove(claim, now);
        }
    }
}
