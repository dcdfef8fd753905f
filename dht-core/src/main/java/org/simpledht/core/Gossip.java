package org.simpledht.core;

import java.util.List;
import org.simpledht.core.store.Applied;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.ChunkRecord;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Version;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** What neighbours tell each other about single entries, and what follows from it (docs/PROTOCOL.md, "Dissemination"). */
final class Gossip {

    private final Store store;
    private final Dissemination dissemination;
    private final Tree tree;
    private final Wants wants;
    private final Fetching fetching;
    private final PeerTable peers;
    private final int maxValueBytes;
    private final Counter.Board counters;

    Gossip(
            Store store,
            Dissemination dissemination,
            Tree tree,
            Wants wants,
            Fetching fetching,
            PeerTable peers,
            int maxValueBytes,
            Counter.Board counters) {
        this.store = store;
        this.dissemination = dissemination;
        this.tree = tree;
        this.wants = wants;
        this.fetching = fetching;
        this.peers = peers;
        this.maxValueBytes = maxValueBytes;
        this.counters = counters;
    }

    /** A content has come with its version. */
    Applied pushed(Link link, Meta meta, Content content, Now now) {
        counters.add(Counter.PUTS_RECEIVED);
        Applied applied = dissemination.apply(link.peer(), meta, content, now);
        if (applied.isNews()) {
            tree.wasNews(link.branch(), meta);
        } else if (applied == Applied.SAME) {
            wants.satisfied(meta);
            dissemination.isKnownTo(link.peer(), meta.key());
            cameTwice(link, meta, now);
        } else if (applied == Applied.OLDER) {
            link.output().announce(meta.key());
        } else {
            refused(link, meta, content.size(), applied, now);
        }
        return applied;
    }

    private void cameTwice(Link link, Meta meta, Now now) {
        if (tree.wasAskedFor(meta)) {
            wants.askedTooSoon();
        }
        if (tree.wasDuplicate(link.branch(), meta, dissemination.needsRelays(), now)) {
            link.output().control(ExtensionRecord.PRUNE);
        }
    }

    private void refused(Link link, Meta meta, int contentBytes, Applied applied, Now now) {
        link.comparison().refused(Meta.BYTES + contentBytes, now);
        counters.add(
                switch (applied) {
                    case FULL -> Counter.PUTS_REFUSED_FULL;
                    case AHEAD -> Counter.METAS_AHEAD;
                    case TOO_LONG -> Counter.METAS_TOO_LONG;
                    default -> Counter.METAS_OVER;
                });
        wants.forget(meta.key());
    }

    /**
     * A neighbour holds a version.
     *
     * @param atOnce true if it is to be fetched without waiting for a push of it
     * @return whether it is news, or to be fetched from now on
     */
    boolean announced(Link link, Meta meta, boolean atOnce, Now now) {
        fetching.isGone(meta, link.peer());
        link.output().large().holds(meta, now);
        if (meta.isNothing()) {
            wants.isGone(meta.key(), link.peer());
            return false;
        }
        Applied applied = dissemination.apply(link.peer(), meta, null, now);
        switch (applied) {
            case SAME -> {
                dissemination.isKnownTo(link.peer(), meta.key());
                if (link.branch().isEager() && !atOnce && dissemination.isJustRenewed(meta.key(), now)) {
                    // An idle network is to have a tree, too.
                    cameTwice(link, meta, now);
                }
            }
            case OLDER -> link.output().announce(meta.key());
            case NEEDS_CONTENT -> {
                return want(link, meta, atOnce, now);
            }
            default -> {
                if (!applied.isNews()) {
                    refused(link, meta, 0, applied, now);
                } else if (applied == Applied.RENEWED) {
                    link.branch().wasNews();
                }
            }
        }
        return applied.isNews();
    }

