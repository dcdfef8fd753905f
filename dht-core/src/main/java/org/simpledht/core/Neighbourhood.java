package org.simpledht.core;

import java.util.Iterator;
import java.util.random.RandomGenerator;

/**
 * With whom this node has a link: everyone as long as they are few, else eight, so that its cost does not grow with the network. Who
 * asks for a link gets one while there is room, and is told of others when there is none; who has too few asks those that it has heard
 * of (docs/PROTOCOL.md, "Behaviour"; after HyParView, Leitão and others, 2007).
 */
final class Neighbourhood {

    /** With fewer this node looks for more, unless it knows everyone. */
    static final int WANTED = 8;

    /** Who makes room for one has done enough for so long: or else those who join would drive out each other. */
    private static final long HEEDED_NANOS = 5_000_000_000L;

    /** Who begs again in that time is in need, if it is not the same question once more. */
    private static final long BEGGED_NANOS = 15_000_000_000L;

    private static final long ONCE_NANOS = 2_000_000_000L;

    /** Who had no room may have some after so long. */
    private static final long AGAIN_NANOS = 60_000_000_000L;

    /** Questions at once, and as many per second. */
    private static final int QUESTIONS = 5;

    /** About so often one neighbour is changed for another, or else those who met first would stay among themselves for ever. */
    private static final long CHANGE_NANOS = 60_000_000_000L;

    private final Neighbours neighbours;
    private final PeerTable peers;
    private final AddressBook book;
    private final LostPeers lost;
    private final Places places;
    private final RandomGenerator dice;
    private final LastTime heeded = new LastTime();
    private final LastTime begged = new LastTime();
    private Path beggar;
    private Path wish;
    private boolean isUsersWish;
    private long nextChangeNanos;
    private int questionsLeft = QUESTIONS;

    Neighbourhood(
            Neighbours neighbours,
            PeerTable peers,
            AddressBook book,
            LostPeers lost,
            Places places,
            RandomGenerator dice,
            Now start) {
        this.neighbours = neighbours;
        this.peers = peers;
        this.book = book;
        this.lost = lost;
        this.places = places;
        this.dice = dice;
        planChange(start);
    }

    /** Who tells a node something that is no peer of ours. */
    interface Asker {
        void ask(Path path);
    }

    /**
     * A frame has come over a link that holds no place.
     *
     * @param isStrange whether the other side is of another network, lease or time, as that frame says: it can be nobody's neighbour
     * @param asks whether the other side wants one, or thinks that it has one
     * @param begs whether it has hardly any other
     */
    void consider(Link link, boolean isStrange, boolean asks, boolean begs, Now now) {
        if (!isStrange) {
            considerNeighbour(link, asks, begs, now);
        } else if (places.mayServe(now)) {
            link.serve();
        } else if (asks) {
            link.refuses();
        }
    }

    private void considerNeighbour(Link link, boolean asks, boolean begs, Now now) {
        boolean isHeeded = begs && !heeded.isWithin(HEEDED_NANOS, now);
        boolean wasLost = lost.wasLost(link.peer());
        boolean askedByUs = book.wasAsked(link.peer().path(), now);
        boolean isWish = askedByUs && link.peer().path().equals(wish);
        Places.Answer answer = places.answer(link, askedByUs, now);
        boolean mayDisplace = answer != Places.Answer.CROWDED && (isHeeded || wasLost || isWish);
        boolean cutsTree = wasLost
                || isWish && isUsersWish
                || isHeeded && begsAgain(link.peer().path(), now);
        if (answer == Places.Answer.ROOM
                || mayDisplace && giveUp(places.leastNeeded(isWish ? null : link, cutsTree, now))) {
            if (answer != Places.Answer.ROOM && !wasLost && !isWish) {
                heeded.happened(now);
            }
            link.isOurs(true);
            link.isAskedByUs(askedByUs);
            book.forget(link.peer().path());
        } else if (asks) {
            link.refuses();
            if (isHeeded) {
                hasBegged(link.peer().path(), now);
            }
        }
    }

    /** Whether that one was refused just before: who only changes a neighbour for another one does not come again. */
    private boolean begsAgain(Path path, Now now) {
        return path.equals(beggar) && begged.sinceNanos(now) >= ONCE_NANOS && begged.isWithin(BEGGED_NANOS, now);
    }

