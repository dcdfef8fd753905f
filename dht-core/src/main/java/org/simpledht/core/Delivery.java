package org.simpledht.core;

import java.util.random.RandomGenerator;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.Message;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** Says to an original what is due. */
final class Delivery {

    private final Store store;
    private final Sender sender;
    private final PlaceInLine line;
    private final RandomGenerator dice;

    Delivery(Store store, Sender sender, PlaceInLine line, RandomGenerator dice) {
        this.store = store;
        this.sender = sender;
        this.line = line;
        this.dice = dice;
    }

    void announce(Peer peer, Ward ward, Hash hash, Now now) {
        if (ward.mayAnnounce(hash, now)) {
            sender.classic(peer.path(), new Message.IHave(hash), now);
        }
    }

    void announceWhatIsDue(Peer peer, Ward ward, Now now) {
        for (Hash due : ward.takeDueAnnouncements(now)) {
            if (ward.pacing().isContended(now) && !line.leads(peer, now)) {
                ward.announceAt(due, line.announceLaterAt(peer, now));
            } else {
                announce(peer, ward, due, now);
            }
        }
    }

    void answerWhatIsDue(Peer peer, Ward ward, Now now) {
        for (Hash hash = ward.takeDueAnswer(now); hash != null; hash = ward.takeDueAnswer(now)) {
            Content content = store.get(hash, now.unixMillis()).orElse(null);
            if (content != null && sender.fits(peer.path(), peer, content, now)) {
                ward.pacing().pause(jitter(ward, now), now);
                sender.classic(peer.path(), new Message.Put(hash, content), now);
                return;
            }
        }
    }

    void putWhatIsDue(Peer peer, Ward ward, Now now) {
        for (Hash hash = ward.takeDuePut(now); hash != null; hash = ward.takeDuePut(now)) {
            Content content = store.get(hash, now.unixMillis()).orElse(null);
            if (content != null && sender.fits(peer.path(), peer, content, now)) {
                ward.pacing().hasPut(hash, jitter(ward, now), now);
                if (ward.hasAskedForIt()) {
                    sender.classic(peer.path(), new Message.Put(hash, content), now);
                } else {
                    sender.stamped(peer.path(), store.meta(hash), content, now);
                }
                return;
            }
            ward.forget(hash);
        }
    }

    /**
     * Finds out if it reads: it asks at once for what it is told of and lacks, and nobody has this hash. So a Put whose IHave got lost, or
     * that got lost itself, holds up the next one no longer than another round trip.
     */
    void probeWhatIsDue(Peer peer, Ward ward, Now now) {
        if (ward.isProbeDue(now)) {
            sender.classic(peer.path(), new Message.IHave(ward.pacing().probe(dice)), now);
        }
    }

    private long jitter(Ward ward, Now now) {
        return line.jitterNanos(ward.pacing().isContended(now));
    }
}