    private boolean want(Link link, Meta meta, boolean atOnce, Now now) {
        if (Integer.compareUnsigned(meta.size(), maxValueBytes) > 0) {
            counters.add(Counter.VALUES_TOO_LARGE);
            link.comparison().refused(Meta.BYTES, now);
            return false;
        }
        Applied refusal = store.refusal(meta, now.unixMillis());
        if (refusal != null) {
            refused(link, meta, 0, refusal, now);
            return false;
        }
        // Of what is too large to be pushed no push is on its way.
        boolean isNew = wants.announced(meta, link.peer(), atOnce || isInPieces(link, meta), now);
        if (dissemination.isCutOff()) {
            wants.isNotPushed(meta.key(), now);
        }
        return isNew;
    }

    private static boolean isInPieces(Link link, Meta meta) {
        return Integer.compareUnsigned(meta.size(), link.output().maxPushBytes()) > 0;
    }

    /** A neighbour announced a key, and did not say which version. */
    void announced(Link link, Hash key) {
        link.output().get(store.meta(key).version());
    }

    /** A neighbour wants anything larger than what it holds. */
    void asked(Link link, List<Version> held) {
        for (Version theirs : held) {
            if (isLarger(store.meta(theirs.key()), theirs)) {
                link.output().answer(theirs.key());
            }
        }
    }

    private static boolean isLarger(Meta ours, Version theirs) {
        int byClock = Long.compareUnsigned(ours.clock(), theirs.clock());
        return byClock > 0 || byClock == 0 && Long.compareUnsigned(ours.digest(), theirs.digest()) > 0;
    }

    /** A neighbour is to be told instead of pushed to. */
    void pruned(Link link, Now now) {
        tree.pruned(link.branch(), now);
    }

    /** A neighbour is to be pushed to. */
    void grafted(Link link, Now now) {
        tree.grafted(link.branch(), now);
    }

    /** A neighbour asks for a piece of a content. */
    void askedForChunk(Link link, ChunkRecord.ChunkGet question, Now now) {
        Version version = question.version();
        if (!isHeld(version)) {
            link.output().control(new ExtensionRecord.Metas(List.of(store.meta(version.key()))));
            return;
        }
        link.output().large().fetches(version, question.length(), now);
        link.output().answerWithChunk(() -> piece(question, link.output().maxPieceBytes()));
    }

    private boolean isHeld(Version version) {
        return store.meta(version.key()).version().equals(version) && store.content(version.key()) != null;
    }

    /**
     * A piece, or what is held instead. Cut when it goes, and not when it is asked for: or else the queue would hold the bytes.
     */
    ExtensionRecord piece(ChunkRecord.ChunkGet question, int maxPieceBytes) {
        Version version = question.version();
        Content content = store.content(version.key());
        if (!isHeld(version) || content == null) {
            return new ExtensionRecord.Metas(List.of(store.meta(version.key())));
        }
        long offset = Math.min(Integer.toUnsignedLong(question.offset()), content.size());
        long length = Math.min(Integer.toUnsignedLong(question.length()), content.size() - offset);
        int bytes = (int) Math.min(length, maxPieceBytes);
        return new ChunkRecord.Chunk(version, (int) offset, content.slice((int) offset, bytes));
    }

    /** A piece has come. Returns whether it was the last one, and the content is news. */
    boolean chunk(Link link, ChunkRecord.Chunk chunk, Now now) {
        Fetching.Fetched fetched = fetching.heard(chunk, link.peer(), now);
        return fetched != null
                && dissemination
                        .apply(link.peer(), fetched.meta(), fetched.content(), now)
                        .isNews();
    }

    void tick(Now now) {
        wants.tick(now, (meta, announcer, isMissed) -> {
            Link link = peers.contains(announcer) ? announcer.link() : null;
            if (link == null) {
                return false;
            }
            if (isInPieces(link, meta)) {
                fetching.begin(meta, link, now);
            } else {
                ask(link, meta, isMissed, now);
            }
            return true;
        });
        fetching.tick(now);
    }

    private void ask(Link link, Meta meta, boolean isMissed, Now now) {
        link.output().get(store.meta(meta.key()).version());
        tree.asks(meta);
        if (isMissed && tree.missed(link.branch(), now)) {
            link.output().control(ExtensionRecord.GRAFT);
        }
    }

    long nanosUntilTick(Now now) {
        return Math.min(wants.nanosUntilTick(now), fetching.nanosUntilTick(now));
    }
}
