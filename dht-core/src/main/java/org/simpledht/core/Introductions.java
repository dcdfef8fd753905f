package org.simpledht.core;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.types.NetAddress;

/**
 * Neighbours tell each other whom they know, so that those who joined by one seed come to know each other, too. Who has
 * enough neighbours looks for no more, and still answers (docs/PROTOCOL.md, "Behaviour").
 */
final class Introductions {

    /** Everyone is a neighbour as long as they are so few. */
    static final int ENOUGH = 10;

    private static final int AT_ONCE = 8;
    private static final long YOUNG_NANOS = 20_000_000_000L;
    private static final long SELDOM_NANOS = 10_000_000_000L;

    /** What comes so soon after our own is its answer. */
    private static final long ANSWER_NANOS = 2_000_000_000L;

    private final Neighbours neighbours;
    private final PeerTable peers;
    private final RandomGenerator dice;
    private final long startNanos;
    private long nextNanos;

    Introductions(Neighbours neighbours, PeerTable peers, RandomGenerator dice, Now start) {
        this.neighbours = neighbours;
        this.peers = peers;
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
        if (links.size() > 1) {
            nextNanos = now.nanos() + SELDOM_NANOS;
            Link link = links.get(dice.nextInt(links.size()));
            link.introducedOthers(now);
            tell(link, links);
        }
    }

    private void tell(Link link, List<Link> links) {
        int binding = link.peer().path().binding();
        List<NetAddress> known = new ArrayList<>();
        for (Link other : links) {
            NetAddress address = other.address();
            if (other != link && other.peer().path().binding() == binding && address != null) {
                known.add(address);
            }
        }
        while (known.size() > AT_ONCE) {
            known.remove(dice.nextInt(known.size()));
        }
        if (!known.isEmpty()) {
            link.output().control(new LinkRecord.Peers(known));
        }
    }

    /**
     * A neighbour tells whom it knows.
     *
     * @return those of them whom this node wants to know as well
     */
    List<Path> heard(Link link, List<NetAddress> addresses, Now now) {
        List<Link> links = neighbours.sharing();
        if (!link.hasIntroducedOthers(ANSWER_NANOS, now)) {
            link.introducedOthers(now);
            tell(link, links);
        }
        List<Path> wanted = new ArrayList<>();
        for (NetAddress address : addresses) {
            Path path = new Path(link.peer().path().binding(), address);
            boolean isNew = peers.at(path) == null && !peers.isOwn(address, now);
            if (isNew && links.size() + wanted.size() < ENOUGH) {
                wanted.add(path);
            }
        }
        return wanted;
    }
}
