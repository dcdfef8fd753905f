package org.simpledht.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.simpledht.core.store.Sums;
import org.simpledht.protocol.ChildSums;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.types.Hash;

/**
 * What a neighbour's sums and listings are answered with: sums of ever smaller parts where ours differ, until they are small enough to
 * be listed, and what it lacks of a part that it has listed (docs/PROTOCOL.md, "Reconciliation"). When tables are compared is not
 * decided here.
 */
final class Descent {

    /** A part with at most so many entries is listed instead of divided further: it saves a round trip. */
    private static final int LISTED = 24;

    /**
     * Where many parts differ, and each of them in little, bytes matter more: to divide is cheaper than to list what is mostly equal.
     * Where nearly everything differs it is not.
     */
    private static final int LISTED_OF_MANY = 8;

    private static final int MANY_PARTS = 4;
    private static final int FEW_CHILDREN = 2;

    /** So that one question does not bring half a table, which no window holds up; what is left is found in the next round. */
    private static final int PARTS_PER_ROUND = 512;

    private static final int ANSWERS_PER_LISTING = 288;

    /** What was written so short a time ago is on its way to all, mostly: to bring it, or to ask for it at once, would have it come twice. */
    private static final long YOUNG_MILLIS = 300;

    private final Sums sums;
    private final Gossip gossip;
    private final RandomGenerator dice;

    Descent(Sums sums, Gossip gossip, RandomGenerator dice) {
        this.sums = sums;
        this.gossip = gossip;
        this.dice = dice;
    }

    /** Of the children of a prefix those of ours that differ are listed, or divided in turn. */
    void answer(Link link, TreeRecord.Sums theirs) {
        ChildSums ours = sums.ofChildren(theirs.prefix());
        int[] different = IntStream.range(0, Prefix.CHILDREN)
                .filter(child -> ours.at(child) != theirs.sums().at(child))
                .toArray();
        boolean mostlyEqual = different.length <= FEW_CHILDREN;
        // From a random one on, so that rounds that were cut short progress everywhere.
        int first = different.length == 0 ? 0 : dice.nextInt(different.length);
        for (int i = 0; i < different.length && link.comparison().dividesPart(PARTS_PER_ROUND); i++) {
            int child = different[(first + i) % different.length];
            boolean few = mostlyEqual && link.comparison().part() > MANY_PARTS;
            divide(link, theirs.prefix().child(child), few ? LISTED_OF_MANY : LISTED);
        }
    }

    private void divide(Link link, Prefix part, int most) {
        List<Meta> few = sums.listing(part, most).orElse(null);
        if (few == null && !part.hasChildren()) {
            few = sums.page(part, part.first(), LISTED);
        }
        link.output()
                .control(
                        few == null
                                ? new TreeRecord.Sums(part, sums.ofChildren(part))
                                : new TreeRecord.Listing(part, few));
    }

    /** Of all that a neighbour holds under a prefix we want what is larger there, and it gets what is larger here. */
    void answer(Link link, TreeRecord.Listing theirs, Now now) {
        if (theirs.metas().isEmpty()) {
            if (!link.isFull()) {
                bringEverything(link, theirs.prefix());
            }
            return;
        }
        Map<Hash, Meta> listed = new HashMap<>();
        for (Meta meta : theirs.metas()) {
            listed.put(meta.key(), meta);
            gossip.announced(link, meta, !isYoung(meta, now), now);
        }
        for (Meta ours : sums.page(theirs.prefix(), theirs.prefix().first(), ANSWERS_PER_LISTING)) {
            Meta their = listed.get(ours.key());
            boolean isLacking = their == null ? !link.isFull() : ours.isLargerThan(their);
            boolean hasContent = their != null && their.version().equals(ours.version());
            if (isLacking && (hasContent || isYoung(ours, now))) {
                link.output().announce(ours.key());
            } else if (isLacking) {
                // It has just said what it holds: no need to ask whether it wants it.
                link.output().bring(ours.key());
            }
        }
    }

    private static boolean isYoung(Meta meta, Now now) {
        return now.unixMillis() - meta.clockMillis() < YOUNG_MILLIS;
    }

    /** It holds nothing there. */
    private void bringEverything(Link link, Prefix part) {
        List<Meta> few = sums.listing(part, ANSWERS_PER_LISTING).orElse(null);
        if (few == null) {
            link.output().everythingUnder(part);
        } else {
            few.forEach(meta -> link.output().bring(meta.key()));
        }
    }

    /** Lists a random part for one of them, whatever the sums say: so that not even equal sums of different parts last. */
    void scrub(List<Link> links) {
        if (!links.isEmpty()) {
            Prefix part = sums.subtreeAround(dice.nextLong(), LISTED);
            List<Meta> metas = sums.page(part, part.first(), LISTED);
            if (!metas.isEmpty()) {
                links.get(dice.nextInt(links.size())).output().control(new TreeRecord.Listing(part, metas));
            }
        }
    }
}
