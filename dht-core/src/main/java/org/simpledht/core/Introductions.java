package org.simpledht.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.types.NetAddress;

/**
 * Neighbours tell each other whom they know, so that those who joined by one seed come to know each other, too
 * (docs/PROTOCOL.md, "Behaviour").
 */
final class Introductions {

    private static final int AT_ONCE = 8;
    private static final long YOUNG_NANOS = 20_000_000_000L;
    private static final long SELDOM_NANOS = 10_000_000_000L;

    /** What comes so soon after our own is its answer. */
    private static final long ANSWER_NANOS = 2_000_000_000L;

    private final Neighbours neighbours;
    private final PeerTable peers;
    private final AddressBook book;
    private final RandomGenerator dice;
    private final long startNanos;
    private long nextNanos;

    Introductions(Neighbours neighbours, PeerTable peers, AddressBook book, RandomGenerator dice, Now start) {
        this.neighbours = neighbours;
        this.peers = peers;
        this.book = book;
        this.dice = dice;
        startNanos = start.nanos();
        nextNanos = start.nanos();
    }

    /** Once per KeepAlive interval: often at first, seldom later. */
    void tick(Now now) {
        if (now.since(startNanos) > YOUNG_NANOS && !now.isAtOrAfter(nextNanos)) {
            return;
        }
        List<Link> links = neighbours.sharing();
        if (!links.isEmpty()) {
            nextNanos = now.nanos() + SELDOM_NANOS;
            Link link = links.get(dice.nextInt(links.size()));
            link.introducedOthers(now);
            // Also who knows nobody else: the answer is what it is for.
            tell(link, links, true);
        }
    }

    /** Who cannot be a neighbour hears of others. */
    void console(Link link) {
        tell(link, neighbours.sharing(), false);
    }

    private void tell(Link link, List<Link> links, boolean asks) {
        int binding = link.peer().path().binding();
        Set<NetAddress> known = new LinkedHashSet<>(book.met(binding));
        for (Link other : links) {
            NetAddress address = other.whereabouts().address();
            if (other.peer().path().binding() == binding && address != null) {
                known.add(address);
            }
        }
        known.remove(link.whereabouts().address());
        List<NetAddress> some = new ArrayList<>(known);
        while (some.size() > AT_ONCE) {
            some.remove(dice.nextInt(some.size()));
        }
        if (asks || !some.isEmpty()) {
            link.output().controlOfWay(new LinkRecord.Peers(some));
        }
    }

    /** Whether a neighbour that speaks from elsewhere is reached there. */
    private boolean isNeighbours(Path path) {
        for (Link link : neighbours.all()) {
            if (link.whereabouts().claim() != null
                    && link.whereabouts().claim().isProven()
                    && link.whereabouts().claim().path().equals(path)) {
                return true;
            }
        }
        return false;
    }

    /** Somebody tells whom it knows. */
    void heard(Path from, Link link, List<NetAddress> addresses, Now now) {
        if (link.isNeighbour() && !link.hasIntroducedOthers(ANSWER_NANOS, now)) {
            link.introducedOthers(now);
            tell(link, neighbours.sharing(), false);
        }
        if (!link.hadPlace() && !book.wasAsked(link.peer().path(), now)) {
            // Anybody could fill the address book so.
            return;
        }
        for (NetAddress address : addresses) {
            Path path = new Path(from.binding(), address);
            if (peers.at(path) == null && !peers.isOwn(address, now) && !isNeighbours(path)) {
                book.heardOf(path);
            }
        }
    }
}
