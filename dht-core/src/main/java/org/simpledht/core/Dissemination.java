package org.simpledht.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.simpledht.core.store.Applied;
import org.simpledht.core.store.Publisher;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * Applies versions, and has everybody hear of what is news: neighbours by pushes and announcements, all others as an original
 * would tell them (docs/PROTOCOL.md, "Dissemination").
 */
final class Dissemination {

    /** Where there are fewer neighbours, what is relayed and lost is sent again: hardly anybody else would tell. */
    private static final int ENOUGH_TO_TELL = 6;

    private final Store store;
    private final Publisher publisher;
    private final Neighbours neighbours;
    private final Wants wants;
    private final Fetching fetching;
    private final Lookups lookups;
    private final Confirmations confirmations;
    private final Outbox outbox;
    private final AddressBook book;
    private final Trunk trunk;
    private final Announcements announcements;
    private final Renewals renewals = new Renewals();
    private ClassicSide classicSide;

    Dissemination(
            Store store,
            Publisher publisher,
            Neighbours neighbours,
            Wants wants,
            Fetching fetching,
            Lookups lookups,
            Confirmations confirmations,
            Outbox outbox,
            AddressBook book,
            Trunk trunk,
            RandomGenerator dice) {
        this.store = store;
        this.publisher = publisher;
        this.neighbours = neighbours;
        this.wants = wants;
        this.fetching = fetching;
        this.lookups = lookups;
        this.confirmations = confirmations;
        this.outbox = outbox;
        this.book = book;
        this.trunk = trunk;
        announcements = new Announcements(dice);
    }

    /** Those who name no versions, who hear of everything as well. */
    interface ClassicSide {
        /**
         * Something visible has come.
         *
         * @param origin whom it came from and who need not be told, null if it was written here
         * @param changed whether another content was here before
         */
        void spread(Peer origin, Hash key, Content content, boolean changed, Now now);

        /** Nothing is to be fetched from them under that key any more. */
        void satisfied(Hash key);
    }

    void connect(ClassicSide side) {
        classicSide = side;
    }

    /**
     * A write of this node, or of a client of its.
     *
     * @param lifeSeconds unsigned; 0 for as long as this node runs, and the longest lease more
     * @param origin the client, null if it was written here
     */
    Node.Written write(Peer origin, Hash key, Content content, int lifeSeconds, Now now) {
        int longest = store.lease().longestSeconds();
        boolean publishes = lifeSeconds == 0;
        int life = publishes || Integer.compareUnsigned(lifeSeconds, longest) > 0 ? longest : lifeSeconds;
        Meta meta = store.stamp(key, content, life, now.unixMillis());
        Applied applied = write(origin, meta, content, now);
        if (publishes && applied.isNews()) {
            publisher.publish(meta, store.nowMillis(now.unixMillis()));
        }
        return new Node.Written(applied, meta);
    }

    /** A removal by this node, or by a client of its. */
    Node.Written remove(Peer origin, Hash key, Now now) {
        Meta removal = store.stampRemoval(key, now.unixMillis());
        return new Node.Written(write(origin, removal, null, now), removal);
    }

    private Applied write(Peer origin, Meta meta, Content content, Now now) {
        Optional<Content> before = store.get(meta.key(), now.unixMillis());
        boolean isWrite = isWrite(meta);
        Applied applied = store.write(meta, content, now.unixMillis());
        if (applied.isNews()) {
            confirmations.written(meta);
            tell(origin, meta, before, applied, now);
            spread(origin, meta.key(), applied, isWrite, now);
            pushOwn(meta, applied, now);
        }
        return applied;
    }

    /** Whether there are others than our neighbours, so that they hear of what is written here, and we of what they write, by relays. */
    boolean needsRelays() {
        return neighbours.all().size() + book.size() > Places.MOST;
    }

    /**
     * To whom what is written here goes first: to all if there are no others, else along the tree, or it would meet itself there. Among
     * so many that ten copies do not matter to all again, which saves a hop; where frames get lost, since the first of them is
     * all that there is; and if nobody along the tree keeps up, since one slow neighbour is to slow nobody.
     */
    private List<Link> firstTold(Now now) {
        List<Link> links = neighbours.sharing();
        if (!needsRelays() || trunk.isOfMany() || neighbours.areLossy()) {
            return links;
        }
        List<Link> eager = new ArrayList<>(links);
        eager.removeIf(link -> !link.branch().isEager() || !link.keepsUp(now));
        return eager.isEmpty() ? links : eager;
    }

    private void pushOwn(Meta meta, Applied applied, Now now) {
        List<Link> first = firstTold(now);
        List<Peer> later = new ArrayList<>();
        for (Link link : neighbours.sharing()) {
            if (refuses(link, applied)) {
                continue;
            }
            if (first.contains(link)) {
                link.output().pushOwn(meta, now);
            } else {
                later.add(link.peer());
            }
        }
        if (!later.isEmpty()) {
            announcements.collectOwn(meta.key(), later, tellsMore(), now);
        }
    }

