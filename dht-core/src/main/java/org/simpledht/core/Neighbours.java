package org.simpledht.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.types.NetAddress;

/** The links: to every peer that is one of ours. With whom the clocks agree, and the lease, everything is shared. */
final class Neighbours {

    private static final int LEAST_VOTES = 2;
    private static final long SETTLED_NANOS = 20_000_000_000L;

    /** With ten neighbours: above it at 5 % loss, far below at 1 %. */
    private static final double MANY_OVERDUE = 2;

    private static final double OVERDUE_BEFORE = 0.8;

    private final PeerTable peers;
    private final Store store;
    private final Streams streams;
    private final Sender sender;
    private final RandomGenerator dice;
    private final Counter.Board counters;
    private final Outbox outbox;
    private List<Link> links = List.of();
    private int linksAsOf = -1;
    private double overdue;

    Neighbours(
            PeerTable peers,
            Store store,
            Streams streams,
            Sender sender,
            RandomGenerator dice,
            Counter.Board counters,
            Outbox outbox) {
        this.peers = peers;
        this.store = store;
        this.streams = streams;
        this.sender = sender;
        this.dice = dice;
        this.counters = counters;
        this.outbox = outbox;
    }

    /** The link to a peer of ours that was just heard; null if it is a client or a stranger. */
    Link linkTo(Peer peer, Now now) {
        if (peer.kind(now) != PeerKind.CAPABLE || !peers.contains(peer)) {
            return null;
        }
        Link link = peer.link();
        if (link == null) {
            Flow flow = new Flow(dice.nextInt());
            link = new Link(peer, streams, now, new LinkOutput(flow, store, new Frames(peer, sender, flow), counters));
            peer.link(link);
            linksAsOf = peers.changesOfCapable() - 1;
        }
        return link;
    }

    /** A frame with that header, newer than all before, has come over a link. */
    void heard(Link link, Header header, Now now) {
        boolean isStream = sender.isStream(link.peer().path());
        link.skew().isAhead(HeaderClock.millis(header.clock()) - now.unixMillis(), isStream, now);
        if (header.has(Header.FLAG_NEIGHBOUR)) {
            // Other frames, such as the answer to a probe, say nothing of it.
            link.isFull(header.has(Header.FLAG_FULL));
        }
    }

    /** Whether its clock agrees is said once each time that it changes. */
    void tellOfClock(Link link) {
        if (link.skew().mustTell()) {
            boolean differs = link.skew().isWorthTelling();
            outbox.add(new Outbox.Noticed(link.peer().path(), differs ? Notice.CLOCKS_DIFFER : Notice.CLOCKS_AGREE));
        }
    }

    /** A peer of ours has introduced itself. */
    void introduced(Link link, ExtensionRecord.Hello hello, Now now) {
        boolean wasCompatible = link.isCompatible();
        link.introduce(sender.isCompatible(hello));
        link.whereabouts().listensAt(hello.listenPort());
        if (wasCompatible && !link.isCompatible()) {
            outbox.add(new Outbox.Noticed(link.peer().path(), Notice.OTHER_NETWORK));
        }
    }

    /** All links, also those to whom nothing is told by ourselves. */
    List<Link> all() {
        if (linksAsOf != peers.changesOfCapable()) {
            linksAsOf = peers.changesOfCapable();
            links = peers.capable().stream()
                    .map(Peer::link)
                    .filter(Objects::nonNull)
                    .toList();
        }
        return links;
    }

    /** Those with whom everything is shared; hardly ever others than {@link #all}. */
    List<Link> sharing() {
        List<Link> all = all();
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).isNeighbour()) {
                return sharing(all, i);
            }
        }
        return all;
    }

    private static List<Link> sharing(List<Link> all, int firstThatDoesNot) {
        List<Link> sharing = new ArrayList<>(all.subList(0, firstThatDoesNot));
        for (int i = firstThatDoesNot + 1; i < all.size(); i++) {
            if (all.get(i).isNeighbour()) {
                sharing.add(all.get(i));
            }
        }
        return sharing;
    }

    /** Whether all who take part are likely to be neighbours: they are few, and have been the same for a while. */
    boolean isSettled(Now now) {
        int count = 0;
        for (Link link : all()) {
            if (!link.isStrange()) {
                count++;
                if (count == Places.MOST || now.since(link.sinceNanos()) <= SETTLED_NANOS) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Whether nobody keeps up with what is written here, though somebody could: who is full takes nothing new, and who is
     * stuck, or fetches nothing that is large, might never, so none of these is waited for.
     */
    boolean areBehind(Now now) {
        boolean anyCould = false;
        for (Link link : all()) {
            if (!link.isNeighbour() || !link.couldKeepUp(now)) {
                continue;
            }
            if (link.output().isBehind()) {
                anyCould = true;
            } else if (!link.output().large().isRefused()) {
                return false;
            }
        }
        return anyCould;
    }

    /** Once per KeepAlive interval: which signs of life are overdue. */
    void tick(long overdueNanos, Now now) {
        overdue *= OVERDUE_BEFORE;
        for (Link link : sharing()) {
            overdue += link.peer().silenceNanos(now) > overdueNanos ? 1 : 0;
        }
    }

    /** Whether frames get lost: as the flow of one shows, or, where hardly any go, the signs of life that were overdue of late. */
    boolean areLossy() {
        boolean is = overdue >= MANY_OVERDUE;
        for (Link link : sharing()) {
            is |= link.flow().isVeryLossy();
        }
        return is;
    }

    /**
     * The median of how far the clocks of those of this network are ahead, their wall clocks if those differ; where two are in the middle, the one
     * that speaks for this node's.
     *
     * @param wallNanos how long what a wall clock said counts
     */
    OptionalLong clocksAheadMillis(long wallNanos, Now now) {
        long[] ahead = all().stream()
                .filter(Link::isCompatible)
                .mapToLong(link -> link.skew().aheadMillis(wallNanos, now))
                .toArray();
        if (ahead.length == 0) {
            return OptionalLong.empty();
        }
        Arrays.sort(ahead);
        long upper = ahead[ahead.length / 2];
        long lower = ahead[(ahead.length - 1) / 2];
        return OptionalLong.of(Math.abs(lower) < Math.abs(upper) ? lower : upper);
    }

    /** Where the neighbours at a binding see this node: two or more, and more than half of those who say so; null if nowhere. */
    NetAddress seenAt(int binding) {
        Map<NetAddress, Integer> votes = new HashMap<>();
        int all = 0;
        for (Link link : sharing()) {
            if (link.peer().path().binding() == binding && link.whereabouts().seesUsAt() != null) {
                votes.merge(link.whereabouts().seesUsAt(), 1, Integer::sum);
                all++;
            }
        }
        for (Map.Entry<NetAddress, Integer> each : votes.entrySet()) {
            if (each.getValue() >= LEAST_VOTES && 2 * each.getValue() > all) {
                return each.getKey();
            }
        }
        return null;
    }

    /** Puts what was collected into frames. */
    void flush(Now now) {
        List<Link> all = all();
        for (int i = 0; i < all.size(); i++) {
            all.get(i).output().flush(now);
        }
    }

    long nanosUntilTick(Now now) {
        long least = Long.MAX_VALUE;
        List<Link> all = all();
        for (int i = 0; i < all.size(); i++) {
            least = Math.min(least, all.get(i).output().nanosUntilTick(now));
        }
        return least;
    }
}
