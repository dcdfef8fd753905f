package org.simpledht.examples.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.types.Hash;

class WeekTest {

    private static final long SEED = 1;

    @Test
    void twoHoursOfRestartsAndCutsEndInAgreement() {
        Week week = new Week(SEED);

        week.pass(Duration.ofHours(2));

        assertThat(week.network().elapsed()).isEqualTo(Duration.ofHours(2));
        assertThat(week.disagreement()).isEmpty();
        assertThat(week.alive()).isEqualTo(Author.ALIVE);
    }

    @Test
    void whatOnlyOneNodeHoldsIsReportedWithItsReplay() {
        Week week = new Week(SEED);
        week.pass(Duration.ofMinutes(10));
        assertThat(week.disagreement()).isEmpty();

        week.nodes().node(2).put(Hash.ofText("planted"), "by nobody in the ledger");

        assertThat(week.disagreement()).hasValueSatisfying(what -> assertThat(what)
                .contains("Node n2 holds \"by nobody in the ledger\"")
                .contains("after PT10M")
                .endsWith("seed 1, replay it with: examples/run endurance -- week 1 1"));
    }

    @Test
    void whatOneNodeLacksIsReported() {
        Week week = new Week(SEED);
        week.pass(Duration.ofMinutes(10));

        week.network().partition(List.of(VirtualNodes.name(3)));
        week.nodes().node(3).remove(Hash.ofText("lasting 0"));

        assertThat(week.disagreement()).hasValueSatisfying(what -> assertThat(what)
                .startsWith("Node n3 holds nothing under " + Hash.ofText("lasting 0")));
    }
}
