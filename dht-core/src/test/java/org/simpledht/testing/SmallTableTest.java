package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * One node has no room for what the others hold, or takes no contents as large as theirs: their tables differ for ever, and neither it
 * nor they may send for ever what it refuses.
 */
class SmallTableTest {

    private static final int ENTRIES = 3_000;
    private static final int HEADER_BYTES = 28;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Beside what idle neighbours say: every half minute one of them compares its table with that, and offers a few hundred. */
    private static final int MOST_BYTES_PER_SECOND = 4_000;

    @ParameterizedTest
    @CsvSource({
        "max-entries, 100, 20",
        "max-entries, 1000, 20",
        "max-entries, 2900, 20",
        "max-store-bytes, 30000, 100",
        "max-store-bytes, 200000, 100",
        "max-store-bytes, 2000000, 2000",
        "max-value-bytes, 1000, 2000",
    })
    void whatFindsNoRoomIsNotSentForEver(String setting, int value, int contentBytes) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1).delay(Duration.ofMillis(5), Duration.ofMillis(50));
        List<Dht> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            DhtConfig.Builder config = DhtConfig.builder().seeds("n0:4000");
            if (i == 3) {
                config.set(setting, Integer.toString(value));
            }
            all.add(Dht.start(config.build(), network.host("n" + i)));
        }
        network.advance(MINUTE);
        for (int key = 0; key < ENTRIES; key++) {
            all.get(0).put(new Hash(key), Content.of(new byte[contentBytes]));
        }
        network.advance(MINUTE.multipliedBy(3));
        Dht small = all.get(3);
        assertThat(small.entries().size()).isLessThan(ENTRIES);
        long[] before = all.stream().mapToLong(SmallTableTest::sent).toArray();
        network.advance(MINUTE.multipliedBy(2));

        for (int i = 0; i < all.size(); i++) {
            assertThat((sent(all.get(i)) - before[i]) / 120)
                    .as("bytes a second of n" + i)
                    .isLessThan(MOST_BYTES_PER_SECOND);
        }
        assertThat(all.subList(0, 3))
                .allSatisfy(each -> assertThat(each.entries()).hasSize(ENTRIES));
    }

    private static long sent(Dht dht) {
        return counter(dht, "bytesSent") + HEADER_BYTES * counter(dht, "framesSent");
    }

    private static long counter(Dht dht, String name) {
        return dht.statistics().counters().get(name);
    }
}
