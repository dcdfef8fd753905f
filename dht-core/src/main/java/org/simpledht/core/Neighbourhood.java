package org.simpledht.core;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * With whom this node has a link: everyone as long as they are few, else eight, so that its cost does not grow with the network. Who
 * asks for a link gets one while there is room, and is told of others when there is none; who has too few asks those that it has heard
 * of (docs/PROTOCOL.md, "Behaviour"; after HyParView, Leitão and others, 2007).
 */
final class Neighbourhood {

    /** Places in all. */
    static final int MOST = 10;

    /** With fewer this node looks for more, unless it knows everyone. */
    static final int WANTED = 8;

    /** With fewer others are asked to make room. */
    private static final int ENOUGH = 6;

    /** Who makes room for one has done enough for so long: or else those who join would drive out each other. */
    private static final long HEEDED_NANOS = 5_000_000_000L;

    /** Who had no room may have some after so long. */
    private static final long AGAIN_NANOS = 60_000_000_000L;

    /** Who misses so many signs of life may be gone: somebody else is looked for, before it is certain. */
    private static final int MISSED = 4;

    /** Questions at once, and as many per second. */
    private static final int QUESTIONS = 5;

    private static final int OLDEST_KEPT = 2;

    private final Neighbours neighbours;
    private final PeerTable peers;
    private final AddressBook book;
    private final LostPeers lost;
    private final RandomGenerator dice;
    private final long suspectNanos;
    private int questionsLeft = QUESTIONS;
    private boolean hasHeeded;
    private long heededNanos;

    Neighbourhood(
            Neighbours neighbours,
            PeerTable peers,
            AddressBook book,
            LostPeers lost,
            RandomGenerator dice,
            long keepAliveNanos) {
        suspectNanos = MISSED * keepAliveNanos;
        this.neighbours = neighbours;
        this.peers = peers;
        this.book = book;
        this.lost = lost;
        this.dice = dice;
    }

    /** Who tells a node something that is no peer of ours. */
    interface Asker {
        void ask(Path path);
    }

    /** How many hold a place, but for those who may be gone. */
    int size(Now now) {
        int size = 0;
        for (Link link : neighbours.all()) {
            size += holdsPlace(link, now) ? 1 : 0;
        }
        return size;
    }

    private boolean holdsPlace(Link link, Now now) {
        return link.isOurs() && link.peer().silenceNanos(now) < suspectNanos;
    }

    /**
     * A frame has come over a link that holds no place.
     *
     * @param asks whether the other side wants one, or thinks that it has one
     * @param begs whether it has hardly any other
     */
    void consider(Link link, boolean asks, boolean begs, Now now) {
        boolean isHeeded = begs && (!hasHeeded || now.since(heededNanos) >= HEEDED_NANOS);
        boolean wasLost = lost.wasLost(link.peer().path());
        boolean hasRoom = size(now) < MOST;
        if (hasRoom || (isHeeded || wasLost) && evict(now)) {
            if (!hasRoom && !wasLost) {
                hasHeeded = true;
                heededNanos = now.nanos();
            }
            link.isOurs(true);
            book.forget(link.peer().path());
        } else if (asks) {
            link.refuses();
        }
    }

    /** The other side has no room, or has none any more. */
    void refused(Link link, Now now) {
        link.isOurs(false);
        book.met(link.peer().path(), now);
    }

    /** Whose place is given to somebody who matters more: one that asked for its own, and none of the oldest. */
    private boolean evict(Now now) {
        List<Link> some = new ArrayList<>();
        int older = 0;
        for (Link link : neighbours.all()) {
            if (holdsPlace(link, now) && ++older > OLDEST_KEPT) {
                some.add(link);
            }
        }
        if (some.isEmpty()) {
            return false;
        }
        Link link = some.get(dice.nextInt(some.size()));
        link.isOurs(false);
        link.refuses();
        return true;
    }

    /** Once per KeepAlive interval. */
    void tick(Asker asker, Now now) {
        for (Link link : neighbours.all()) {
            if (!link.isOurs() && !link.owesRefusal()) {
                book.met(link.peer().path(), now);
                peers.drop(link.peer(), now);
            }
        }
        while (size(now) > MOST && evict(now)) {
            // Suspects have come back.
        }
        questionsLeft = QUESTIONS;
        search(asker, now);
    }

    /** Asks some of those that were heard of, as long as there are places left. */
    void search(Asker asker, Now now) {
        int missing = wanted(now) - size(now);
        while (missing > 0 && questionsLeft > 0) {
            Path path = book.next(begs(now) ? HEEDED_NANOS : AGAIN_NANOS, now);
            if (path == null) {
                return;
            }
            Peer there = peers.at(path);
            if (there == null || !there.isThere()) {
                questionsLeft--;
                missing--;
                asker.ask(path);
            }
        }
    }

    private int wanted(Now now) {
        // Of so few everyone is a neighbour of everyone.
        return size(now) + book.size() <= MOST ? MOST : WANTED;
    }

    /** Whether there are so few that others are to make room. */
    boolean begs(Now now) {
        return size(now) < ENOUGH;
    }

    /** Whether there are so few that whoever was named by the user is to be asked, too. */
    boolean isPoor(Now now) {
        return size(now) < WANTED / 2;
    }
}
