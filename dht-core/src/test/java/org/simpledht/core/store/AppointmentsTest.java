package org.simpledht.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.store.Cases.holds;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** Appointments with time are neither lost nor multiplied. */
class AppointmentsTest {

    private static final Hash KEY = new Hash(42);
    private static final Content HELLO = Content.ofText("hello");
    private static final long NOW = 1_700_000_000_250L;
    private static final Lease LEASE = new Lease(600_000);
    private static final int MANY = 100_000;

    private final Store store = new Store(Cluster.UNNAMED, LEASE, 1_000, 100_000);
    private long now = NOW;
    private int ended;

    @Test
    void overwritesKeepAppointmentsFew() {
        for (int i = 0; i < MANY; i++) {
            put(KEY, 600);
            now++;
        }
        areFew();
    }

    @Test
    void shortAndLongLeasesByTurnsKeepAppointmentsFew() {
        for (int i = 0; i < MANY; i++) {
            put(KEY, i % 2 == 0 ? 600 : 1);
            now += i % 10;
            tick();
        }
        areFew();
    }

    @Test
    void leasesThatGetShorterKeepAppointmentsFew() {
        for (int i = 0; i < MANY; i++) {
            put(new Hash(i % 10), 600 - i / 10 % 600);
            if (i % 6_000 == 0) {
                now += 1_000;
                tick();
            }
        }
        areFew();
    }

    @Test
    void leasesThatEndBetweenWritesKeepAppointmentsFew() {
        for (int i = 0; i < MANY; i++) {
            put(new Hash(i % 100), 1);
            now += 20;
            tick();
        }
        assertThat(ended).isGreaterThan(MANY / 2 - 100);
        areFew();
    }

    @Test
    void renewalsKeepAppointmentsFew() {
        Meta held = put(KEY, 600);
        for (int i = 0; i < MANY; i++) {
            now += 1_000;
            held = store.renewed(held, now);
            assertThat(store.applyTrusted(held, null, now)).isEqualTo(Applied.RENEWED);
            tick();
        }
        assertThat(ended).isZero();
        areFew();
    }

    private void areFew() {
        assertThat(store.appointments()).isBetween(store.entries(), 2 * store.entries() + 1_024);
        now += 2 * LEASE.longestMillis();
        tick();
        assertThat(store.entries()).isZero();
        assertThat(store.bytes()).isZero();
        assertThat(store.appointments()).isZero();
        store.check();
    }

    @Test
    void everyContentEndsOnceInTimeAndEveryKeyIsForgottenInTime() {
        Cases.each(1_000, dice -> new AppointmentsTest().live(dice));
    }

    private void live(SplittableRandom dice) {
        Set<Hash> there = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Hash key = new Hash(dice.nextInt(5));
            Applied applied =
                    switch (dice.nextInt(4)) {
                        case 0 -> store.write(store.stampRemoval(key, now), null, now);
                        case 1 -> store.write(store.renewed(store.meta(key), now), null, now);
                        default -> apply(key, 1 + dice.nextInt(dice.nextBoolean() ? 5 : 600));
                    };
            if (applied == Applied.ENDED) {
                there.remove(key);
            } else if (store.get(key, now).isPresent()) {
                there.add(key);
            }
            now += dice.nextInt(4) == 0 ? dice.nextLong(200_000) : dice.nextLong(3_000);
            store.tick(now, (gone, content) -> holds(there.remove(gone), gone + " ended twice"));
            isInTime(there);
        }
        now += 2 * LEASE.longestMillis();
        store.tick(now, (gone, content) -> holds(there.remove(gone), gone + " ended twice"));
        holds(there.isEmpty() && store.entries() == 0, "something was not ended");
        holds(store.appointments() == 0, "somebody is still waited for");
    }

    /** A tick comes at a whole second. */
    private void isInTime(Set<Hash> there) {
        for (int i = 0; i < 5; i++) {
            Hash key = new Hash(i);
            Meta held = store.meta(key);
            holds(there.contains(key) || store.get(key, now).isEmpty(), "it ended too early");
            holds(!there.contains(key) || held.endMillis() + 1_000 > now, "it did not end");
            holds(held.isNothing() || LEASE.heldUntilMillis(held) + 1_000 > now, "it was not forgotten");
        }
        holds(store.nextTickMillis() > now, "a tick was not kept");
        holds(store.appointments() >= store.entries(), "an appointment was lost");
    }

    private Meta put(Hash key, int life) {
        apply(key, life);
        return store.meta(key);
    }

    private Applied apply(Hash key, int life) {
        return store.write(store.stamp(key, HELLO, life, now), HELLO, now);
    }

    private void tick() {
        store.tick(now, (key, content) -> ended++);
    }
}
