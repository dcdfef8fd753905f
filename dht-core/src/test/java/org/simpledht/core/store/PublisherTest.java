package org.simpledht.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

class PublisherTest {

    private static final Hash KEY = new Hash(42);
    private static final Content HELLO = Content.ofText("hello");
    private static final long NOW = 1_700_000_000_250L;
    private static final long LONGEST = 3_600_000;
    private static final long THIRD = LONGEST / 3;

    /** Renewals go together in moments so far apart. */
    private static final long MOMENT = 30_000;

    private final Store store = new Store(Cluster.UNNAMED, new Lease(LONGEST), 100_000, 1_000_000);
    private final Publisher publisher = new Publisher(store, new SplittableRandom(1));
    private final List<Meta> renewals = new ArrayList<>();

    @Test
    void renewalHasTheSameClockAndDigestAndALongerLife() {
        Meta written = publish(KEY, HELLO, NOW);
        long now = publisher.nextTickMillis();
        tick(now);

        assertThat(renewals).hasSize(1);
        Meta renewal = renewals.get(0);
        assertThat(renewal.version()).isEqualTo(written.version());
        assertThat(renewal.size()).isEqualTo(written.size());
        assertThat(renewal.endMillis()).isBetween(now + LONGEST - 999, now + LONGEST);
        assertThat(store.meta(KEY)).isEqualTo(renewal);
        assertThat(store.get(KEY, now + LONGEST - 1_000)).contains(HELLO);
    }

    @Test
    void renewalsComeAThirdOfTheLeaseApartGiveOrTakeATenth() {
        for (int key = 0; key < 300; key++) {
            publish(new Hash(key), HELLO, NOW);
        }
        long[] last = new long[300];
        Arrays.fill(last, NOW);
        List<Long> waits = new ArrayList<>();
        for (long now = NOW; now < NOW + 3 * LONGEST; now = publisher.nextTickMillis()) {
            long at = now;
            publisher.tick(now, meta -> {
                waits.add(at - last[(int) meta.key().bits()]);
                last[(int) meta.key().bits()] = at;
            });
        }

        assertThat(waits).hasSizeGreaterThan(300 * 7).allSatisfy(wait -> assertThat(wait)
                .isBetween(THIRD - THIRD / 10 - MOMENT, THIRD + THIRD / 10 + 999));
        assertThat(waits).anyMatch(wait -> wait < THIRD * 92 / 100).anyMatch(wait -> wait > THIRD * 108 / 100);
        assertThat(publisher.appointments()).isEqualTo(300);
    }

    @Test
    void renewalsOfAllNodesWaitForTheSameMomentsAndMoreOfThemForMoreMoments() {
        assertThat(secondsOfRenewals(300)).allMatch(second -> second % (MOMENT / 1_000) == 0);
        assertThat(secondsOfRenewals(10_000))
                .as("34 fill a frame")
                .allMatch(second -> second % 4 == 0)
                .anyMatch(second -> second % 30 != 0);
        assertThat(secondsOfRenewals(90_000)).as("of so many some each second").anyMatch(second -> second % 2 != 0);
    }

    /** Of the second renewals: the first ones wait for moments of when there were fewer. */
    private static List<Long> secondsOfRenewals(int keys) {
        Store store = new Store(Cluster.UNNAMED, new Lease(LONGEST), 100_000, 1_000_000);
        Publisher publisher = new Publisher(store, new SplittableRandom(2));
        for (int key = 0; key < keys; key++) {
            Meta written = store.stamp(new Hash(key), HELLO, (int) (LONGEST / 1_000), NOW);
            store.write(written, HELLO, NOW);
            publisher.publish(written, NOW);
        }
        List<Long> seconds = new ArrayList<>();
        for (long now = publisher.nextTickMillis(); now < NOW + 3 * THIRD; now = publisher.nextTickMillis()) {
            long at = now;
            publisher.tick(now, meta -> {
                if (at > NOW + 3 * THIRD / 2) {
                    seconds.add(at / 1_000);
                }
            });
        }
        return seconds;
    }

