package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.simpledht.core.store.Lease;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Mix64;
import org.simpledht.protocol.Prefix;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

class BulkTest {

    private static final long NOW = 1_700_000_000_000L;

    private final Store store = new Store(Cluster.UNNAMED, new Lease(3_600_000), 20_000, 1 << 20);
    private final Bulk bulk = new Bulk(store.sums());

    @BeforeEach
    void fill() {
        for (int i = 0; i < 20_000; i++) {
            Content content = Content.ofText("v");
            store.write(store.stamp(new Hash(i), content, 3_600, NOW), content, NOW);
        }
    }

    private static Prefix under(int... digits) {
        Prefix prefix = Prefix.ROOT;
        for (int digit : digits) {
            prefix = prefix.child(digit);
        }
        return prefix;
    }

    private List<Meta> rest() {
        List<Meta> all = new ArrayList<>();
        while (!bulk.isEmpty()) {
            all.addAll(bulk.nextPage());
        }
        return all;
    }

    private void assertCovers(List<Meta> metas, Prefix... prefixes) {
        for (Prefix prefix : prefixes) {
            assertThat(metas.stream()
                            .filter(meta -> prefix.contains(
                                    Prefix.of(Mix64.of(meta.key().bits()), 64))))
                    .hasSize(store.sums().page(prefix, prefix.first(), 20_000).size());
        }
    }

    @Test
    void eachPrefixIsBroughtInTurnAndWhole() {
        bulk.add(under(5));
        bulk.add(under(2));

        List<Meta> all = rest();
        assertCovers(all, under(5), under(2));
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void whatTakesThePlaceOfTheFirstOneLeavesTheOthersWhole() {
        bulk.add(under(9, 1));
        bulk.add(under(2));
        bulk.add(under(12));
        bulk.nextPage();
        bulk.add(under(9));

        assertCovers(rest(), under(2), under(12), under(9));
    }

    @Test
    void oneInWhichOthersLieTakesTheirPlaceWhenThereAreManyToo() {
        bulk.add(under(1));
        for (int i = 0; i < 15; i++) {
            bulk.add(under(7, i));
        }
        bulk.add(under(7));

        List<Meta> all = rest();
        assertCovers(all, under(1), under(7));
        assertThat(all).doesNotHaveDuplicates();
    }
}
