package org.simpledht.core.store;

import static org.simpledht.core.store.Cases.holds;
import static org.simpledht.core.store.Cases.same;
import static org.simpledht.core.store.Offers.KEYS;
import static org.simpledht.core.store.Offers.LEASE;
import static org.simpledht.core.store.Offers.START;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.simpledht.core.store.Offers.Offer;
import org.simpledht.protocol.Cluster;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** Whatever the order, the batches, the repetitions and the moments: in the end it is the largest of what is valid then. */
class JoinTest {

    private static final int PLENTY = 1_000;

    @Test
    void orderRepetitionAndMomentsMakeNoDifference() {
        Cases.each(400_000, dice -> {
            List<Offer> offers = new Offers(dice, 1 + dice.nextInt(2)).some(5, START);
            List<Store> stores = List.of(store(), store());
            long latest = START;
            for (Store store : stores) {
                latest = Math.max(latest, offerInSomeOrder(store, offers, dice));
            }
            long end = settled(latest);
            stores.forEach(store -> offerAll(store, offers, end));
            stores.forEach(store -> isTheLargestOf(offers, store, end));
            same(stores.get(1).root(), stores.get(0).root(), "the root");
        });
    }

    @Test
    void joinOfTwoStoresIsTheJoinOfAllThatTheyWereOffered() {
        Cases.each(150_000, dice -> {
            Offers generator = new Offers(dice, KEYS.size());
            List<Offer> left = generator.some(4, START);
            List<Offer> right = generator.some(4, START);
            long end = settled(START);
            Store one = store();
            Store other = store();
            offerAll(one, left, end);
            offerAll(other, right, end);
            List<Offer> ofOther = held(other, end);
            offerAll(other, held(one, end), end);
            offerAll(one, ofOther, end);

            List<Offer> all = new ArrayList<>(left);
            all.addAll(right);
            isTheLargestOf(all, one, end);
            isTheLargestOf(all, other, end);
            same(one.root(), other.root(), "the root");
        });
    }

    @Test
    void largerStoreStaysTheLargerOneWhateverBothAreOffered() {
        Cases.each(100_000, dice -> {
            Offers generator = new Offers(dice, 1);
            long end = settled(START);
            Store smaller = store();
            Store larger = store();
            List<Offer> offers = generator.some(3, START);
            offerAll(smaller, offers, end);
            offerAll(larger, offers, end);
            offerAll(larger, generator.some(2, START), end);
            offers = generator.some(3, START);
            offerAll(smaller, offers, end);
            offerAll(larger, offers, end);
            Hash key = KEYS.get(0);
            holds(larger.meta(key).compareVersion(smaller.meta(key)) >= 0, "the larger one was overtaken");
        });
    }

    @Test
    void whatIsOfferedAgainIsTheSameAndChangesNothing() {
        Cases.each(150_000, dice -> {
            List<Offer> offers = new Offers(dice, 2).some(5, START);
            Store store = store();
            for (Offer offer : offers) {
                Applied first = store.applyTrusted(offer.meta(), offer.content(), START);
                var root = store.root();
                long bytes = store.bytes();
                Applied again = store.applyTrusted(offer.meta(), offer.content(), START);
                // A version ahead moves the leases' time, and with it what is too long or over.
                holds(!again.isNews() || !first.isHeld(), first + " became " + again);
                holds(!first.isNews() || again == Applied.SAME, first + " became " + again);
                if (!again.isNews()) {
                    same(store.root(), root, "the root");
                    same(store.bytes(), bytes, "bytes");
                }
            }
        });
    }

    private static Store store() {
        return new Store(Cluster.UNNAMED, LEASE, PLENTY, PLENTY);
    }

    /** A whole second, when nothing that was taken is ahead any more. */
    private static long settled(long millis) {
        return (millis + Lease.TOLERANCE_MILLIS) / 1_000 * 1_000 + 1_000;
    }

    private static long offerInSomeOrder(Store store, List<Offer> offers, SplittableRandom dice) {
        long now = START;
        int count = dice.nextInt(2 * offers.size());
        for (int i = 0; i < count; i++) {
            Offer offer = offers.get(dice.nextInt(offers.size()));
            store.applyTrusted(offer.meta(), dice.nextInt(4) == 0 ? null : offer.content(), now);
            now += dice.nextInt(3) == 0 ? dice.nextLong(LEASE.longestMillis() / 2) : dice.nextInt(2);
            if (dice.nextInt(3) == 0) {
                store.tick(now, (key, content) -> {});
            }
            if (dice.nextInt(64) == 0) {
                store.check();
            }
        }
        return now;
    }

    private static void offerAll(Store store, List<Offer> offers, long end) {
        store.tick(end, (key, content) -> {});
        for (Offer offer : offers) {
            if (offer.meta().clockMillis() <= end) {
                store.applyTrusted(offer.meta(), offer.content(), end);
            }
        }
        store.tick(end, (key, content) -> {});
    }

    private static List<Offer> held(Store store, long end) {
        return KEYS.stream()
                .map(key -> new Offer(store.meta(key), store.get(key, end).orElse(null)))
                .toList();
    }

    private static void isTheLargestOf(List<Offer> offers, Store store, long end) {
        Map<Hash, Offer> largest = new TreeMap<>();
        for (Offer offer : offers) {
            if (offer.meta().clockMillis() <= end && offer.isValid(LEASE, end, end)) {
                largest.merge(
                        offer.meta().key(), offer, (one, other) -> one.meta().isLargerThan(other.meta()) ? one : other);
            }
        }
        int bytes = 0;
        int summed = 0;
        for (Offer offer : largest.values()) {
            Hash key = offer.meta().key();
            Optional<Content> visible = offer.visible(end);
            same(store.meta(key), offer.meta(), "what is held");
            same(store.get(key, end), visible, "what is visible");
            bytes += visible.map(Content::size).orElse(0);
            summed += LEASE.leavesSumsMillis(offer.meta().clock(), offer.meta().life()) > end ? 1 : 0;
        }
        same(store.entries(), largest.size(), "the number of entries");
        same(store.bytes(), (long) bytes, "bytes");
        same(store.root().count(), summed, "the number of what is summed");
        store.check();
    }
}