    @Test
    void whatIsRemovedIsRenewedNoMore() {
        publish(KEY, HELLO, NOW);
        offer(store.stampRemoval(KEY, NOW + 5), null, NOW + 5);
        assertThat(publisher.size()).isZero();
        tickOn(NOW, 2 * LONGEST);

        assertThat(renewals).isEmpty();
        assertThat(publisher.appointments()).isZero();
        assertThat(publisher.nextTickMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatIsBeatenInATieIsRenewedNoMore() {
        Meta written = publish(KEY, HELLO, NOW);
        Meta larger = new Meta(KEY, written.clock(), -1, 3_600, 5);
        Meta smaller = new Meta(KEY, written.clock(), 1, 3_600, 5);
        offer(smaller, HELLO, NOW);
        assertThat(publisher.size()).isEqualTo(1);
        offer(larger, HELLO, NOW);

        assertThat(publisher.size()).isZero();
    }

    @Test
    void whatWasBeatenWithoutAWordIsNoticedWhenItIsDue() {
        publish(KEY, HELLO, NOW);
        store.apply(store.stampRemoval(KEY, NOW + 5), null, NOW + 5);
        tick(publisher.nextTickMillis());

        assertThat(renewals).isEmpty();
        assertThat(publisher.size()).isZero();
    }

    @Test
    void renewalBySomebodyElseBeatsNothing() {
        Meta written = publish(KEY, HELLO, NOW);
        offer(store.renewed(written, NOW + 60_000), null, NOW + 60_000);
        assertThat(publisher.size()).isEqualTo(1);
        tick(publisher.nextTickMillis());

        assertThat(renewals).hasSize(1);
    }

    @Test
    void manyOverwritesKeepOneAppointment() {
        for (int i = 0; i < 100_000; i++) {
            publish(KEY, Content.ofText(i % 2 == 0 ? "a" : "b"), NOW + i);
        }

        assertThat(publisher.size()).isEqualTo(1);
        assertThat(publisher.appointments()).isEqualTo(1);
    }

    @Test
    void manyRemovalsAndWritesByTurnsKeepOneAppointment() {
        for (int i = 0; i < 100_000; i++) {
            publish(KEY, HELLO, NOW + i);
            offer(store.stampRemoval(KEY, NOW + i), null, NOW + i);
        }
        assertThat(publisher.size()).isZero();
        publish(KEY, HELLO, NOW + 100_000);

        assertThat(publisher.size()).isEqualTo(1);
        assertThat(publisher.appointments()).isEqualTo(1);
        tick(publisher.nextTickMillis());
        assertThat(renewals).hasSize(1);
    }

    @Test
    void atMostAThousandAreRenewedInOneTickAndTheOthersInTheNext() {
        for (int key = 0; key < 2_500; key++) {
            publish(new Hash(key), HELLO, NOW);
        }
        long now = NOW + THIRD * 12 / 10;
        tick(now);
        assertThat(renewals).hasSize(1_000);
        assertThat(publisher.nextTickMillis()).isLessThanOrEqualTo(now);
        tick(now);
        tick(now);

        assertThat(renewals).hasSize(2_500).doesNotHaveDuplicates();
        assertThat(publisher.nextTickMillis()).isGreaterThan(now);
    }

    @Test
    void whatHasEndedIsNotBroughtBack() {
        publish(KEY, HELLO, NOW);
        tick(NOW + LONGEST);

        assertThat(renewals).isEmpty();
        assertThat(publisher.size()).isZero();
        assertThat(store.get(KEY, NOW + LONGEST)).isEmpty();
    }

    /** And only that: another's end as they are to. */
    @Test
    void whatIsPublishedOutlivesTimeThatPassesAtOnce() {
        Hash other = new Hash(99);
        publish(KEY, HELLO, NOW);
        offer(store.stamp(other, HELLO, 60, NOW), HELLO, NOW);
        long later = NOW + 3 * LONGEST;
        publisher.passOver(3 * LONGEST, later);

        assertThat(store.get(KEY, later)).contains(HELLO);
        assertThat(store.get(other, later)).isEmpty();
        tick(later);
        assertThat(renewals).hasSize(1);
        assertThat(store.get(KEY, later + LONGEST - 1_000)).contains(HELLO);
    }

    @Test
    void whatHadEndedOrWasReplacedDoesNotOutliveIt() {
        Hash replaced = new Hash(99);
        publish(KEY, HELLO, NOW);
        store.tick(NOW + LONGEST, (key, content) -> {});
        publish(replaced, HELLO, NOW + LONGEST);
        offer(store.stamp(replaced, HELLO, 60, NOW + LONGEST), HELLO, NOW + LONGEST);
        long later = NOW + 4 * LONGEST;
        publisher.passOver(3 * LONGEST, later);

        assertThat(store.get(KEY, later)).isEmpty();
        assertThat(store.get(replaced, later)).isEmpty();
    }

    /** A tick renews some of what is due; the others are not to end before the next one. */
    @Test
    void whatEndsSoonAfterItIsPublishedOnAsWell() {
        for (int key = 0; key < 2_500; key++) {
            publish(new Hash(key), HELLO, NOW);
        }
        long later = NOW + LONGEST - 1_000;
        publisher.passOver(LONGEST - 1_000, later);
        for (int i = 0; i < 3; i++) {
            later += 2_000;
            store.tick(later, (key, content) -> {});
            tick(later);
        }

        assertThat(publisher.size()).isEqualTo(2_500);
        assertThat(store.entries()).isEqualTo(2_500);
        long now = later;
        assertThat(IntStream.range(0, 2_500)
                        .allMatch(key -> store.get(new Hash(key), now).isPresent()))
                .isTrue();
    }

    /** To others its life is too long; the next clock's is not, and it loses to each later one. */
    @Test
    void whatWasRenewedByAClockThatWasAheadIsWrittenAgain() {
        long ahead = 3 * LONGEST;
        Meta written = publish(KEY, HELLO, NOW);
        publisher.passOver(ahead, NOW + ahead);
        tick(NOW + ahead);
        store.clockStepped(NOW);
        publisher.wentBack(NOW);

        Meta again = store.meta(KEY);
        assertThat(again.clock()).isEqualTo(written.clock() + 1);
        assertThat(again.endMillis()).isBetween(NOW + LONGEST - 1_000, NOW + LONGEST);
        assertThat(store.get(KEY, NOW)).contains(HELLO);
        renewals.clear();
        tickOn(NOW, LONGEST);
        assertThat(renewals).isNotEmpty();
        assertThat(store.get(KEY, NOW + LONGEST)).contains(HELLO);
    }

    private Meta publish(Hash key, Content content, long now) {
        Meta meta = store.stamp(key, content, store.lease().longestSeconds(), now);
        offer(meta, content, now);
        publisher.publish(meta, now);
        return meta;
    }

    /** As a node does: the publisher hears of each news. */
    private void offer(Meta meta, Content content, long now) {
        if (store.applyTrusted(meta, content, now).isNews()) {
            publisher.applied(meta);
        }
    }

    private void tickOn(long from, long millis) {
        for (long now = from; now < from + millis; now += 10_000) {
            tick(now);
        }
    }

    private void tick(long now) {
        publisher.tick(now, renewals::add);
    }
}