    /** To a full neighbour goes nothing whose key is new here. */
    private static boolean refuses(Link link, Applied applied) {
        return link.isFull() && applied == Applied.NEW;
    }

    /** A copy of unknown age has come from one who names no versions. */
    Applied applyCopy(Peer origin, Hash key, Content content, long spanMillis, Now now) {
        return apply(origin, store.stampCopy(key, content, spanMillis, now.unixMillis()), content, now);
    }

    /**
     * A version has come.
     *
     * @param origin whom it came from
     * @param content null if only the Meta has come
     */
    Applied apply(Peer origin, Meta meta, Content content, Now now) {
        Optional<Content> before = store.get(meta.key(), now.unixMillis());
        boolean isWrite = isWrite(meta);
        Applied applied = store.applyTrusted(meta, content, now.unixMillis());
        if (applied.isNews()) {
            List<Peer> holders = new ArrayList<>(wants.announcersOf(meta));
            holders.add(origin);
            tell(origin, meta, before, applied, now);
            spread(origin, meta.key(), applied, isWrite, now);
            if (isWrite) {
                relay(holders, meta, content != null, applied, now);
            } else {
                relayRenewal(holders, meta, now);
            }
        }
        return applied;
    }

    private void tell(Peer origin, Meta meta, Optional<Content> before, Applied applied, Now now) {
        publisher.applied(meta);
        wants.satisfied(meta);
        fetching.satisfied(meta);
        Hash key = meta.key();
        if (applied == Applied.ENDED) {
            outbox.add(new Outbox.Changed(key, before, Optional.empty(), ChangeReason.REMOVED));
        }
        if (applied != Applied.NEW && applied != Applied.CHANGED) {
            return;
        }
        Content content = store.content(key);
        classicSide.satisfied(key);
        lookups.found(key, content);
        outbox.add(new Outbox.Changed(key, before, Optional.of(content), ChangeReason.PUT));
    }

    /** Whether it is more than another lease for what is held. */
    private boolean isWrite(Meta meta) {
        return store.meta(meta.key()).clock() != meta.clock();
    }

    /** Who names no versions hears of each write, also of one of the same content: it may have forgotten that. */
    private void spread(Peer origin, Hash key, Applied applied, boolean isWrite, Now now) {
        if (applied == Applied.NEW || applied == Applied.CHANGED || applied == Applied.RENEWED && isWrite) {
            classicSide.spread(origin, key, store.content(key), applied == Applied.CHANGED, now);
        }
    }

    /** A content ended by itself. */
    void ended(Hash key, Content content) {
        outbox.add(new Outbox.Changed(key, Optional.of(content), Optional.empty(), ChangeReason.EXPIRED));
    }

    /** A lease was renewed here. */
    void renewed(Meta meta, Now now) {
        firstTold(now).forEach(link -> link.output().announce(meta.key()));
    }

    private void relay(List<Peer> holders, Meta meta, boolean pushes, Applied applied, Now now) {
        List<Link> links = neighbours.sharing();
        List<Peer> lazy = new ArrayList<>();
        for (Link link : links) {
            if (holders.contains(link.peer()) || refuses(link, applied)) {
                continue;
            }
            if (!link.branch().isEager()) {
                lazy.add(link.peer());
            } else if (pushes) {
                link.output().relay(meta, links.size() < ENOUGH_TO_TELL);
            } else {
                link.output().announce(meta.key());
            }
        }
        if (!lazy.isEmpty()) {
            announcements.collect(meta.key(), lazy, tellsMore(), now);
        }
    }

    /** Where frames get lost; and among few, of whom one may hear writers that others do not, and whom it costs little. */
    private boolean tellsMore() {
        return !needsRelays() || neighbours.areLossy();
    }

    private void relayRenewal(List<Peer> holders, Meta meta, Now now) {
        List<Peer> eager = new ArrayList<>();
        for (Link link : neighbours.sharing()) {
            if (link.branch().isEager() && !holders.contains(link.peer())) {
                eager.add(link.peer());
            }
        }
        renewals.collect(meta.key(), eager, now);
    }

    /** Whether others write, and nobody relays it to this node. */
    boolean isCutOff() {
        return needsRelays()
                && neighbours.sharing().stream().noneMatch(link -> link.branch().isEager());
    }

    /** Whether another lease under that key has come just before, from whomever. */
    boolean isJustRenewed(Hash key, Now now) {
        return renewals.isRecent(key, now);
    }

    /** That one has shown that it holds what is held here: it need not be told. */
    void isKnownTo(Peer peer, Hash key) {
        announcements.isKnownTo(peer, key);
        renewals.isKnownTo(peer, key);
    }

    /** Announces what came lately: to some of the lazy links, or renewals along the tree. */
    void tick(Now now) {
        announcements.tick(now);
        renewals.tick(now);
    }

    long nanosUntilTick(Now now) {
        return Math.min(announcements.nanosUntilTick(now), renewals.nanosUntilTick(now));
    }
}
