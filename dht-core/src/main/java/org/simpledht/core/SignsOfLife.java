package org.simpledht.core;

import java.util.List;
import org.simpledht.core.store.PhysicalClock;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** What a KeepAlive says: to neighbours all that they need to know each second, to strangers who this node is (docs/PROTOCOL.md, "Strangers"). */
final class SignsOfLife {

    private static final int ALWAYS_NAMED = 3;
    private static final int NAMED_EVERY = 10;

    private final Sender sender;
    private final Paths paths;
    private final Gate gate;
    private final Neighbourhood neighbourhood;
    private final Introductions introductions;
    private final AddressBook book;
    private final Reconciler reconciler;
    private final Trunk trunk;
    private final ClassicService classicService;
    private final PhysicalClock clock;
    private final long keepAliveNanos;

    SignsOfLife(
            Sender sender,
            Paths paths,
            Gate gate,
            Neighbourhood neighbourhood,
            Introductions introductions,
            AddressBook book,
            Reconciler reconciler,
            Trunk trunk,
            ClassicService classicService,
            PhysicalClock clock,
            long keepAliveNanos) {
        this.sender = sender;
        this.paths = paths;
        this.gate = gate;
        this.neighbourhood = neighbourhood;
        this.introductions = introductions;
        this.book = book;
        this.reconciler = reconciler;
        this.trunk = trunk;
        this.classicService = classicService;
        this.clock = clock;
        this.keepAliveNanos = keepAliveNanos;
    }

    /**
     * Toward whom we do not know, a KeepAlive carries our name the first three times and every tenth: so two of ours find
     * each other in spite of loss, and strict classic tools see what they expect.
     */
    void tell(Peer peer, Now now) {
        if (peer.isVouchedFor()) {
            gate.vouch(peer.path(), now);
        } else if (!peer.isHeard() && !gate.mayProbe(peer.path(), now)) {
            return;
        }
        int number = peer.nextKeepAlive();
        Link link = peer.kind(now) == PeerKind.CAPABLE ? peer.link() : null;
        if (link != null) {
            greet(link, number % NAMED_EVERY == 0);
            tellWallClock(link, now);
        } else if (number < ALWAYS_NAMED || number % NAMED_EVERY == 0) {
            sendName(peer.path(), now);
        } else {
            sender.classic(peer.path(), Message.KEEP_ALIVE, now);
        }
    }

    /** What was said there may not have counted, so it is said again: also that room is to be made. */
    void repeat(Peer peer, Now now) {
        if (peer.link() != null && neighbourhood.begsAt(peer.path(), now)) {
            peer.link().plead();
        }
        tell(peer, now);
    }

    /** Who this node is goes to an address where one of ours may be, as somebody has said: it is asked for a place. */
    void tellName(Path path, Now now) {
        if (paths.reachable(path) != null && gate.mayProbe(path, now)) {
            book.asked(path, now);
            sendName(path, now);
        }
    }

    /** The same where one of ours has been. */
    void tellNameAgain(Path path, Now now) {
        if (paths.reachable(path) != null) {
            gate.vouch(path, now);
            book.asked(path, now);
            sendName(path, now);
        }
    }

    /** Whether an address is what it seems is asked of all who speak without extension, and of originals again and again. */
    void challenge(Path path, Now now) {
        Hash cookie = gate.challenge(path, now);
        if (cookie != null) {
            sender.classic(path, new Message.IHave(cookie), now);
        }
    }

    private void sendName(Path path, Now now) {
        // On a stream the greeting says it all.
        List<ExtensionRecord> hello = sender.isStream(path) ? List.of() : List.of(sender.hello(path));
        int flags = neighbourhood.begsAt(path, now) ? Header.FLAG_PLEASE : 0;
        sender.extended(path, Message.KEEP_ALIVE, flags, hello, now);
    }

    /** The user named it: it is asked for a place, if it is no peer yet. */
    void contact(Peer peer, Now now) {
        if (!peer.isHeard()) {
            book.asked(peer.path(), now);
        }
        tell(peer, now);
    }

    /** Who has no place is told, if it does not know, and whom it may ask instead. */
    void refuse(Link link, Now now) {
        if (link.mustRefuse(now)) {
            greet(link, false);
            introductions.console(link);
        }
    }

    private void greet(Link link, boolean mustTellName) {
        LinkOutput output = link.output();
        output.signOfLife();
        if (mustTellName || link.mustGreet()) {
            output.control(sender.hello(link.peer().path()));
            NetAddress seen = link.whereabouts().seenAddress();
            if (seen != null) {
                output.controlOfWay(new LinkRecord.Seen(seen));
            }
        }
        link.greeted();
        if (link.isNeighbour()) {
            output.control(reconciler.root());
            LinkRecord.Trunk where = trunk.toTell(link);
            if (where != null) {
                output.control(where);
            }
            tellWards(link);
        }
    }

    /** Where all go by the same wrong time, each has to hear that the others know a better one. */
    private void tellWallClock(Link link, Now now) {
        long wall = clock.wallToTell(now.nanos(), keepAliveNanos);
        if (wall != 0) {
            link.output().control(new LinkRecord.Wall(HeaderClock.of(wall)));
        }
    }

    /** Once more when there is none left, and not at all where there never was one. */
    private void tellWards(Link link) {
        List<NetAddress> wards = classicService.wards();
        if (!wards.isEmpty() || link.wasToldOfWards()) {
            link.output().control(new LinkRecord.Wards(wards));
        }
        link.toldOfWards(!wards.isEmpty());
    }
}
