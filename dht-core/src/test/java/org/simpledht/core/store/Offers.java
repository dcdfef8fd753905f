package org.simpledht.core.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.simpledht.protocol.ContentDigest;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * Versions of a few keys that are close enough to tie: equal clocks and digests, removals, copies, what is about to end or to
 * be forgotten, what is at the edge of the future that is allowed, and numbers with the highest bit set.
 */
final class Offers {

    /** Not a whole second. */
    static final long START = 1_700_000_000_123L;

    static final Lease LEASE = new Lease(60_000);
    static final List<Hash> KEYS = List.of(new Hash(0), new Hash(7), new Hash(-1));

    private static final List<Content> CONTENTS = contents();
    private static final List<Long> DIGESTS =
            CONTENTS.stream().map(ContentDigest::of).toList();
    private static final long[] COUNTERS = {0, 0, 1, 0x8000, 0xffff};

    /** A version, and its content unless nobody has one. */
    record Offer(Meta meta, Content content) {

        /** Whether a store takes it at that time, unless it holds a larger one. */
        boolean isValid(Lease lease, long physicalMillis, long nowMillis) {
            boolean isPresent = content != null
                    || meta.digest() == 0
                    || meta.endMillis() <= Math.max(nowMillis, meta.clockMillis());
            return isPresent
                    && !meta.isNothing()
                    && meta.clockMillis() <= physicalMillis + Lease.TOLERANCE_MILLIS
                    && meta.endMillis() <= nowMillis + lease.longestMillis() + Lease.TOLERANCE_MILLIS
                    && Math.max(meta.endMillis(), meta.clockMillis() + lease.longestMillis()) > nowMillis;
        }

        Optional<Content> visible(long nowMillis) {
            boolean isVisible = meta.digest() != 0 && meta.endMillis() > nowMillis;
            return isVisible ? Optional.of(content) : Optional.empty();
        }
    }

    private final SplittableRandom dice;
    private final int keys;
    private final List<Long> clocks = new ArrayList<>();

    Offers(SplittableRandom dice, int keys) {
        this.dice = dice;
        this.keys = keys;
    }

    private static List<Content> contents() {
        List<Content> contents = new ArrayList<>();
        for (int size = 0; size < 6; size++) {
            contents.add(Content.of(new byte[size]));
        }
        return List.copyOf(contents);
    }

    List<Offer> some(int most, long nowMillis) {
        List<Offer> offers = new ArrayList<>();
        int count = 1 + dice.nextInt(most);
        for (int i = 0; i < count; i++) {
            offers.add(next(nowMillis));
        }
        return offers;
    }

    Offer next(long nowMillis) {
        Hash key = KEYS.get(dice.nextInt(keys));
        long clock = clock(nowMillis);
        int life = life(clock, nowMillis);
        int kind = dice.nextInt(16);
        if (kind < 3) {
            return new Offer(Meta.removal(key, clock), null);
        }
        if (kind == 3) {
            return new Offer(forged(key, clock, life), null);
        }
        int which = dice.nextInt(CONTENTS.size());
        Content content = CONTENTS.get(which);
        return new Offer(new Meta(key, clock, DIGESTS.get(which), life, content.size()), content);
    }

    /** No content has this digest and size. */
    private Meta forged(Hash key, long clock, int life) {
        long digest = new long[] {0, -1, Long.MIN_VALUE, 1, DIGESTS.get(0)}[dice.nextInt(5)];
        int size = new int[] {17, -1, Integer.MIN_VALUE}[dice.nextInt(3)];
        return new Meta(key, clock, digest, life, size);
    }

    private long clock(long nowMillis) {
        if (!clocks.isEmpty() && dice.nextInt(3) > 0) {
            return clocks.get(dice.nextInt(clocks.size()));
        }
        long clock =
                switch (dice.nextInt(20)) {
                    case 0 -> dice.nextInt(3);
                    case 1 -> -1L - dice.nextInt(2);
                    case 2 -> Long.MIN_VALUE;
                    default -> nowMillis + millisFromNow() << 16 | COUNTERS[dice.nextInt(COUNTERS.length)];
                };
        clocks.add(clock);
        return clock;
    }

    private long millisFromNow() {
        long longest = LEASE.longestMillis();
        return switch (dice.nextInt(8)) {
            case 0 -> dice.nextInt(-2, 3);
            case 1 -> -longest + dice.nextInt(-2, 3);
            case 2 -> Lease.TOLERANCE_MILLIS + dice.nextInt(-2, 3);
            case 3 -> dice.nextLong(Lease.TOLERANCE_MILLIS);
            // Ends at this very moment, if its life is chosen so.
            case 4 -> -1_000L * dice.nextInt((int) (longest / 1_000));
            default -> -dice.nextLong(longest);
        };
    }

    private int life(long clock, long nowMillis) {
        int longest = LEASE.longestSeconds();
        int untilNow = (int) ((nowMillis - (clock >>> 16)) / 1_000);
        return switch (dice.nextInt(10)) {
            case 0 -> 0;
            case 1 -> dice.nextBoolean() ? -1 : Integer.MIN_VALUE;
            case 2, 3 -> longest;
            case 4 -> untilNow + longest + dice.nextInt(8, 13);
            case 5, 6 -> untilNow + dice.nextInt(-1, 3);
            default -> untilNow + dice.nextInt(longest);
        };
    }
}