    /** Of several at once one is remembered, so that each has his turn. */
    private void hasBegged(Path path, Now now) {
        if (!begged.isWithin(BEGGED_NANOS, now)) {
            beggar = path;
            begged.happened(now);
        }
    }

    /** A frame has been read: maybe the other side is of the same network and time now, and was not before. */
    void heard(Link link, Now now) {
        if (!link.takeReturn() || !link.isOurs()) {
            return;
        }
        if (link.isOnlyServed()) {
            link.isOurs(false);
            considerNeighbour(link, true, false, now);
        } else {
            // It had its place before those that came meanwhile.
            while (giveUp(places.replacement(now))) {
                // One at a time.
            }
        }
    }

    /** The other side has no room, or has none any more. */
    void refused(Link link, Now now) {
        link.isOurs(false);
        remember(link, now);
    }

    private void remember(Link link, Now now) {
        Path way = link.whereabouts().way();
        if (way != null && link.isCompatible()) {
            book.met(way, now);
        }
    }

    private boolean giveUp(Link link) {
        if (link == null) {
            return false;
        }
        link.isOurs(false);
        link.refuses();
        return true;
    }

    /** Once per KeepAlive interval. */
    void tick(Asker asker, Now now) {
        for (Link link : neighbours.all()) {
            if (!link.isOurs() && !link.owesRefusal()) {
                leave(link, now);
            }
        }
        while (places.size(now) > Places.MOST && giveUp(places.leastNeeded(null, true, now))) {
            // Suspects have come back.
        }
        while (giveUp(places.superfluousStranger(now))) {
            // Neighbours have become strange.
        }
        Iterator<Link> superfluous = places.superfluous(now).iterator();
        while (superfluous.hasNext() && places.size(now) > Places.ENOUGH) {
            giveUp(superfluous.next());
        }
        questionsLeft = QUESTIONS;
        search(asker, now);
        if (now.isAtOrAfter(nextChangeNanos)) {
            planChange(now);
            change(asker, now);
        }
    }

    private void planChange(Now now) {
        nextChangeNanos = now.nanos() + CHANGE_NANOS / 2 + dice.nextLong(CHANGE_NANOS);
    }

    private void change(Asker asker, Now now) {
        if (wanted(now) == Places.MOST || places.size(now) < WANTED) {
            // All are neighbours, or others are being looked for anyway.
            return;
        }
        if (places.size(now) >= Places.MOST && places.leastNeeded(null, false, now) == null) {
            // Whom we ask would let somebody go for nothing.
            return;
        }
        Path path = book.next(0, other -> !places.isCrowded(Subnet.of(other.remote()), now), now);
        Peer there = path == null ? null : peers.at(path);
        if (path != null && (there == null || !there.isHeard())) {
            wish = path;
            isUsersWish = false;
            asker.ask(path);
        }
    }

    /** The user's: the next answer from there gets a place, if need be another one's, and it is asked for one in the same way. */
    void wish(Path path) {
        wish = path;
        isUsersWish = true;
    }

    private void leave(Link link, Now now) {
        Path way = link.whereabouts().way();
        boolean cameInVain = !link.isStrange() && places.answer(link, false, now) == Places.Answer.TOO_MANY_ASKED;
        if (way != null && cameInVain) {
            // It has come in vain since others have, too: it is one to be chosen, and at once.
            book.heardOf(way);
        } else {
            remember(link, now);
        }
        peers.drop(link.peer(), now);
    }

    /** Asks some of those that were heard of, as long as there are places left. */
    void search(Asker asker, Now now) {
        int needed = places.size(now) - places.superfluous(now).size();
        int missing = wanted(now) - needed;
        while (missing > 0 && questionsLeft > 0) {
            Path path = book.next(
                    begs(now) ? HEEDED_NANOS : AGAIN_NANOS,
                    other -> !places.isCrowded(Subnet.of(other.remote()), now),
                    now);
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
        return places.size(now) + book.size() <= Places.MOST ? Places.MOST : WANTED;
    }

    /** Whether room is to be made for this node there. */
    boolean begsAt(Path path, Now now) {
        return begs(now) || path.equals(wish);
    }

    private boolean begs(Now now) {
        return places.size(now) < Places.ENOUGH;
    }

    /** Whether there are so few that whoever was named by the user is to be asked, too. */
    boolean isPoor(Now now) {
        return places.size(now) < WANTED / 2;
    }
}
