package org.simpledht.core.store;

import static org.simpledht.core.store.Cases.holds;
import static org.simpledht.core.store.Cases.same;
import static org.simpledht.core.store.Offers.KEYS;
import static org.simpledht.core.store.Offers.LEASE;
import static org.simpledht.core.store.Offers.START;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.simpledht.core.store.Offers.Offer;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** After each single step: what is held grows, what is said became of a version did, and what is visible is not older. */
class JoinStepsTest {

    private static final int PLENTY = 1_000;

    @Test
    void everyStepKeepsWhatTheJoinPromises() {
        Cases.each(150_000, dice -> new Walk(dice, PLENTY, PLENTY).steps(2 + dice.nextInt(8)));
    }

    @Test
    void fullStoreKeepsItsBoundsAndStillTakesNewVersionsThatFit() {
        Cases.each(50_000, dice -> new Walk(dice, 1 + dice.nextInt(2), dice.nextInt(12)).steps(2 + dice.nextInt(8)));
    }

    private static final class Walk {

        private final SplittableRandom dice;
        private final Offers offers;
        private final int maxEntries;
        private final long maxBytes;
        private final Store store;

        /** Only then is nothing visible again: what was forgotten is not known any more when the clock goes back. */
        private final boolean isSteady;

        /** What was told to be there, and not to have ended yet. */
        private final Set<Hash> told = new HashSet<>();

        private final Map<Hash, Meta> largest = new HashMap<>();
        private long physical = START;

        Walk(SplittableRandom dice, int maxEntries, long maxBytes) {
            this.dice = dice;
            this.offers = new Offers(dice, KEYS.size());
            this.maxEntries = maxEntries;
            this.maxBytes = maxBytes;
            isSteady = dice.nextBoolean();
            store = new Store(Cluster.UNNAMED, LEASE, maxEntries, maxBytes);
        }

        void steps(int count) {
            for (int i = 0; i < count; i++) {
                long before = store.nowMillis(physical);
                physical += step();
                if (dice.nextInt(3) == 0) {
                    tick();
                } else {
                    offer(offers.next(physical));
                }
                holds(store.nowMillis(physical) >= Math.min(before, physical), "the leases' time went back");
                nothingOldIsVisible();
                holds(store.entries() <= maxEntries && store.bytes() <= maxBytes, "the store is beyond its bounds");
                if (dice.nextInt(16) == 0) {
                    store.check();
                }
            }
        }

        private long step() {
            return switch (dice.nextInt(6)) {
                case 0 -> dice.nextLong(2 * LEASE.longestMillis());
                case 1 -> isSteady ? 0 : -dice.nextLong(2_000);
                case 2 -> dice.nextInt(1_500);
                default -> 0;
            };
        }

        private void tick() {
            long now = store.nowMillis(physical);
            Map<Hash, Meta> before = new HashMap<>();
            KEYS.forEach(key -> before.put(key, store.meta(key)));
            store.tick(physical, (key, content) -> {
                holds(told.remove(key), "what ended was not there");
                holds(before.get(key).endMillis() <= now, "it ended before its end");
                same(content.size(), before.get(key).size(), "the size of what ended");
            });
            for (Hash key : KEYS) {
                Meta held = before.get(key);
                boolean isOver = !held.isNothing() && LEASE.heldUntilMillis(held) <= now;
                if (!isOver || !store.meta(key).isNothing()) {
                    same(store.meta(key), held, "what is held");
                    holds(!isOver || LEASE.heldUntilMillis(held) + 1_000 > now, "it was not forgotten");
                }
            }
        }

        private void offer(Offer offer) {
            Meta meta = offer.meta();
            Hash key = meta.key();
            Meta held = store.meta(key);
            long now = store.nowMillis(physical);
            Optional<Content> visible = store.get(key, physical);
            Applied refusal = store.refusal(meta, physical);
            Content content = dice.nextInt(4) == 0 ? null : offer.content();

            Applied applied = store.applyTrusted(meta, content, physical);

            Offer whole = new Offer(meta, content == null && isHere(meta, held) ? offer.content() : content);
            if (applied == Applied.NEEDS_CONTENT) {
                holds(content == null && meta.digest() != 0 && meta.endMillis() > now, "it needs no content");
                same(Optional.ofNullable(refusal), Optional.empty(), "what would become of it");
            } else {
                same(
                        Optional.ofNullable(applied.isNews() ? null : applied),
                        Optional.ofNullable(refusal),
                        "what became");
            }
            same(store.meta(key), applied.isNews() ? meta : held, "what is held after " + applied);
            switch (applied) {
                case SAME -> same(meta, held, "what is held");
                case OLDER -> holds(held.isLargerThan(meta), "it is not older");
                case FULL -> isFull(held, visible, whole);
                case AHEAD, TOO_LONG, OVER -> holds(!offer.isValid(LEASE, physical, now), "it was refused: " + applied);
                case NEEDS_CONTENT -> holds(!isHere(meta, held) || visible.isEmpty(), "its content is here");
                default -> {
                    holds(offer.isValid(LEASE, physical, now) && meta.isLargerThan(held), "it was taken: " + applied);
                    isTold(applied, key, whole);
                }
            }
            if (applied.isNews()) {
                largest.merge(key, meta, (one, other) -> one.isLargerThan(other) ? one : other);
            }
        }

        private static boolean isHere(Meta meta, Meta held) {
            return meta.digest() == held.digest() && meta.size() == held.size();
        }

        private void isFull(Meta held, Optional<Content> visible, Offer offer) {
            long size = Integer.toUnsignedLong(offer.meta().size());
            holds(held.isNothing() && store.entries() == maxEntries || store.bytes() + size > maxBytes, "it has room");
            holds(visible.isEmpty() || visible.get().size() < size, "it is no larger than what it replaces");
        }

        private void isTold(Applied applied, Hash key, Offer offer) {
            boolean isThere = store.get(key, physical).isPresent();
            same(isThere, applied.ordinal() <= Applied.RENEWED.ordinal(), "visible after " + applied);
            same(store.get(key, physical), offer.visible(store.nowMillis(physical)), "what is visible");
            boolean wasTold = applied == Applied.CHANGED || applied == Applied.RENEWED || applied == Applied.ENDED;
            same(told.contains(key), wasTold, "told before " + applied);
            if (isThere) {
                told.add(key);
            } else {
                told.remove(key);
            }
        }

        /** But for renewals made after the newer version was written, which end later than that is remembered. */
        private void nothingOldIsVisible() {
            for (Hash key : KEYS) {
                Meta held = store.meta(key);
                Meta newest = largest.getOrDefault(key, held);
                boolean isOld = newest.isLargerThan(held) && !newest.version().equals(held.version());
                if (isSteady && isOld && store.get(key, physical).isPresent()) {
                    holds(held.endMillis() > LEASE.heldUntilMillis(newest), "an old version is visible again");
                }
            }
        }
    }
}
