package org.simpledht.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;

/** One thread writes while others read. Each version says in all its fields what it is, so that a half one would show. */
@Timeout(60)
class EntryTreeReadersTest {

    private static final int LASTING = 100;
    private static final int PASSING = 600;
    private static final int WRITES = 1_000_000;

    private final EntryTree tree = new EntryTree(Cluster.UNNAMED.sipHash());
    private final AtomicBoolean isDone = new AtomicBoolean();

    @Test
    void readersSeeWholeVersionsThatOnlyGrowAndAlwaysWhatIsNeverRemoved() throws Exception {
        for (int i = 0; i < LASTING; i++) {
            tree.put(held(i, 0));
        }
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> reading = new ArrayList<>();
            reading.add(readers.submit(this::getAgainAndAgain));
            reading.add(readers.submit(this::walkAgainAndAgain));
            write();
            isDone.set(true);
            for (Future<?> each : reading) {
                finish(each);
            }
        } finally {
            isDone.set(true);
            readers.shutdownNow();
        }
        tree.check();
    }

    private static void finish(Future<?> reading) throws InterruptedException {
        try {
            reading.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    /** Half of the keys stand side by side, so that deep branches come and go. */
    private static long x(int key) {
        return key % 2 == 0 ? 0x9e37_79b9_7f4a_7c15L * key : 0x7777_7777_7777_0000L + key;
    }

    private static Held held(int key, int version) {
        return new Held(new Meta(new Hash(Keys.at(x(key))), version, version, version, version), null);
    }

    private void write() {
        SplittableRandom dice = new SplittableRandom(1);
        boolean grows = true;
        for (int version = 1; version <= WRITES; version++) {
            int key = dice.nextInt(LASTING + PASSING);
            grows = tree.entries() < LASTING + 20 || grows && tree.entries() < LASTING + PASSING - 50;
            if (key < LASTING || dice.nextInt(8) == 0 != grows) {
                tree.put(held(key, version));
            } else {
                tree.remove(x(key));
            }
        }
    }

    private void getAgainAndAgain() {
        long[] versions = new long[LASTING + PASSING];
        SplittableRandom dice = new SplittableRandom(2);
        while (!isDone.get()) {
            int key = dice.nextInt(versions.length);
            Held held = tree.get(x(key));
            if (held == null) {
                assertThat(key).as("a key that is never removed").isGreaterThanOrEqualTo(LASTING);
            } else {
                isWhole(held, x(key));
                assertThat(held.clock).isGreaterThanOrEqualTo(versions[key]);
                versions[key] = held.clock;
            }
        }
    }

    private void walkAgainAndAgain() {
        Set<Long> lasting = new HashSet<>();
        for (int i = 0; i < LASTING; i++) {
            lasting.add(x(i));
        }
        while (!isDone.get()) {
            Set<Long> missing = new HashSet<>(lasting);
            long[] last = {0};
            tree.forEach(held -> {
                long x = held.x();
                isWhole(held, x);
                assertThat(Long.compareUnsigned(x, last[0])).isGreaterThanOrEqualTo(0);
                last[0] = x;
                missing.remove(x);
            });
            assertThat(missing).isEmpty();
        }
    }

    private static void isWhole(Held held, long x) {
        boolean isWhole = held.x() == x
                && held.digest == held.clock
                && held.life == (int) held.clock
                && held.size == (int) held.clock;
        assertThat(isWhole).as("what was written").isTrue();
    }
}
