package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes to rest when nodes write for a while: each content comes to each node once, or hardly more often. */
class RelayedUpdatesTest {

    /** What is overtaken on its way is taken for lost, and goes again: that happens to a few. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void amongTenEachContentComesOnceToEachWhoeverWrites(boolean fromOne) {
        RelayedUpdates.Result result = new RelayedUpdates(10, 3, fromOne).measure(10, 0, 10, 10);

        assertThat(result.copies()).isBetween(0.9, 0.92);
        assertThat(result.slowestMillis()).as("one hop").isLessThanOrEqualTo(50);
    }

    @Test
    void updatesAmongManyNodesHardlyComeTwice() {
        RelayedUpdates.Result result = new RelayedUpdates(40, 3, false).measure(25, 0.01, 12, 4);

        assertThat(result.nodesMissed()).isZero();
        assertThat(result.copies()).isLessThan(1.1);
        assertThat(result.bytes()).isLessThan(500);
    }

    @Test
    void treeOfManyHasNoCirclesWhoeverWrites() {
        RelayedUpdates.Result result = new RelayedUpdates(40, 4, false).measure(25, 0, 12, 4);

        assertThat(result.nodesMissed()).isZero();
        assertThat(result.copies()).isLessThan(1.06);
        assertThat(result.p50p99Millis()[1]).as("99 %").isLessThan(220);
    }

    @Test
    void treeOfManyMendsWhenHalfAreGone() {
        RelayedUpdates network = new RelayedUpdates(40, 5, false);
        network.crashHalf();
        RelayedUpdates.Result result = network.measure(25, 0, 15, 4);

        assertThat(result.nodesMissed()).isZero();
        assertThat(result.copies()).isLessThan(1.06);
        assertThat(result.slowestMillis()).as("nobody had to ask").isLessThan(300);
    }

    /** Each of them changes a neighbour for another one meanwhile, and nobody loses his parent by that. */
    @Test
    void treeOfManyStaysWholeWhenNeighboursChange() {
        RelayedUpdates.Result result = new RelayedUpdates(60, 7, false).measure(5, 0, 10, 60);

        assertThat(result.copies()).isLessThan(0.995);
        assertThat(result.slowestMillis()).as("nobody had to ask").isLessThan(300);
    }
}
